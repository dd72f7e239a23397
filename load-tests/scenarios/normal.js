// Normal load: 1,000 users, 10 minutes, p99 under 100 ms.
import {listenTo, options as optionsOf, prepare, talkIn, warmWith} from '../lib/run.js';
import {shape} from '../lib/shape.js';

const of = shape(
  {sessions: 1000, sessionsPerUser: 1, members: 50, rate: 20, ramp: 60, hold: 600, leave: 30, p99: 100},
  {sessionsPerUser: 10, ramp: 20, hold: 60, leave: 10},
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
