// How a shape becomes a run of k6. A scenario exports what is here: options(…), setup, listen, warm, talk and, if it has a probe,
// probe and probeTalk.
import exec from 'k6/execution';
import {Counter} from 'k6/metrics';
import {createGuild, register, sendMessage} from './api.js';
import {Session, stamped} from './session.js';
import {beforeLeave, beforeTalk, guilds, messages, warmUp} from './shape.js';

/** Sessions that one virtual user has: each of those is a JavaScript engine of some MB. */
const SESSIONS_PER_VU = 50;
const PROBE_SESSIONS = 10;
const PROBE_RATE = 2;

const refused = new Counter('messages_refused');

/**
 * @typedef {object} World
 * @property {import('./api.js').User[]} users
 * @property {import('./api.js').Guild[]} guilds
 * @property {import('./api.js').Guild|null} probe
 */

/**
 * k6's options for a shape.
 *
 * @param {import('./shape.js').Shape} of
 * @param {Record<string, string[]>} [more] thresholds besides
 */
export function options(of, more = {}) {
  const vus = Math.ceil(of.sessions / SESSIONS_PER_VU);
  const whole = wholeSeconds(of);
  const talking = Math.max(10, Math.ceil(of.rate * 5));
  /** @type {Record<string, any>} */
  const scenarios = {
    listen: {executor: 'per-vu-iterations', exec: 'listen', vus, iterations: 1, maxDuration: `${whole + 60}s`, gracefulStop: '10s'},
    talk: {
      executor: 'constant-arrival-rate',
      exec: 'talk',
      ...arrival(of.rate),
      duration: `${of.hold + 1}s`, // k6 may start one less than fit, and what is too much says nothing (talkIn)
      startTime: `${beforeTalk(of)}s`,
      preAllocatedVUs: talking,
      maxVUs: talking * 4,
    },
  };
  const before = warmUp(of);
  if (before.seconds > 0) {
    scenarios.warm = {...scenarios.talk, exec: 'warm', duration: `${before.seconds}s`, startTime: `${before.start}s`};
  }
  if (of.probe) {
    scenarios.probe = {executor: 'per-vu-iterations', exec: 'probe', vus: 1, iterations: 1, maxDuration: `${whole + of.probe + 60}s`};
    scenarios.probeTalk = {
      executor: 'constant-arrival-rate',
      exec: 'probeTalk',
      ...arrival(PROBE_RATE),
      duration: `${whole + of.probe}s`,
      startTime: '3s',
      preAllocatedVUs: 20, // a virtual user that must first be made costs the message that waits for it
      maxVUs: 50,
    };
  }
  return {
    scenarios,
    setupTimeout: '30m',
    teardownTimeout: '5m',
    summaryTrendStats: ['min', 'med', 'avg', 'p(90)', 'p(95)', 'p(99)', 'max'],
    thresholds: {
      'http_req_duration{name:send message}': [`p(99)<${of.p99}`],
      delivery_ms: [`p(99)<${of.p99}`],
      deliveries: ['count>0'],
      deliveries_missing: ['count==0'],
      deliveries_repeated: ['count==0'],
      sequence_gaps: ['count==0'],
      sessions_lost: ['count==0'],
      messages_refused: ['count==0'],
      dropped_iterations: ['count==0'],
      ...(of.recovered === undefined ? {} : {'delivery_ms{phase:recovered}': [`p(99)<${of.recovered}`]}),
      ...more,
    },
  };
}

/**
 * A rate as k6 wants it, in whole iterations.
 *
 * @param {number} rate a second
 */
function arrival(rate) {
  return rate >= 1 && Number.isInteger(rate) ? {rate, timeUnit: '1s'} : {rate: Math.round(rate * 100), timeUnit: '100s'};
}

/** @param {import('./shape.js').Shape} of */
function wholeSeconds(of) {
  return beforeLeave(of) + of.leave;
}

/**
 * Registers users and makes their guilds.
 *
 * @param {import('./shape.js').Shape} of
 * @returns {World}
 */
export function prepare(of) {
  const perGuild = Math.max(1, Math.round(of.members / of.sessionsPerUser));
  const count = guilds(of);
  const users = Array.from({length: perGuild * count + (of.probe ? 1 : 0)}, (_, i) => {
    if (i > 0 && i % 100 === 0) {
      console.info(`${i} users registered`);
    }
    return register();
  });
  const made = Array.from({length: count}, (_, i) => createGuild(users, i * perGuild, perGuild));
  return {users, guilds: made, probe: of.probe ? createGuild(users, users.length - 1, 1) : null};
}

/**
 * Connects this virtual user's share of the sessions, holds them, and lets go of them.
 *
 * @param {import('./shape.js').Shape} of
 * @param {World} world
 */
export function listenTo(of, world) {
  const first = exec.scenario.iterationInTest * SESSIONS_PER_VU;
  const mine = Math.min(SESSIONS_PER_VU, of.sessions - first);
  const end = beforeLeave(of) * 1000;
  for (let i = 0; i < mine; i++) {
    const index = first + i;
    const guild = index % world.guilds.length;
    const {first: firstUser, users} = world.guilds[guild];
    const user = world.users[firstUser + Math.floor(index / world.guilds.length) % users];
    const session = new Session(user.token, index, {phase: 'load'});
    const share = index / of.sessions;
    setTimeout(() => session.connect(), of.ramp * 1000 * share);
    if (of.cut !== undefined) {
      setTimeout(() => session.cut(), (beforeTalk(of) + of.cut) * 1000);
    }
    setTimeout(() => session.close(saidIn(of, guild, world.guilds.length)), end + of.leave * 1000 * share);
  }
}

/**
 * Messages of one guild in the whole run.
 *
 * @param {import('./shape.js').Shape} of
 * @param {number} guild
 * @param {number} count guilds
 */
function saidIn(of, guild, count) {
  const all = messages(of);
  return Math.floor(all / count) + (guild < all % count ? 1 : 0);
}

/**
 * Says one thing in the guild whose turn it is.
 *
 * @param {import('./shape.js').Shape} of
 * @param {World} world
 */
export function talkIn(of, world) {
  const turn = exec.scenario.iterationInTest;
  if (turn >= messages(of)) {
    return;
  }
  const guild = world.guilds[turn % world.guilds.length];
  const number = Math.floor(turn / world.guilds.length);
  const user = world.users[guild.first + number % guild.users];
  say(user.token, guild.channel, number);
}

/**
 * Says one thing that nobody counts, in the guild whose turn it is.
 *
 * @param {World} world
 */
export function warmWith(world) {
  const turn = exec.scenario.iterationInTest;
  const guild = world.guilds[turn % world.guilds.length];
  const user = world.users[guild.first + Math.floor(turn / world.guilds.length) % guild.users];
  sendMessage(user.token, guild.channel, 'Is anybody there yet?', 'warm up');
}

/**
 * The sessions that stay while the others come and go. What they measure while the others are there is tagged phase:load, and what
 * they measure from `probe` / 2 seconds after the others have gone, phase:recovered.
 *
 * @param {import('./shape.js').Shape} of
 * @param {World} world
 */
export function probeOf(of, world) {
  const user = world.users[/** @type {import('./api.js').Guild} */ (world.probe).first];
  const gone = wholeSeconds(of) * 1000;
  const recovery = (of.probe ?? 0) * 1000;
  for (let i = 0; i < PROBE_SESSIONS; i++) {
    const tags = {phase: 'probe'};
    const session = new Session(user.token, i, tags);
    session.connect();
    setTimeout(() => { session.tags = {phase: 'recovered'}; }, gone + recovery / 2);
    setTimeout(() => session.close(0), gone + recovery + 5000);
  }
}

/**
 * Says one thing in the probe's guild.
 *
 * @param {World} world
 */
export function talkToProbe(world) {
  const guild = /** @type {import('./api.js').Guild} */ (world.probe);
  say(world.users[guild.first].token, guild.channel, exec.scenario.iterationInTest);
}

/**
 * @param {string} token
 * @param {string} channel
 * @param {number} number
 */
function say(token, channel, number) {
  if (!sendMessage(token, channel, stamped(number))) {
    refused.add(1);
  }
}
