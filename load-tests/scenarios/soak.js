// Soak: 5,000 users, 24 hours. Whether memory is stable is seen from the system; docs/performance.md says how.
import {listenTo, options as optionsOf, prepare, talkIn, warmWith} from '../lib/run.js';
import {shape} from '../lib/shape.js';

const of = shape(
  {sessions: 5000, sessionsPerUser: 10, members: 50, rate: 10, ramp: 120, hold: 86_400, leave: 60, p99: 500},
  {sessions: 2000, ramp: 40, hold: 1800, leave: 20},
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
