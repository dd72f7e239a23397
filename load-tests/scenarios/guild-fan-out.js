// One large guild: every message goes to all of its sessions.
import {listenTo, options as optionsOf, prepare, talkIn, warmWith} from '../lib/run.js';
import {shape} from '../lib/shape.js';

const of = shape(
  {sessions: 1000, sessionsPerUser: 10, members: 1000, rate: 5, ramp: 30, hold: 120, leave: 10, p99: 500},
  {hold: 30, rate: 3},
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
