/** How somebody is called: in a guild by the name chosen there. @param {import('../state/store.js').State} state @param {any} user @param {string} [guildId] */
export function nameOf(state, user, guildId) {
  if (!user) return '?';
  const known = state.users.get(user.id) ?? user;
  const nick = guildId ? state.guilds.get(guildId)?.members.get(user.id)?.nick : null;
  return nick ?? known.global_name ?? known.username ?? user.username ?? '?';
}

/** How a conversation without a guild is called. @param {import('../state/store.js').State} state @param {any} channel */
export function directName(state, channel) {
  const others = (channel.recipients ?? []).filter((/** @type {any} */ user) => user.id !== state.me?.id);
  return channel.name ?? others.map((/** @type {any} */ user) => nameOf(state, user)).join(', ');
}
