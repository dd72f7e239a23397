import assert from 'node:assert/strict';
import {test} from 'node:test';
import {GatewaySession} from '../../src/gateway/session.js';

/** A session whose time and whose server are the test's. */
function fixture() {
  const sockets = [];
  const timers = new Map();
  let now = 0;
  let timer = 0;
  const session = new GatewaySession({
    url: async () => 'ws://first',
    token: async () => 'token',
    connect: url => {
      const socket = {url, readyState: 1, sent: [], send: text => socket.sent.push(JSON.parse(text)), close: code => { socket.readyState = 3; socket.code = code; }};
      sockets.push(socket);
      return socket;
    },
    presence: () => ({status: 'online'}),
    clock: {set: (work, after) => (timers.set(++timer, {work, at: now + after}), timer), clear: id => timers.delete(id), now: () => now},
    random: () => 0.5,
  });
  const statuses = [];
  const events = [];
  session.onStatus = status => statuses.push(status);
  session.onDispatch = (type, data) => events.push([type, data]);
  const turn = () => new Promise(done => setImmediate(done));
  return {
    session, sockets, statuses, events, turn,
    get socket() { return sockets.at(-1); },
    get now() { return now; },
    hear: frame => sockets.at(-1).onmessage({data: JSON.stringify({s: null, t: null, d: null, ...frame})}),
    /** Lets time pass, with every timer that ends in it. */
    async pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = [...timers].filter(([, one]) => one.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
        if (!next) break;
        timers.delete(next[0]);
        now = next[1].at;
        next[1].work();
        await turn();
      }
      now = end;
    },
  };
}

/** A session that is online. */
async function online() {
  const all = fixture();
  all.session.start();
  await all.turn();
  all.hear({op: 10, d: {heartbeat_interval: 40_000}});
  all.hear({op: 0, s: 1, t: 'READY', d: {session_id: 'one', resume_gateway_url: 'ws://resume'}});
  return all;
}

test('it identifies after HELLO, and beats first at a random time', async () => {
  const {socket, statuses, pass, hear} = await online();
  assert.deepEqual(statuses, ['connecting', 'online']);
  assert.equal(socket.sent[0].op, 2);
  await pass(19_000);
  assert.equal(socket.sent.length, 1);
  await pass(2_000);
  assert.deepEqual(socket.sent[1], {op: 1, d: 1});
  hear({op: 11});
  await pass(40_000);
  assert.equal(socket.sent.length, 3);
});

test('a connection whose beat is not answered is given up, and the session resumed elsewhere', async () => {
  const all = await online();
  const first = all.socket;
  await all.pass(61_000);
  assert.equal(first.code, 4000, 'the code keeps the session');
  await all.pass(2_000);
  all.hear({op: 10, d: {heartbeat_interval: 40_000}});
  assert.match(all.socket.url, /^ws:\/\/resume/);
  assert.deepEqual(all.socket.sent[0], {op: 6, d: {token: 'token', session_id: 'one', seq: 1}});
  all.hear({op: 0, s: 2, t: 'MESSAGE_CREATE', d: {id: '1'}});
  all.hear({op: 0, s: 3, t: 'RESUMED', d: {}});
  assert.deepEqual(all.statuses, ['connecting', 'online', 'waiting', 'resuming', 'online']);
});

test('an event that comes twice is told once', async () => {
  const all = await online();
  for (const s of [2, 2, 3, 1]) all.hear({op: 0, s, t: 'MESSAGE_CREATE', d: {s}});
  assert.deepEqual(all.events.filter(([type]) => type === 'MESSAGE_CREATE').map(([, d]) => d.s), [2, 3]);
});

test('tries come less and less often, and never more than 30 s apart', async () => {
  const all = await online();
  const waits = [];
  for (let i = 0; i < 8; i++) {
    all.socket.onclose({code: 1006});
    const wait = all.session.retryAt - all.now;
    waits.push(wait);
    await all.pass(wait);
  }
  assert.deepEqual(waits, [750, 1500, 3000, 6000, 12_000, 22_500, 22_500, 22_500]);
  assert.equal(all.sockets.length, 9);
});

test('a session that is over begins anew; one that may be resumed is', async () => {
  const over = await online();
  over.hear({op: 9, d: false});
  await over.pass(6_000);
  over.hear({op: 10, d: {heartbeat_interval: 40_000}});
  assert.equal(over.socket.sent[0].op, 2);

  const kept = await online();
  kept.hear({op: 9, d: true});
  await kept.pass(6_000);
  kept.hear({op: 10, d: {heartbeat_interval: 40_000}});
  assert.equal(kept.socket.sent[0].op, 6);
});

test('a server that asks for a new connection gets one at once', async () => {
  const all = await online();
  all.hear({op: 7});
  await all.turn();
  assert.equal(all.sockets.length, 2);
  assert.equal(all.sockets[0].code, 4000);
});

test('a refused token ends the tries', async () => {
  const all = await online();
  all.socket.onclose({code: 4004});
  await all.pass(120_000);
  assert.equal(all.session.status, 'refused');
  assert.equal(all.sockets.length, 1);
});

test('a page that is looked at again finds out in seconds whether the other end is gone', async () => {
  const all = await online();
  await all.pass(21_000);
  all.hear({op: 11});
  await all.pass(25_000);
  all.session.probe();
  assert.equal(all.socket.sent.at(-1).op, 1);
  await all.pass(9_000);
  assert.equal(all.session.status === 'waiting' || all.session.status === 'resuming', true);
});

test('without a network nothing is tried; with it at once', async () => {
  const all = await online();
  all.session.networkLost();
  await all.pass(300_000);
  assert.equal(all.sockets.length, 1);
  assert.equal(all.session.status, 'offline');
  all.session.networkFound();
  await all.turn();
  assert.equal(all.sockets.length, 2);
});
