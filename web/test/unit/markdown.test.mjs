import assert from 'node:assert/strict';
import {test} from 'node:test';
import {inviteCode, webAddress} from '../../src/text/links.js';
import {parse} from '../../src/text/markdown.js';
import {routeOf} from '../../src/state/router.js';

const text = one => ({type: 'text', text: one});

test('marks become a tree, and what is none stays text', () => {
  assert.deepEqual(parse('a **b *c*** d'), [text('a '), {type: 'bold', children: [text('b '), {type: 'italic', children: [text('c')]}]}, text(' d')]);
  assert.deepEqual(parse('snake_case_name'), [text('snake_case_name')]);
  assert.deepEqual(parse('\\*no\\*'), [text('*no*')]);
  assert.deepEqual(parse('`**a**`'), [{type: 'code', text: '**a**'}]);
  assert.deepEqual(parse('> one\n> two\nthree'), [{type: 'quote', children: [text('one\ntwo')]}, text('three')]);
  assert.deepEqual(parse('<@123456789012345678>!'), [{type: 'user', id: '123456789012345678'}, text('!')]);
});

test('a link is http or https, and ends before what ends a sentence', () => {
  assert.deepEqual(parse('see https://example.com/a_b_c?x=1.'), [text('see '), {type: 'link', href: 'https://example.com/a_b_c?x=1', text: 'https://example.com/a_b_c?x=1'}, text('.')]);
  assert.deepEqual(parse('javascript:alert(1)'), [text('javascript:alert(1)')]);
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//example.com', 'https://user:secret@example.com', '', null, {}]) {
    assert.equal(webAddress(bad), null, String(bad));
  }
});

test('a time that no calendar has is text', () => {
  assert.equal(parse('<t:9999999999999>')[0].type, 'text');
  assert.deepEqual(parse('<t:1700000000:R>'), [{type: 'time', at: 1_700_000_000_000}]);
});

test('no message takes long to read', () => {
  for (const one of ['*', '_', '`', '~~', '||', '**', '> ', '<@', 'https://', '[', '**a ', '||*_~~`']) {
    const begun = performance.now();
    parse(one.repeat(4000 / one.length));
    assert.ok(performance.now() - begun < 1000, one);
  }
});

test('an invite is read from a code or a link, and from nothing else', () => {
  assert.equal(inviteCode(' abc123XYZ '), 'abc123XYZ');
  assert.equal(inviteCode('https://chat.example.com/invite/abc123'), 'abc123');
  for (const bad of ['', 'https://chat.example.com/invite/a/b', 'a b', '../x', 'javascript:alert(1)']) assert.equal(inviteCode(bad), null, bad);
});

test('an address names places of this client only', () => {
  assert.deepEqual(routeOf('/channels/1/2'), {page: 'channel', guildId: '1', channelId: '2'});
  assert.deepEqual(routeOf('/channels/@me'), {page: 'channel', guildId: '@me', channelId: null});
  assert.deepEqual(routeOf('/invite/abc'), {page: 'invite', code: 'abc'});
  for (const bad of ['/invite/a/b', '/channels/x', '/https://example.com', '/invite/<b>']) assert.deepEqual(routeOf(bad), {page: 'home'});
});
