/**
 * Everything the page shows. It is changed through {@link Store#change} only, after which whoever listens is told once, however
 * much was changed in one turn.
 */
export class Store {
  /** @type {Set<() => void>} */
  #listeners = new Set();
  #pending = false;

  constructor() {
    this.state = blank();
  }

  /** @param {(state: State) => void} work */
  change(work) {
    work(this.state);
    if (this.#pending) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }

  /** @param {() => void} listener @returns {() => void} what ends it */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets one user before the next. */
  clear() {
    const {route, locale, theme} = this.state;
    this.change(() => {
      this.state = {...blank(), route, locale, theme};
    });
  }
}

/**
 * @typedef {object} Guild
 * @property {string} id
 * @property {string} name
 * @property {string | null} icon
 * @property {string} ownerId
 * @property {boolean} unavailable
 * @property {number} memberCount
 * @property {Map<string, any>} channels by id; threads too
 * @property {Map<string, any>} roles
 * @property {Map<string, any>} members by their user's id
 * @property {Map<string, string>} presences the status by the user's id
 * @property {boolean} membersAsked
 */

/**
 * A stretch of a channel's messages, oldest first.
 * @typedef {object} Stretch
 * @property {any[]} messages
 * @property {boolean} before whether there are older ones
 * @property {boolean} after whether there are newer ones
 * @property {boolean} loading
 * @property {boolean} stale whether something may be missing
 * @property {string | null} error
 */

/** @typedef {{unread: boolean, mentions: number, lastRead: string | null}} ReadState */

function blank() {
  return {
    /** @type {any} */
    me: null,
    ready: false,
    /** @type {Map<string, Guild>} */
    guilds: new Map(),
    /** @type {Map<string, any>} direct messages by their channel's id */
    directs: new Map(),
    /** @type {Map<string, any>} */
    users: new Map(),
    /** @type {Map<string, Stretch>} */
    stretches: new Map(),
    /** @type {Map<string, ReadState>} */
    readStates: new Map(),
    /** @type {Map<string, Map<string, number>>} until when who types, by channel */
    typing: new Map(),
    /** @type {{status: string, retryAt: number, lost: boolean}} */
    connection: {status: 'closed', retryAt: 0, lost: false},
    /** @type {import('./router.js').Route} */
    route: {page: 'home'},
    /** @type {'en' | 'ko'} */
    locale: 'en',
    /** @type {'system' | 'dark' | 'light'} */
    theme: 'system',
    /** @type {{id: number, kind: 'error' | 'info', text: string}[]} */
    notices: [],
    /** What a screen reader says next. */
    announcement: '',
    /** @type {{query: string, results: any[] | null, total: number, loading: boolean} | null} */
    search: null,
    /** @type {any} the dialog that is open */
    dialog: null,
    /** @type {any} the message that is answered */
    replyTo: null,
    /** @type {string | null} the message that is edited */
    editing: null,
    /** @type {string | null} the message that a search led to */
    highlighted: null,
    showsMembers: true,
    /** Which drawer is open on a small screen. @type {'channels' | 'members' | null} */
    drawer: null,
  };
}

/** @typedef {ReturnType<typeof blank>} State */
