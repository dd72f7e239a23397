import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';

const SOURCES = new URL('../../src/', import.meta.url);
const LIBRARY = new URL('../../node_modules/htm/preact/standalone.module.js', import.meta.url);

const files = readdirSync(SOURCES, {recursive: true}).filter(name => /\.(js|html|css)$/.test(name) && !name.includes('vendor'));

test('the library is the one that the lock file names, unchanged', {skip: !existsSync(LIBRARY) && 'npm ci was not run'}, () => {
  assert.equal(readFileSync(new URL('vendor/preact.js', SOURCES), 'utf8'), readFileSync(LIBRARY, 'utf8'));
});

test('nothing makes markup of text, and nothing runs text', () => {
  for (const name of files) {
    const text = readFileSync(new URL(name, SOURCES), 'utf8');
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|dangerously|srcdoc/, name);
    if (name.endsWith('.html')) assert.doesNotMatch(text, /<script(?![^>]*src=)|<style|\son\w+=|style="/, name);
  }
});

test('nothing is fetched from elsewhere', () => {
  for (const name of files) {
    assert.doesNotMatch(readFileSync(new URL(name, SOURCES), 'utf8'), /(src|href)="https?:|url\(['"]?https?:|@import/, name);
  }
});
