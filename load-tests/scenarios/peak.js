// Peak load: 10,000 users, 30 minutes, p99 under 500 ms.
import {listenTo, options as optionsOf, prepare, talkIn, warmWith} from '../lib/run.js';
import {shape} from '../lib/shape.js';

const of = shape(
  {sessions: 10_000, sessionsPerUser: 10, members: 50, rate: 40, ramp: 180, hold: 1800, leave: 60, p99: 500},
  {sessions: 4000, rate: 25, ramp: 60, hold: 120, leave: 20},
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
