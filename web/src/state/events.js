import {addMessage, removeMessages, stretchOf, updateMessage, withReaction} from './messages.js';
import {channelOf, noteMessage, noteRead} from './read-states.js';

const TYPING_MILLISECONDS = 10_000;
const THREADS = new Set([10, 11, 12]);

/** @typedef {import('./store.js').State} State */

/**
 * What each event of the gateway changes (Discord documentation, "Receive Events").
 * @type {Record<string, (state: State, data: any) => void>}
 */
const EVENTS = {
  READY(state, d) {
    state.me = d.user;
    state.users.set(d.user.id, d.user);
    state.ready = true;
    const named = new Set(d.guilds.map((/** @type {any} */ guild) => guild.id));
    for (const id of [...state.guilds.keys()]) if (!named.has(id)) state.guilds.delete(id);
    for (const {id} of d.guilds) {
      if (!state.guilds.has(id)) state.guilds.set(id, guildOf({id, name: '', unavailable: true}));
    }
    state.typing.clear();
    // A new session has not heard what was said before it.
    for (const stretch of state.stretches.values()) stretch.stale = true;
  },

  GUILD_CREATE(state, d) {
    state.guilds.set(d.id, {...guildOf(d), membersAsked: false});
    noteUsers(state, d.members);
  },

  GUILD_UPDATE(state, d) {
    withGuild(state, d.id, guild => {
      guild.name = d.name;
      guild.icon = d.icon;
      guild.ownerId = d.owner_id;
    });
  },

  GUILD_DELETE(state, d) {
    if (d.unavailable) withGuild(state, d.id, guild => { guild.unavailable = true; });
    else state.guilds.delete(d.id);
  },

  CHANNEL_CREATE: putChannel,
  CHANNEL_UPDATE: putChannel,
  THREAD_CREATE: putChannel,
  THREAD_UPDATE: putChannel,
  CHANNEL_DELETE: dropChannel,
  THREAD_DELETE: dropChannel,

  GUILD_ROLE_CREATE: (state, d) => withGuild(state, d.guild_id, guild => guild.roles.set(d.role.id, d.role)),
  GUILD_ROLE_UPDATE: (state, d) => withGuild(state, d.guild_id, guild => guild.roles.set(d.role.id, d.role)),
  GUILD_ROLE_DELETE: (state, d) => withGuild(state, d.guild_id, guild => guild.roles.delete(d.role_id)),

  GUILD_MEMBER_ADD(state, d) {
    noteUsers(state, [d]);
    withGuild(state, d.guild_id, guild => {
      if (!guild.members.has(d.user.id)) guild.memberCount += 1;
      guild.members.set(d.user.id, d);
    });
  },

  GUILD_MEMBER_UPDATE(state, d) {
    noteUsers(state, [d]);
    withGuild(state, d.guild_id, guild => guild.members.set(d.user.id, {...guild.members.get(d.user.id), ...d}));
  },

  GUILD_MEMBER_REMOVE(state, d) {
    withGuild(state, d.guild_id, guild => {
      if (guild.members.delete(d.user.id)) guild.memberCount -= 1;
    });
  },

  GUILD_MEMBERS_CHUNK(state, d) {
    noteUsers(state, d.members);
    withGuild(state, d.guild_id, guild => {
      for (const member of d.members) guild.members.set(member.user.id, member);
      for (const presence of d.presences ?? []) guild.presences.set(presence.user.id, presence.status);
    });
  },

  PRESENCE_UPDATE(state, d) {
    withGuild(state, d.guild_id, guild => guild.presences.set(d.user.id, d.status));
  },

  USER_UPDATE(state, d) {
    state.me = {...state.me, ...d};
    state.users.set(d.id, d);
  },

  MESSAGE_CREATE(state, d) {
    const channel = channelOf(state, d.channel_id);
    if (channel) channel.last_message_id = d.id;
    if (d.author) state.users.set(d.author.id, {...state.users.get(d.author.id), ...d.author});
    if (d.member && d.author) noteMember(state, d.guild_id, {...d.member, user: d.author});
    state.typing.get(d.channel_id)?.delete(d.author?.id);
    const stretch = state.stretches.get(d.channel_id);
    if (stretch) addMessage(stretch, d);
    noteMessage(state, d);
  },

  MESSAGE_UPDATE(state, d) {
    const stretch = state.stretches.get(d.channel_id);
    if (!stretch) return;
    const {reactions: _reactions, ...change} = d;
    updateMessage(stretch, change);
  },

  MESSAGE_DELETE: (state, d) => forget(state, d.channel_id, [d.id]),
  MESSAGE_DELETE_BULK: (state, d) => forget(state, d.channel_id, d.ids),

  MESSAGE_REACTION_ADD: (state, d) => react(state, d, one => withReaction(one, d.emoji, 1, d.user_id === state.me?.id)),
  MESSAGE_REACTION_REMOVE: (state, d) => react(state, d, one => withReaction(one, d.emoji, -1, d.user_id === state.me?.id)),
  MESSAGE_REACTION_REMOVE_ALL: (state, d) => react(state, d, () => []),
  MESSAGE_REACTION_REMOVE_EMOJI: (state, d) => react(state, d, one =>
    one.filter(reaction => reaction.emoji.name !== d.emoji.name || reaction.emoji.id !== d.emoji.id)),

  TYPING_START(state, d) {
    if (d.user_id === state.me?.id) return;
    const who = state.typing.get(d.channel_id) ?? new Map();
    who.set(d.user_id, Date.now() + TYPING_MILLISECONDS);
    state.typing.set(d.channel_id, who);
    if (d.member) noteMember(state, d.guild_id, d.member);
  },

  MESSAGE_ACK: (state, d) => noteRead(state, d.channel_id, d.message_id),

  USER_SETTINGS_UPDATE(state, d) {
    if (d.theme === 'dark' || d.theme === 'light') state.theme = d.theme;
    if (typeof d.locale === 'string') state.locale = d.locale === 'ko' ? 'ko' : 'en';
  },
};

/** @param {State} state @param {string} type @param {any} data */
export function applyEvent(state, type, data) {
  EVENTS[type]?.(state, data);
}

/** @param {any} d @returns {import('./store.js').Guild} */
function guildOf(d) {
  const by = (/** @type {any[]} */ list = [], key = (/** @type {any} */ one) => one.id) =>
    new Map(list.map(one => [key(one), one]));
  const channels = [...(d.channels ?? []), ...(d.threads ?? [])].map(one => ({...one, guild_id: d.id}));
  return {
    id: d.id,
    name: d.name,
    icon: d.icon ?? null,
    ownerId: d.owner_id ?? '',
    unavailable: !!d.unavailable,
    memberCount: d.member_count ?? 0,
    channels: by(channels),
    roles: by(d.roles),
    members: by(d.members, one => one.user.id),
    presences: new Map((d.presences ?? []).map((/** @type {any} */ one) => [one.user.id, one.status])),
    membersAsked: false,
  };
}

/** @param {State} state @param {string} id @param {(guild: import('./store.js').Guild) => void} work */
function withGuild(state, id, work) {
  const guild = state.guilds.get(id);
  if (guild) work(guild);
}

/** @param {State} state @param {any} d */
function putChannel(state, d) {
  if (!d.guild_id) {
    state.directs.set(d.id, {...state.directs.get(d.id), ...d});
    return;
  }
  withGuild(state, d.guild_id, guild => {
    if (THREADS.has(d.type) && d.thread_metadata?.archived) guild.channels.delete(d.id);
    else guild.channels.set(d.id, {...guild.channels.get(d.id), ...d});
  });
}

/** @param {State} state @param {any} d */
function dropChannel(state, d) {
  state.directs.delete(d.id);
  withGuild(state, d.guild_id, guild => guild.channels.delete(d.id));
  state.stretches.delete(d.id);
  state.readStates.delete(d.id);
}

/** @param {State} state @param {any[] | undefined} members */
function noteUsers(state, members) {
  for (const {user} of members ?? []) state.users.set(user.id, user);
}

/** @param {State} state @param {string} guildId @param {any} member */
function noteMember(state, guildId, member) {
  state.users.set(member.user.id, member.user);
  withGuild(state, guildId, guild => guild.members.set(member.user.id, member));
}

/** @param {State} state @param {string} channelId @param {string[]} ids */
function forget(state, channelId, ids) {
  const stretch = state.stretches.get(channelId);
  if (stretch) removeMessages(stretch, ids);
}

/** @param {State} state @param {any} d @param {(reactions: any[]) => any[]} work */
function react(state, d, work) {
  const stretch = stretchOf(state, d.channel_id);
  const message = stretch.messages.find(one => one.id === d.message_id);
  if (message) updateMessage(stretch, {id: message.id, reactions: work(message.reactions ?? [])});
}
