import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Buckets} from '../../src/net/buckets.js';
import {Credentials} from '../../src/net/credentials.js';
import {Rest, routeOf} from '../../src/net/rest.js';

const storage = () => {
  const all = new Map();
  return {getItem: key => all.get(key) ?? null, setItem: (key, value) => all.set(key, value), removeItem: key => all.delete(key), all};
};
const TOKENS = {access_token: 'a1', refresh_token: 'r1', expires_in: 3600};

function fixture(answers) {
  const session = storage();
  const local = storage();
  const channel = {postMessage: () => {}, onmessage: null};
  const credentials = new Credentials({session, local, channel});
  const calls = [];
  const waits = [];
  const wait = async milliseconds => { waits.push(milliseconds); };
  const rest = new Rest({credentials, buckets: new Buckets({wait}), wait, locks: undefined, fetch: async (url, options) => {
    calls.push([options.method, url, options.headers.authorization]);
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return new Response(next.status === 204 ? null : JSON.stringify(next.body ?? {}), next);
  }});
  return {rest, credentials, calls, waits, session, local, channel};
}

test('a refused request waits as long as it is told, and goes out again', async () => {
  const {rest, waits, calls} = fixture([{status: 429, headers: {'retry-after': '1.5'}}, {status: 200, body: {ok: 1}}]);
  assert.deepEqual(await rest.post('/guilds', {}), {ok: 1});
  assert.deepEqual(waits, [1500]);
  assert.equal(calls.length, 2);
});

test('what cannot be sent twice is not, and what can is', async () => {
  const lost = () => new Error('no network');
  const once = fixture([lost()]);
  await assert.rejects(once.rest.post('/guilds', {}), {status: 0});
  const often = fixture([lost(), {status: 503}, {status: 200, body: []}]);
  assert.deepEqual(await often.rest.get('/users/@me/guilds'), []);
  assert.equal(often.calls.length, 3);
});

test('a token that has ended is traded once for all that wait, and then used', async () => {
  const {rest, credentials, calls, session} = fixture([{status: 401}, {status: 200, body: {tokens: {...TOKENS, access_token: 'a2', refresh_token: 'r2'}}}, {status: 200, body: {id: '1'}}]);
  credentials.signIn(TOKENS, false);
  assert.deepEqual(await rest.get('/users/@me'), {id: '1'});
  assert.deepEqual(calls.map(([method, url, token]) => `${method} ${url} ${token}`), ['GET /api/v10/users/@me a1', 'POST /api/v10/auth/refresh undefined', 'GET /api/v10/users/@me a2']);
  assert.match(session.getItem('parley.tokens'), /a2/);
});

test('a sign-in that is over is forgotten, and said', async () => {
  const {rest, credentials} = fixture([{status: 401}, {status: 400}]);
  credentials.signIn(TOKENS, false);
  let told = false;
  rest.onSignedOut = () => { told = true; };
  await assert.rejects(rest.get('/users/@me'), {status: 401});
  assert.equal(told, true);
  assert.equal(credentials.signedIn, false);
});

test('tokens outlive the tab only for who asks', () => {
  const {credentials, session, local} = fixture([]);
  credentials.signIn(TOKENS, false);
  assert.equal(local.all.size, 0);
  credentials.signIn(TOKENS, true);
  assert.equal(session.all.size, 0);
  assert.equal(local.all.size, 1);
});

test('a duplicated tab goes on with what the other one got', () => {
  const {credentials, channel} = fixture([]);
  credentials.signIn(TOKENS, false);
  channel.onmessage({data: {previous: 'r1', pair: {access_token: 'a9', refresh_token: 'r9', expires_at: 1}}});
  assert.equal(credentials.accessToken, 'a9');
  channel.onmessage({data: {previous: 'other', pair: {access_token: 'b', refresh_token: 'b', expires_at: 1}}});
  assert.equal(credentials.accessToken, 'a9');
});

test('a limit counts by method, path and the first id', () => {
  assert.equal(routeOf('GET', '/channels/1234567890123/messages/2345678901234'), 'GET /channels/1234567890123/messages/:id');
  assert.equal(routeOf('PUT', '/channels/1234567890123/messages/2345678901234/reactions/%F0%9F%91%8D/@me'), 'PUT /channels/1234567890123/messages/:id/reactions/:emoji/@me');
});
