// Stress: 50,000 users, 1 hour, and nothing breaks. It takes several processes, of the system and of this (--processes).
import {listenTo, options as optionsOf, prepare, talkIn, warmWith} from '../lib/run.js';
import {shape} from '../lib/shape.js';

const of = shape(
  {sessions: 50_000, sessionsPerUser: 50, members: 50, rate: 20, ramp: 900, hold: 3600, leave: 120, p99: 2000},
  {sessions: 8000, ramp: 120, hold: 120, leave: 20},
);

export const options = optionsOf(of);

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
