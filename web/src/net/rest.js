import {ApiError} from './api-error.js';

const BASE = '/api/v10';
const DEADLINE_MILLISECONDS = 20_000;
const TRIES = 4;
const LONGEST_WAIT_MILLISECONDS = 30_000;

/**
 * The HTTP API, with the token of the one who is signed in. It waits where a limit is used up, tries again what was not
 * answered and can be sent twice, and trades a token that has ended for a new one.
 */
export class Rest {
  /** @type {Promise<boolean> | null} */
  #refreshing = null;
  #credentials;
  #buckets;
  #fetch;
  #locks;
  #wait;

  /** Called when the sign-in has ended and nothing can renew it. */
  onSignedOut = () => {};

  /**
   * @param {object} parts
   * @param {import('./credentials.js').Credentials} parts.credentials
   * @param {import('./buckets.js').Buckets} parts.buckets
   * @param {typeof globalThis.fetch} parts.fetch
   * @param {LockManager | undefined} parts.locks keep the tabs of one sign-in from renewing it twice; absent where the page
   *     came by plain HTTP from elsewhere
   * @param {(milliseconds: number) => Promise<void>} [parts.wait]
   */
  constructor({credentials, buckets, fetch, locks, wait = milliseconds => new Promise(done => setTimeout(done, milliseconds))}) {
    this.#credentials = credentials;
    this.#buckets = buckets;
    this.#fetch = fetch;
    this.#locks = locks;
    this.#wait = wait;
  }

  /** @param {string} path */
  get(path) {
    return this.call('GET', path);
  }

  /** @param {string} path @param {unknown} [body] */
  post(path, body = {}) {
    return this.call('POST', path, body);
  }

  /** @param {string} path @param {unknown} [body] */
  put(path, body = {}) {
    return this.call('PUT', path, body);
  }

  /** @param {string} path @param {unknown} body */
  patch(path, body) {
    return this.call('PATCH', path, body);
  }

  /** @param {string} path */
  delete(path) {
    return this.call('DELETE', path);
  }

  /**
   * @param {string} method
   * @param {string} path below the API's version; with its query
   * @param {unknown} [body]
   * @returns {Promise<any>} the answer's body; null if it has none
   * @throws {ApiError}
   */
  async call(method, path, body) {
    const route = routeOf(method, path);
    // A message carries a nonce that the server tells it by, so that it is not there twice.
    const repeatable = method !== 'POST' || /\/(messages|ack|typing)$/.test(path);
    let renewed = false;
    for (let tried = 1; ; tried++) {
      await this.#buckets.take(route);
      const answer = await this.#send(method, path, body);
      const again = answer.status === 0 ? null : this.#buckets.heard(route, answer.status, answer.headers);
      if (answer.status >= 200 && answer.status < 300) return answer.body;
      if (answer.status === 401 && !renewed && this.#credentials.signedIn && !path.startsWith('/auth/')) {
        renewed = true;
        if (await this.refresh()) continue;
      }
      if (again !== null && again <= LONGEST_WAIT_MILLISECONDS && tried < TRIES) {
        await this.#wait(again);
        continue;
      }
      if ((answer.status === 0 || answer.status >= 500) && repeatable && tried < TRIES) {
        await this.#wait(400 * 2 ** tried * (0.5 + Math.random() / 2));
        continue;
      }
      throw new ApiError(answer.status, answer.body, answer.headers.get('apigw-requestid'));
    }
  }

  /**
   * Trades the tokens for new ones, once for all that ask at the same time.
   * @returns {Promise<boolean>} whether there is a token to go on with
   */
  refresh() {
    this.#refreshing ??= this.#refreshAlone().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refreshAlone() {
    const used = this.#credentials.refreshToken;
    const trade = async () => {
      const now = this.#credentials.refreshToken;
      if (now === null) return false;
      if (now !== used) return true; // another tab did it while this one waited
      const answer = await this.#send('POST', '/auth/refresh', {refresh_token: now});
      if (answer.status === 200) {
        this.#credentials.renew(answer.body.tokens);
        return true;
      }
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
        this.#credentials.forget();
        this.onSignedOut();
      }
      return false;
    };
    return this.#locks ? this.#locks.request('parley.refresh', trade) : trade();
  }

  /** @param {string} method @param {string} path @param {unknown} body */
  async #send(method, path, body) {
    /** @type {Record<string, string>} */
    const headers = {};
    const token = this.#credentials.accessToken;
    if (token && !/^\/auth\/(login|register|refresh)$/.test(path)) headers.authorization = token;
    if (body !== undefined) headers['content-type'] = 'application/json';
    try {
      const answer = await this.#fetch(BASE + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        redirect: 'error',
        signal: AbortSignal.timeout(DEADLINE_MILLISECONDS),
      });
      const text = await answer.text();
      return {status: answer.status, headers: answer.headers, body: parsed(text)};
    } catch {
      return {status: 0, headers: new Headers(), body: null};
    }
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/**
 * What has a limit of its own: the method and the path, in which only the first id counts.
 * @param {string} method
 * @param {string} path
 */
export function routeOf(method, path) {
  let first = true;
  const [pathname] = path.split('?');
  return `${method} ${pathname.replace(/\d{10,}/g, id => {
    if (!first) return ':id';
    first = false;
    return id;
  }).replace(/reactions\/[^/]+/, 'reactions/:emoji')}`;
}
