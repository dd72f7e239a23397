// Resume storm: the sockets of all sessions are cut at once, and every session comes back with nothing lost.
import {listenTo, options as optionsOf, prepare, talkIn, warmWith} from '../lib/run.js';
import {shape} from '../lib/shape.js';

const of = shape(
  {sessions: 10_000, sessionsPerUser: 50, members: 50, rate: 20, ramp: 120, hold: 120, leave: 60, cut: 30, p99: 30_000},
  {sessions: 2000, ramp: 30, hold: 60, leave: 10, cut: 15},
);

export const options = optionsOf(of, {resume_ms: ['p(99)<30000'], reconnects: [`count>=${of.sessions}`]});

export function setup() {
  return prepare(of);
}

/** @param {import('../lib/run.js').World} world */
export function listen(world) {
  listenTo(of, world);
}

/** @param {import('../lib/run.js').World} world */
export function warm(world) {
  warmWith(world);
}

/** @param {import('../lib/run.js').World} world */
export function talk(world) {
  talkIn(of, world);
}
