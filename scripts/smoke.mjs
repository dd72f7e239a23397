// Says whether a deployed system works: registers a user, creates a guild, connects, sends a message, hears it, loses its
// connection, sends another one, resumes and hears that too; then removes guild and user. Exits with 1 and a reason if not.
//
//   node --experimental-websocket scripts/smoke.mjs API_URL [GATEWAY_URL]
//
// Without a gateway URL it takes the one that the API names. Every step has 30 s. Needs Node 20.10; 22 takes the option too.
import {randomUUID} from 'node:crypto';

const STEP_MILLISECONDS = 30_000;
const IDENTIFY = 2, RESUME = 6, DISPATCH = 0, INVALID_SESSION = 9;
const MESSAGES = (1 << 0) | (1 << 9) | (1 << 15);

const [api, gatewayGiven] = process.argv.slice(2);
if (!api || !/^https?:\/\//.test(api)) {
  console.error('Name the URL of the API, such as https://chat.example.com, and the gateway\'s if it is another one.');
  process.exit(2);
}
if (typeof WebSocket === 'undefined') {
  console.error('This Node has no WebSocket without an option: node --experimental-websocket scripts/smoke.mjs API_URL');
  process.exit(2);
}
const base = api.replace(/\/+$/, '') + '/api/v10';

async function call(method, path, token, body, ...expected) {
  const answer = await fetch(base + path, {
    method,
    headers: {'Content-Type': 'application/json', ...(token ? {Authorization: token} : {})},
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(STEP_MILLISECONDS),
  });
  const text = await answer.text();
  if (!expected.includes(answer.status)) {
    throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
  }
  return text ? JSON.parse(text) : null;
}

/** A connection whose frames can be waited for, whether they came already or not. */
function connect(url, first) {
  const socket = new WebSocket(url + (url.includes('?') ? '&' : '?') + 'v=10&encoding=json');
  const frames = [];
  let wake = () => {};
  let failure = null;
  socket.onopen = () => socket.send(JSON.stringify(first));
  socket.onmessage = event => { frames.push(JSON.parse(event.data)); wake(); };
  socket.onerror = event => { failure = new Error(`The gateway at ${url} failed: ${event.message ?? 'no connection'}`); wake(); };
  const last = () => frames.reduce((seq, frame) => Math.max(seq, frame.s ?? 0), 0);
  async function await_(what, wanted) {
    const deadline = Date.now() + STEP_MILLISECONDS;
    for (;;) {
      const frame = frames.find(wanted);
      if (frame) return frame;
      if (frames.some(frame => frame.op === INVALID_SESSION)) throw new Error(`The session is invalid before ${what}`);
      if (failure) throw failure;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`No ${what} within ${STEP_MILLISECONDS / 1000} s`);
      await new Promise(resolve => { wake = resolve; setTimeout(resolve, left); });
    }
  }
  return {socket, last, dispatch: (t, test = () => true) => await_(t, f => f.op === DISPATCH && f.t === t && test(f.d))};
}

async function step(name, work) {
  const start = performance.now();
  const result = await work();
  console.log(`${name}: ok, ${Math.round(performance.now() - start)} ms`);
  return result;
}

let token, guild, password;
try {
  const name = 'smoke' + randomUUID().replaceAll('-', '').slice(0, 20);
  password = randomUUID();
  const user = await step('register', () =>
    call('POST', '/auth/register', null, {username: name, email: `${name}@example.com`, password}, 201));
  token = user.tokens.access_token;
  guild = await step('create a guild', () => call('POST', '/guilds', token, {name: 'smoke test'}, 201));
  const channel = guild.channels[0].id;
  const gateway = gatewayGiven ?? (await call('GET', '/gateway', null, undefined, 200)).url;
  const client = connect(gateway, {op: IDENTIFY, d: {token, intents: MESSAGES, properties: {os: 'smoke', browser: 'smoke', device: 'smoke'}}});
  const ready = await step('connect', () => client.dispatch('READY'));
  const hear = async (connection, content) => {
    await call('POST', `/channels/${channel}/messages`, token, {content}, 200);
    await connection.dispatch('MESSAGE_CREATE', message => message.content === content);
  };
  await step('send and hear', () => hear(client, 'one'));
  const seq = client.last();
  client.socket.close(4000); // A code of the application keeps the session, as 1000 would not.
  await call('POST', `/channels/${channel}/messages`, token, {content: 'missed'}, 200);
  const again = connect(ready.d.resume_gateway_url ?? gateway, {op: RESUME, d: {token, session_id: ready.d.session_id, seq}});
  await step('resume', async () => {
    await again.dispatch('MESSAGE_CREATE', message => message.content === 'missed');
    await again.dispatch('RESUMED');
  });
  await step('send and hear again', () => hear(again, 'two'));
  again.socket.close(1000);
  console.log('The system works.');
} catch (failure) {
  console.error(`smoke test failed: ${failure.message}`);
  process.exitCode = 1;
} finally {
  // What it made goes, also after a failure; what cannot be removed does not hide why it failed.
  try {
    if (guild) await call('DELETE', `/guilds/${guild.id}`, token, undefined, 204);
    if (token) await call('POST', '/users/@me/delete', token, {password}, 204);
  } catch (failure) {
    console.error(`not cleaned up: ${failure.message}`);
    process.exitCode = 1;
  }
}
process.exit();
