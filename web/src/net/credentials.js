/**
 * The tokens of the one who is signed in.
 *
 * They are kept in this tab's sessionStorage, which ends with the tab; in localStorage only for who asks to stay signed in.
 * docs/web.md says why, and what guards them. They go out in the Authorization header and in the gateway's IDENTIFY and
 * RESUME, never in an address.
 *
 * @typedef {{access_token: string, refresh_token: string, expires_at: number}} Pair
 */

const KEY = 'parley.tokens';
const EARLY_MILLISECONDS = 60_000;

export class Credentials {
  /** @type {Pair | null} */
  #pair = null;
  #session;
  #local;
  #channel;
  #now;

  /**
   * @param {object} parts
   * @param {Storage} parts.session ends with the tab
   * @param {Storage} parts.local stays
   * @param {Pick<BroadcastChannel, 'postMessage' | 'onmessage'>} parts.channel to the other tabs of this origin
   * @param {() => number} [parts.now]
   */
  constructor({session, local, channel, now = Date.now}) {
    this.#session = session;
    this.#local = local;
    this.#channel = channel;
    this.#now = now;
    this.#pair = this.#read();
    // A tab that was duplicated has the same refresh token, which works once: both go on with what one of them got.
    channel.onmessage = (/** @type {MessageEvent} */ {data}) => {
      if (this.#pair && data?.previous === this.#pair.refresh_token) this.#keep(data.pair);
    };
  }

  get signedIn() {
    return this.#pair !== null;
  }

  /** @returns {string | null} */
  get accessToken() {
    return this.#pair?.access_token ?? null;
  }

  /** @returns {string | null} */
  get refreshToken() {
    return this.#pair?.refresh_token ?? null;
  }

  get needsRefresh() {
    return this.#pair !== null && this.#pair.expires_at - EARLY_MILLISECONDS < this.#now();
  }

  /**
   * Somebody has signed in.
   * @param {{access_token: string, refresh_token: string, expires_in: number}} tokens
   * @param {boolean} stay whether the sign-in outlives the tab
   */
  signIn(tokens, stay) {
    this.forget();
    this.#pair = this.#pairOf(tokens);
    (stay ? this.#local : this.#session).setItem(KEY, JSON.stringify(this.#pair));
  }

  /**
   * The tokens have been traded for new ones.
   * @param {{access_token: string, refresh_token: string, expires_in: number}} tokens
   */
  renew(tokens) {
    const previous = this.#pair?.refresh_token;
    const pair = this.#pairOf(tokens);
    this.#keep(pair);
    this.#channel.postMessage({previous, pair});
  }

  forget() {
    this.#pair = null;
    this.#session.removeItem(KEY);
    this.#local.removeItem(KEY);
  }

  /** @param {Pair} pair */
  #keep(pair) {
    this.#pair = pair;
    const stays = this.#local.getItem(KEY) !== null;
    (stays ? this.#local : this.#session).setItem(KEY, JSON.stringify(pair));
  }

  /**
   * @param {{access_token: string, refresh_token: string, expires_in: number}} tokens
   * @returns {Pair}
   */
  #pairOf({access_token, refresh_token, expires_in}) {
    return {access_token, refresh_token, expires_at: this.#now() + expires_in * 1000};
  }

  /** @returns {Pair | null} */
  #read() {
    try {
      const pair = JSON.parse(this.#session.getItem(KEY) ?? this.#local.getItem(KEY) ?? 'null');
      return typeof pair?.access_token === 'string' && typeof pair?.refresh_token === 'string' ? pair : null;
    } catch {
      return null;
    }
  }
}
