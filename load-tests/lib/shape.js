// What a scenario puts the system through: how many connect, how fast, how long they stay, and what they say meanwhile.

/**
 * @typedef {object} Shape
 * @property {number} sessions sessions at once
 * @property {number} sessionsPerUser sessions of one user; a password costs the server a twentieth of a core-second
 * @property {number} members sessions in one guild, all of which hear what is said there
 * @property {number} rate messages a second, in all guilds together
 * @property {number} ramp seconds within which all sessions connect
 * @property {number} hold seconds that they stay, with somebody talking
 * @property {number} leave seconds within which they disconnect again
 * @property {number} [warm] seconds of messages that do not count, before those that do: a system that has just started is slow for its
 *     first minutes, since Java has compiled little of it; 60 unless told
 * @property {number} [settle] seconds between the last to connect and the first message, and after those that do not count; 5 unless told
 * @property {number} [drain] seconds that deliveries may take after the last message; 15 unless told
 * @property {number} [cut] seconds after the first message at which all sockets are cut, to be resumed
 * @property {number} [probe] seconds that a guild of its own, there from the start, is watched after all others have gone
 * @property {number} [recovered] milliseconds that a delivery there may take from half of that time on, but for one in a hundred
 * @property {number} p99 milliseconds that neither a request nor a delivery may take, but for one in a hundred
 */

const PARTS = Number(__ENV.PARTS || 1);

/**
 * The shape that this run takes: the full or the short one, changed by environment variables of the same names in capitals
 * (SESSIONS, SESSIONS_PER_USER, …) as far as the scenario has them, and divided among the processes of this run (PARTS).
 *
 * @param {Shape} full
 * @param {Partial<Shape>} short what differs for two cores and some minutes
 * @returns {Shape}
 */
export function shape(full, short) {
  const chosen = __ENV.SHORT === '1' ? {...full, ...short} : {...full};
  /** @type {Record<string, number|undefined>} */
  const given = /** @type {any} */ (chosen);
  for (const name of ['warm', 'settle', 'drain', ...Object.keys(chosen)]) {
    const text = __ENV[name.replace(/[A-Z]/g, letter => '_' + letter).toUpperCase()];
    if (text !== undefined) {
      const value = Number(text);
      if (!Number.isFinite(value) || value < 0) {
        throw new Error(`${name} must be a number, not "${text}"`);
      }
      given[name] = value;
    }
  }
  chosen.sessions = Math.ceil(chosen.sessions / PARTS);
  chosen.rate /= PARTS;
  chosen.sessionsPerUser = Math.min(chosen.sessionsPerUser, chosen.sessions);
  chosen.members = Math.min(chosen.members, chosen.sessions);
  return chosen;
}

/**
 * Guilds that the sessions divide into.
 *
 * @param {Shape} of
 */
export function guilds(of) {
  return Math.max(1, Math.round(of.sessions / of.members));
}

/**
 * Seconds from the start to the first message that does not count, and how long such messages are sent.
 *
 * @param {Shape} of
 */
export function warmUp(of) {
  return {start: of.ramp + (of.settle ?? 5), seconds: of.warm ?? 60};
}

/**
 * Seconds from the start to the first message that counts.
 *
 * @param {Shape} of
 */
export function beforeTalk(of) {
  const {start, seconds} = warmUp(of);
  return start + (seconds === 0 ? 0 : seconds + (of.settle ?? 5));
}

/**
 * Seconds from the start until the first sessions leave.
 *
 * @param {Shape} of
 */
export function beforeLeave(of) {
  return beforeTalk(of) + of.hold + (of.drain ?? 15);
}

/**
 * Messages in the whole run.
 *
 * @param {Shape} of
 */
export function messages(of) {
  return Math.floor(of.rate * of.hold);
}
