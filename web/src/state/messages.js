import {compareIds} from '../text/snowflake.js';

/** More than this is not kept of a channel; scrolling gets the rest back. */
const MOST = 300;

/** @returns {import('./store.js').Stretch} */
export function emptyStretch() {
  return {messages: [], before: true, after: false, loading: false, stale: true, error: null};
}

/** @param {import('./store.js').State} state @param {string} channelId */
export function stretchOf(state, channelId) {
  let stretch = state.stretches.get(channelId);
  if (!stretch) {
    stretch = emptyStretch();
    state.stretches.set(channelId, stretch);
  }
  return stretch;
}

/**
 * Adds a message that came now, or replaces the one that was shown while it was sent.
 * @param {import('./store.js').Stretch} stretch
 * @param {any} message
 */
export function addMessage(stretch, message) {
  const sent = message.nonce ? stretch.messages.findIndex(one => one.pending && one.nonce === message.nonce) : -1;
  if (sent >= 0) stretch.messages = stretch.messages.toSpliced(sent, 1);
  if (stretch.messages.some(one => one.id === message.id)) {
    updateMessage(stretch, message);
    return;
  }
  if (stretch.after) return;
  const messages = [...stretch.messages, message].sort(byTime);
  stretch.messages = messages.length > MOST ? messages.slice(-MOST) : messages;
  if (messages.length > MOST) stretch.before = true;
}

/** @param {any} a @param {any} b */
function byTime(a, b) {
  // What is under way comes last, in the order it was sent in.
  return Number(!!a.pending) - Number(!!b.pending) || compareIds(a.id, b.id);
}

/**
 * @param {import('./store.js').Stretch} stretch
 * @param {any} change at least its id
 */
export function updateMessage(stretch, change) {
  stretch.messages = stretch.messages.map(one => (one.id === change.id ? {...one, ...change} : one));
}

/** @param {import('./store.js').Stretch} stretch @param {string[]} ids */
export function removeMessages(stretch, ids) {
  stretch.messages = stretch.messages.filter(one => !ids.includes(one.id));
}

/**
 * Adds a page of history at either end.
 * @param {import('./store.js').Stretch} stretch
 * @param {any[]} page newest first, as the API has it
 * @param {'before' | 'after'} side
 * @param {number} limit what was asked for; less than that is the end
 */
export function addPage(stretch, page, side, limit) {
  const known = new Set(stretch.messages.map(one => one.id));
  const fresh = page.filter(one => !known.has(one.id)).reverse();
  if (side === 'before') {
    stretch.messages = [...fresh, ...stretch.messages];
    stretch.before = page.length === limit;
    if (stretch.messages.length > MOST && stretch.messages.length - fresh.length >= limit) {
      stretch.messages = stretch.messages.slice(0, MOST);
      stretch.after = true;
    }
  } else {
    stretch.messages = [...stretch.messages, ...fresh].sort(byTime);
    stretch.after = page.length === limit;
    if (stretch.messages.length > MOST) {
      stretch.messages = stretch.messages.slice(-MOST);
      stretch.before = true;
    }
  }
}

/**
 * A reaction that was added or taken back.
 * @param {any[] | undefined} reactions
 * @param {{id: string | null, name: string}} emoji
 * @param {1 | -1} by
 * @param {boolean} mine
 */
export function withReaction(reactions = [], emoji, by, mine) {
  const at = reactions.findIndex(one => sameEmoji(one.emoji, emoji));
  if (at < 0) return by > 0 ? [...reactions, {emoji, count: 1, me: mine}] : reactions;
  const one = reactions[at];
  // The answer to a click is shown before the event of it comes, which then changes nothing.
  if (mine && one.me === by > 0) return reactions;
  const changed = {...one, count: one.count + by, me: mine ? by > 0 : one.me};
  return changed.count > 0 ? reactions.with(at, changed) : reactions.toSpliced(at, 1);
}

/** @param {{id: string | null, name: string}} a @param {{id: string | null, name: string}} b */
export function sameEmoji(a, b) {
  return a.id || b.id ? a.id === b.id : a.name === b.name;
}
