const EPOCH = 1_420_070_400_000n;

/** Orders ids by the time they were made at. @param {string} a @param {string} b */
export function compareIds(a, b) {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** When an id was made, in ms since the epoch. @param {string} id */
export function timeOf(id) {
  return Number((BigInt(id) >> 22n) + EPOCH);
}
