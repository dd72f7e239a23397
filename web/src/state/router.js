/**
 * What the address says is shown.
 * @typedef {{page: 'home'}
 *   | {page: 'login' | 'register' | 'settings'}
 *   | {page: 'invite', code: string}
 *   | {page: 'channel', guildId: string, channelId: string | null}} Route
 */

/**
 * Reads a path. It names places of this client only: no part of it is ever an address to go to.
 * @param {string} path
 * @returns {Route}
 */
export function routeOf(path) {
  const invite = /^\/invite\/([A-Za-z0-9-]{1,64})$/.exec(path);
  if (invite) return {page: 'invite', code: invite[1]};
  const channel = /^\/channels\/(@me|\d{1,20})(?:\/(\d{1,20}))?$/.exec(path);
  if (channel) return {page: 'channel', guildId: channel[1], channelId: channel[2] ?? null};
  if (path === '/login') return {page: 'login'};
  if (path === '/register') return {page: 'register'};
  if (path === '/settings') return {page: 'settings'};
  return {page: 'home'};
}

/** Keeps the address and the store together. */
export class Router {
  #store;
  #window;

  /** @param {import('./store.js').Store} store @param {Window} window */
  constructor(store, window) {
    this.#store = store;
    this.#window = window;
    window.addEventListener('popstate', () => this.#read());
    this.#read();
  }

  /** @param {string} path of this client */
  go(path) {
    if (path !== this.#window.location.pathname) this.#window.history.pushState(null, '', path);
    this.#read();
  }

  /** @param {string} path of this client; the way back leads past it */
  replace(path) {
    this.#window.history.replaceState(null, '', path);
    this.#read();
  }

  #read() {
    const route = routeOf(this.#window.location.pathname);
    this.#store.change(state => {
      const before = state.route;
      if (before.page === 'channel' && route.page === 'channel' && before.channelId !== route.channelId) {
        state.replyTo = null;
        state.editing = null;
      }
      state.route = route;
      state.drawer = null;
    });
  }
}

/** @param {string} guildId @param {string | null} [channelId] */
export function channelPath(guildId, channelId) {
  return channelId ? `/channels/${guildId}/${channelId}` : `/channels/${guildId}`;
}
