import {applyEvent} from '../state/events.js';

const NEWCOMERS_MILLISECONDS = 1000;

/** Guilds, their channels, invites and members, and commands of applications. */
export class GuildActions {
  #rest;
  #store;
  #gateway;
  /** Who has joined lately, by guild. @type {Map<string, Set<string>>} */
  #newcomers = new Map();

  /**
   * @param {import('../net/rest.js').Rest} rest
   * @param {import('../state/store.js').Store} store
   * @param {import('../gateway/session.js').GatewaySession} gateway
   */
  constructor(rest, store, gateway) {
    this.#rest = rest;
    this.#store = store;
    this.#gateway = gateway;
  }

  /** @param {string} name @returns {Promise<any>} the guild */
  async create(name) {
    const guild = await this.#rest.post('/guilds', {name});
    // The event of it may come later than the answer, after which the page shows it.
    this.#store.change(state => {
      if (!state.guilds.get(guild.id)?.channels.size) applyEvent(state, 'GUILD_CREATE', guild);
    });
    return guild;
  }

  /** @param {string} guildId */
  async leave(guildId) {
    await this.#rest.delete(`/users/@me/guilds/${guildId}`);
    this.#store.change(state => { state.guilds.delete(guildId); });
  }

  /** @param {string} guildId @param {{name: string, topic: string | null}} form */
  async createChannel(guildId, form) {
    const channel = await this.#rest.post(`/guilds/${guildId}/channels`, {type: 0, ...form});
    this.#store.change(state => applyEvent(state, 'CHANNEL_CREATE', channel));
    return channel;
  }

  /** @param {string} channelId @param {{name: string, topic: string | null}} form */
  async modifyChannel(channelId, form) {
    const channel = await this.#rest.patch(`/channels/${channelId}`, form);
    this.#store.change(state => applyEvent(state, 'CHANNEL_UPDATE', channel));
  }

  /** @param {string} channelId */
  async deleteChannel(channelId) {
    const channel = await this.#rest.delete(`/channels/${channelId}`);
    this.#store.change(state => applyEvent(state, 'CHANNEL_DELETE', channel));
  }

  /** @param {string} channelId @returns {Promise<string>} the code of an invite that is good for a week */
  async invite(channelId) {
    return (await this.#rest.post(`/channels/${channelId}/invites`, {max_age: 604_800, max_uses: 0, unique: false})).code;
  }

  /** @param {string} code @returns {Promise<any>} what an invite leads to */
  preview(code) {
    return this.#rest.get(`/invites/${code}?with_counts=true`);
  }

  /** @param {string} code @returns {Promise<any>} */
  accept(code) {
    return this.#rest.post(`/invites/${code}`);
  }

  /** Asks for the members that the guild did not come with, once. @param {string} guildId */
  loadMembers(guildId) {
    const guild = this.#store.state.guilds.get(guildId);
    if (!guild || guild.membersAsked || guild.unavailable || guild.members.size >= guild.memberCount) return;
    guild.membersAsked = true;
    this.#gateway.requestMembers(guildId);
  }

  /** Asks whether somebody who has joined is there, since no event says it of who was there before; for several at once. @param {string} guildId @param {string} userId */
  joined(guildId, userId) {
    const some = this.#newcomers.get(guildId);
    if (some) {
      some.add(userId);
      return;
    }
    const fresh = new Set([userId]);
    this.#newcomers.set(guildId, fresh);
    setTimeout(() => {
      this.#newcomers.delete(guildId);
      this.#gateway.requestPresences(guildId, [...fresh].slice(0, 100));
    }, NEWCOMERS_MILLISECONDS);
  }

  /** @param {string} userId @returns {Promise<any>} the channel with somebody */
  async direct(userId) {
    const channel = await this.#rest.post('/users/@me/channels', {recipient_id: userId});
    this.#store.change(state => { state.directs.set(channel.id, {...state.directs.get(channel.id), ...channel}); });
    return channel;
  }

  /** @param {string} channelId @param {string} query @returns {Promise<any[]>} the commands that begin so */
  async commands(channelId, query) {
    const found = await this.#rest.get(
      `/channels/${channelId}/application-commands/search?type=1&limit=10&query=${encodeURIComponent(query)}`);
    return found.application_commands;
  }

  /**
   * Uses a command.
   * @param {any} channel
   * @param {any} command
   * @param {{type: number, name: string, value: unknown}[]} options
   */
  async use(channel, command, options) {
    await this.#interact(channel, command.application_id, 2, {
      id: command.id, version: command.version, type: command.type, name: command.name, options,
    });
  }

  /** Presses a button of a message. @param {any} channel @param {any} message @param {string} customId */
  async press(channel, message, customId) {
    await this.#interact(channel, message.application_id ?? message.author.id, 3,
      {component_type: 2, custom_id: customId}, message.id);
  }

  /**
   * @param {any} channel
   * @param {string} applicationId
   * @param {number} type
   * @param {Record<string, unknown>} data
   * @param {string} [messageId]
   */
  async #interact(channel, applicationId, type, data, messageId) {
    await this.#rest.post('/interactions', {
      type,
      application_id: applicationId,
      guild_id: channel.guild_id,
      channel_id: channel.id,
      message_id: messageId,
      nonce: String(Date.now()),
      session_id: 'web',
      data,
    });
  }
}
