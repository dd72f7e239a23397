const ADMINISTRATOR = 1n << 3n;
const ALL = ~0n;

export const Permission = {
  MANAGE_CHANNELS: 1n << 4n,
  MANAGE_GUILD: 1n << 5n,
  ADD_REACTIONS: 1n << 6n,
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  MANAGE_MESSAGES: 1n << 13n,
  ATTACH_FILES: 1n << 15n,
  CREATE_INVITE: 1n,
  SEND_IN_THREADS: 1n << 38n,
};

/**
 * What somebody may do in a channel, or in a guild if there is none (Discord documentation, "Permission Hierarchy"). It decides
 * what is offered only: the server decides what is done.
 * @param {import('./store.js').Guild} guild
 * @param {any} channel
 * @param {string} userId
 */
export function permissionsOf(guild, channel, userId) {
  if (guild.ownerId === userId) return ALL;
  const roles = [guild.id, ...(guild.members.get(userId)?.roles ?? [])];
  let granted = 0n;
  for (const id of roles) granted |= BigInt(guild.roles.get(id)?.permissions ?? 0);
  if (granted & ADMINISTRATOR) return ALL;
  const place = channel?.thread_metadata ? guild.channels.get(channel.parent_id) : channel;
  const overwrites = place?.permission_overwrites ?? [];
  const apply = (/** @type {any[]} */ some) => {
    let deny = 0n;
    let allow = 0n;
    for (const one of some) {
      deny |= BigInt(one.deny);
      allow |= BigInt(one.allow);
    }
    granted = (granted & ~deny) | allow;
  };
  apply(overwrites.filter((/** @type {any} */ one) => one.id === guild.id));
  apply(overwrites.filter((/** @type {any} */ one) => one.id !== guild.id && roles.includes(one.id)));
  apply(overwrites.filter((/** @type {any} */ one) => one.id === userId));
  return granted;
}

/**
 * Whether somebody may do something in a channel.
 * @param {import('./store.js').State} state
 * @param {any} channel
 * @param {bigint} permission
 */
export function may(state, channel, permission) {
  const guild = state.guilds.get(channel?.guild_id);
  if (!guild) return true;
  const asked = channel.thread_metadata && permission === Permission.SEND_MESSAGES ? Permission.SEND_IN_THREADS : permission;
  return (permissionsOf(guild, channel, state.me.id) & asked) === asked;
}
