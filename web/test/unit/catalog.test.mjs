import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {CATALOG} from '../../src/i18n/catalog.js';
import {CONSOLE_CATALOG} from '../../src/i18n/console-catalog.js';

const SOURCES = new URL('../../src/', import.meta.url);

/** All of the client's own text. */
function sources() {
  return readdirSync(SOURCES, {recursive: true}).filter(name => name.endsWith('.js') && !/vendor|catalog/.test(name))
    .map(name => readFileSync(new URL(name, SOURCES), 'utf8')).join('\n');
}

test('both languages say everything, with the same values in it', () => {
  for (const [key, entry] of Object.entries({...CATALOG, ...CONSOLE_CATALOG})) {
    assert.deepEqual(Object.keys(entry).sort(), ['en', 'ko'], key);
    const names = text => [...new Set(Object.values(typeof text === 'string' ? {other: text} : text).join().match(/\{\w+\}/g) ?? [])].sort();
    assert.deepEqual(names(entry.ko), names(entry.en), key);
    for (const locale of ['en', 'ko']) {
      const text = entry[locale];
      if (typeof text === 'string') {
        assert.ok(text.trim(), key);
        continue;
      }
      assert.deepEqual(Object.keys(text).sort(), new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted(), `${key}, ${locale}`);
    }
  }
});

test('every text is used, and every text that is used is there', () => {
  const all = sources();
  const used = new Set([...all.matchAll(/'([a-z]+(?:[._][a-z_]+)*)'/g)].map(match => match[1]));
  const built = /^(presence|settings\.theme|state|severity)\./;
  for (const key of Object.keys({...CATALOG, ...CONSOLE_CATALOG})) assert.ok(used.has(key) || built.test(key), `${key} is not used`);
  for (const [, key] of all.matchAll(/\bt\('([^']+)'/g)) assert.ok(key in CATALOG || key in CONSOLE_CATALOG, `${key} is not in the catalog`);
});
