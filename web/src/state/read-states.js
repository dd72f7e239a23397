import {compareIds} from '../text/snowflake.js';

/**
 * Whether a message is for somebody: by name, by role, to everyone, or alone with them.
 * @param {import('./store.js').State} state
 * @param {any} message
 */
export function mentionsMe(state, message) {
  const me = state.me?.id;
  if (!me || message.author?.id === me) return false;
  if (state.directs.has(message.channel_id)) return true;
  if (message.mention_everyone || message.mentions?.some((/** @type {any} */ user) => user.id === me)) return true;
  const guild = state.guilds.get(message.guild_id ?? channelOf(state, message.channel_id)?.guild_id);
  const roles = guild?.members.get(me)?.roles ?? [];
  return (message.mention_roles ?? []).some((/** @type {string} */ id) => roles.includes(id));
}

/** @param {import('./store.js').State} state @param {string} channelId */
export function readStateOf(state, channelId) {
  return state.readStates.get(channelId) ?? {unread: false, mentions: 0, lastRead: null};
}

/**
 * A message has come.
 * @param {import('./store.js').State} state
 * @param {any} message
 */
export function noteMessage(state, message) {
  const before = readStateOf(state, message.channel_id);
  if (message.author?.id === state.me?.id) return;
  state.readStates.set(message.channel_id, {
    ...before,
    unread: true,
    mentions: before.mentions + (mentionsMe(state, message) ? 1 : 0),
  });
}

/**
 * Somebody has read up to a message, here or elsewhere.
 * @param {import('./store.js').State} state
 * @param {string} channelId
 * @param {string} messageId
 */
export function noteRead(state, channelId, messageId) {
  const newest = channelOf(state, channelId)?.last_message_id;
  const all = !newest || compareIds(messageId, newest) >= 0;
  const before = readStateOf(state, channelId);
  state.readStates.set(channelId, {unread: !all && before.unread, mentions: all ? 0 : before.mentions, lastRead: messageId});
}

/** What is new in a guild. @param {import('./store.js').State} state @param {import('./store.js').Guild} guild */
export function guildBadge(state, guild) {
  let unread = false;
  let mentions = 0;
  for (const id of guild.channels.keys()) {
    const one = state.readStates.get(id);
    unread ||= !!one?.unread;
    mentions += one?.mentions ?? 0;
  }
  return {unread, mentions};
}

/** @param {import('./store.js').State} state @param {string | null | undefined} channelId @returns {any} */
export function channelOf(state, channelId) {
  if (!channelId) return null;
  const direct = state.directs.get(channelId);
  if (direct) return direct;
  for (const guild of state.guilds.values()) {
    const channel = guild.channels.get(channelId);
    if (channel) return channel;
  }
  return null;
}
