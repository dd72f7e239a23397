// Spike: from nobody to 10,000 users and back within 5 minutes; those who stay have what they had within 30 seconds.
import {listenTo, options as optionsOf, prepare, probeOf, talkIn, talkToProbe, warmWith} from '../lib/run.js';
import {shape} from '../lib/shape.js';

const of = shape(
  {sessions: 10_000, sessionsPerUser: 50, members: 50, rate: 20, ramp: 100, hold: 60, leave: 100, probe: 60, recovered: 100, p99: 2000},
  {sessions: 4000, ramp: 40, hold: 30, leave: 30},
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

/** @param {import('../lib/run.js').World} world */
export function probe(world) {
  probeOf(of, world);
}

/** @param {import('../lib/run.js').World} world */
export function probeTalk(world) {
  talkToProbe(world);
}
