import {addMessage, addPage, emptyStretch, removeMessages, sameEmoji, stretchOf, updateMessage, withReaction} from '../state/messages.js';
import {channelOf, noteRead, readStateOf} from '../state/read-states.js';
import {compareIds} from '../text/snowflake.js';
import {sendWithFiles} from '../net/upload.js';

const PAGE = 50;
const TYPING_EVERY = 8000;
const DISCORD_EPOCH = 1_420_070_400_000;

/** Reading and writing messages. */
export class MessageActions {
  #rest;
  #store;
  #credentials;
  #nonces = 0;
  #typedAt = 0;
  /** @type {Map<string, AbortController>} by nonce */
  #uploads = new Map();
  /** @type {Map<string, any>} */
  #acks = new Map();

  /**
   * @param {import('../net/rest.js').Rest} rest
   * @param {import('../state/store.js').Store} store
   * @param {import('../net/credentials.js').Credentials} credentials
   */
  constructor(rest, store, credentials) {
    this.#rest = rest;
    this.#store = store;
    this.#credentials = credentials;
  }

  /** Reads the newest messages of a channel, unless they are there. @param {string} channelId */
  async open(channelId) {
    const stretch = stretchOf(this.#store.state, channelId);
    if (!stretch.stale || stretch.loading) return;
    await this.#load(channelId, `limit=${PAGE}`, (fresh, page) => {
      const pending = stretchOf(this.#store.state, channelId).messages.filter(one => one.pending);
      addPage(fresh, page, 'before', PAGE);
      fresh.after = false;
      fresh.messages = [...fresh.messages, ...pending.filter(one => !page.some((/** @type {any} */ sent) => sent.nonce === one.nonce))];
    });
  }

  /** Goes back to the newest ones. @param {string} channelId */
  async latest(channelId) {
    this.#store.change(state => {
      stretchOf(state, channelId).stale = true;
      state.highlighted = null;
    });
    await this.open(channelId);
  }

  /** Shows a message with what was said around it. @param {string} channelId @param {string} messageId */
  async around(channelId, messageId) {
    this.#store.change(state => { state.highlighted = messageId; });
    if (stretchOf(this.#store.state, channelId).messages.some(one => one.id === messageId)) return;
    await this.#load(channelId, `limit=${PAGE}&around=${messageId}`, (fresh, page) => {
      addPage(fresh, page, 'before', PAGE);
      const newest = channelOf(this.#store.state, channelId)?.last_message_id;
      fresh.before = true;
      fresh.after = !!newest && !page.some(one => one.id === newest);
    });
  }

  /** Reads older or newer ones than are shown. @param {string} channelId @param {'before' | 'after'} side */
  async more(channelId, side) {
    const stretch = stretchOf(this.#store.state, channelId);
    const sent = stretch.messages.filter(one => !one.pending);
    const edge = side === 'before' ? sent[0] : sent.at(-1);
    if (!edge || stretch.loading || !stretch[side]) return;
    this.#store.change(() => { stretch.loading = true; stretch.error = null; });
    try {
      const page = await this.#rest.get(`/channels/${channelId}/messages?limit=${PAGE}&${side}=${edge.id}`);
      this.#store.change(() => addPage(stretch, page, side, PAGE));
    } catch (failure) {
      this.#store.change(() => { stretch.error = /** @type {Error} */ (failure).message; });
    } finally {
      this.#store.change(() => { stretch.loading = false; });
    }
  }

  /** @param {string} channelId @param {string} query @param {(fresh: import('../state/store.js').Stretch, page: any[]) => void} fill */
  async #load(channelId, query, fill) {
    const stretch = stretchOf(this.#store.state, channelId);
    this.#store.change(() => { stretch.loading = true; stretch.error = null; });
    try {
      const page = await this.#rest.get(`/channels/${channelId}/messages?${query}`);
      this.#store.change(state => {
        const fresh = {...emptyStretch(), stale: false};
        fill(fresh, page);
        // What came by the gateway while the answer was on its way is not in it.
        if (!fresh.after) {
          const newest = page[0]?.id ?? '0';
          for (const one of stretch.messages) if (!one.pending && compareIds(one.id, newest) > 0) addMessage(fresh, one);
        }
        state.stretches.set(channelId, fresh);
      });
    } catch (failure) {
      this.#store.change(() => {
        stretch.loading = false;
        stretch.error = /** @type {Error} */ (failure).message;
      });
    }
  }

  /**
   * Sends a message, which is shown at once.
   * @param {string} channelId
   * @param {string} content
   * @param {File[]} files
   * @param {any} replyTo
   */
  async send(channelId, content, files, replyTo) {
    const {state} = this.#store;
    const nonce = `${Date.now()}${String(this.#nonces++ % 1000).padStart(3, '0')}`;
    if (stretchOf(state, channelId).after) await this.latest(channelId);
    const pending = {
      id: String((BigInt(Date.now() - DISCORD_EPOCH) << 22n) + BigInt(this.#nonces % 1000)),
      nonce,
      pending: true,
      progress: files.length ? 0 : null,
      failed: null,
      files,
      type: replyTo ? 19 : 0,
      channel_id: channelId,
      author: state.me,
      content,
      timestamp: new Date().toISOString(),
      attachments: [],
      embeds: [],
      mentions: [],
      message_reference: replyTo ? {message_id: replyTo.id, channel_id: channelId} : undefined,
      referenced_message: replyTo ?? undefined,
    };
    this.#typedAt = 0;
    this.#store.change(() => addMessage(stretchOf(this.#store.state, channelId), pending));
    await this.#deliver(pending);
  }

  /** Tries again what could not be sent. @param {any} message */
  async resend(message) {
    this.#change(message, {failed: null, progress: message.files.length ? 0 : null});
    await this.#deliver(message);
  }

  /** Ends an upload, or gives up what could not be sent. @param {any} message */
  discard(message) {
    this.#uploads.get(message.nonce)?.abort();
    this.#store.change(state => removeMessages(stretchOf(state, message.channel_id), [message.id]));
  }

  /** @param {any} message */
  async #deliver(message) {
    const payload = {
      content: message.content,
      nonce: message.nonce,
      enforce_nonce: true,
      message_reference: message.message_reference,
    };
    try {
      const sent = message.files.length
        ? await this.#upload(message, payload)
        : await this.#rest.post(`/channels/${message.channel_id}/messages`, payload);
      this.#store.change(state => addMessage(stretchOf(state, message.channel_id), {...sent, nonce: message.nonce}));
    } catch (failure) {
      this.#change(message, {failed: failure, progress: null});
    } finally {
      this.#uploads.delete(message.nonce);
    }
  }

  /** @param {any} message @param {Record<string, unknown>} payload */
  async #upload(message, payload) {
    const controller = new AbortController();
    this.#uploads.set(message.nonce, controller);
    if (this.#credentials.needsRefresh) await this.#rest.refresh();
    return sendWithFiles({
      channelId: message.channel_id,
      rest: this.#rest,
      token: /** @type {string} */ (this.#credentials.accessToken),
      payload,
      files: message.files,
      signal: controller.signal,
      progress: share => this.#change(message, {progress: share}),
    });
  }

  /** @param {any} message @param {any} change */
  #change(message, change) {
    this.#store.change(state => updateMessage(stretchOf(state, message.channel_id), {id: message.id, ...change}));
  }

  /** @param {any} message @param {string} content */
  async edit(message, content) {
    const edited = await this.#rest.patch(`/channels/${message.channel_id}/messages/${message.id}`, {content});
    this.#change(message, {content: edited.content, edited_timestamp: edited.edited_timestamp});
  }

  /** @param {any} message */
  async remove(message) {
    await this.#rest.delete(`/channels/${message.channel_id}/messages/${message.id}`);
    this.#store.change(state => removeMessages(stretchOf(state, message.channel_id), [message.id]));
  }

  /**
   * Adds an own reaction, or takes it back.
   * @param {any} message
   * @param {{id: string | null, name: string}} emoji
   */
  async react(message, emoji) {
    const mine = message.reactions?.some((/** @type {any} */ one) => one.me && sameEmoji(one.emoji, emoji));
    const by = mine ? -1 : 1;
    const show = (/** @type {1 | -1} */ change) => this.#store.change(state => {
      const stretch = stretchOf(state, message.channel_id);
      const now = stretch.messages.find(one => one.id === message.id);
      if (now) updateMessage(stretch, {id: now.id, reactions: withReaction(now.reactions, emoji, change, true)});
    });
    show(by);
    const name = encodeURIComponent(emoji.id ? `${emoji.name}:${emoji.id}` : emoji.name);
    const path = `/channels/${message.channel_id}/messages/${message.id}/reactions/${name}/@me`;
    try {
      await (mine ? this.#rest.delete(path) : this.#rest.call('PUT', path));
    } catch (failure) {
      show(mine ? 1 : -1);
      throw failure;
    }
  }

  /** Somebody types here; told at most every 8 s. @param {string} channelId */
  type(channelId) {
    const now = Date.now();
    if (now - this.#typedAt < TYPING_EVERY) return;
    this.#typedAt = now;
    this.#rest.call('POST', `/channels/${channelId}/typing`).catch(() => {
      // Whether somebody types is not worth a word when it cannot be told.
    });
  }

  /** The newest messages of a channel have been seen; told half a second later, for several at once. @param {string} channelId */
  seen(channelId) {
    const {state} = this.#store;
    const newest = channelOf(state, channelId)?.last_message_id;
    const before = readStateOf(state, channelId);
    if (!newest || (!before.unread && !before.mentions)) return;
    this.#store.change(() => noteRead(state, channelId, newest));
    clearTimeout(this.#acks.get(channelId));
    this.#acks.set(channelId, setTimeout(() => {
      this.#rest.post(`/channels/${channelId}/messages/${newest}/ack`).catch(() => {
        // What stays unread there is told again by the next message that is seen.
      });
    }, 500));
  }

  /** @param {string} guildId @param {string} query */
  async search(guildId, query) {
    this.#store.change(state => { state.search = {query, results: null, total: 0, loading: true}; });
    for (let tries = 0; tries < 5; tries++) {
      const found = await this.#rest.get(`/guilds/${guildId}/messages/search?content=${encodeURIComponent(query)}`);
      if (this.#store.state.search?.query !== query) return;
      if (found.messages) {
        this.#store.change(state => {
          state.search = {query, results: found.messages.flat(), total: found.total_results, loading: false};
        });
        return;
      }
      await new Promise(done => setTimeout(done, (found.retry_after ?? 2) * 1000));
    }
    this.#store.change(state => { state.search = {query, results: [], total: 0, loading: false}; });
  }
}
