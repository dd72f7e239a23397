// The REST API, as far as a load test needs it.
import http from 'k6/http';
import {sleep} from 'k6';

/** Without a slash at the end. */
export const BASE_URL = (__ENV.BASE_URL || 'http://localhost:3000').replace(/\/+$/, '');

const API = BASE_URL + '/api/v10';
const ATTEMPTS = 30;

/**
 * @typedef {object} User
 * @property {string} id
 * @property {string} token
 */

/**
 * @typedef {object} Guild
 * @property {string} channel where its members talk
 * @property {number} first the first of its users, by their place in the list of all
 * @property {number} users how many follow each other there
 */

/**
 * Sends a request until it is answered with one of the statuses expected; one that comes too fast waits as long as it is told.
 *
 * @param {string} method
 * @param {string} path
 * @param {string|null} token
 * @param {object|null} body
 * @param {string} name what the request is called in the results
 * @returns {any} the answer's JSON, or null if it has none
 */
function insist(method, path, token, body, name) {
  for (let attempt = 1; ; attempt++) {
    const answer = http.request(method, API + path, body === null ? null : JSON.stringify(body), parameters(token, name));
    if (answer.status >= 200 && answer.status < 300) {
      return answer.body ? answer.json() : null;
    }
    const wait = answer.status === 429 ? Number(answer.headers['Retry-After'] ?? 1) : answer.status === 0 || answer.status >= 500 ? 1 : 0;
    if (wait === 0 || attempt === ATTEMPTS) {
      throw new Error(`${method} ${path} answered ${answer.status}: ${String(answer.body ?? answer.error).slice(0, 300)}`);
    }
    sleep(Math.min(Math.max(wait, 0.1), 10) + Math.random());
  }
}

/**
 * @param {string|null} token
 * @param {string} name
 */
function parameters(token, name) {
  return {
    headers: /** @type {Record<string, string>} */ ({
      'Content-Type': 'application/json',
      ...(token === null ? {} : {Authorization: token}),
    }),
    tags: {name},
    timeout: '30s',
  };
}

/** A name that no other run takes: 20 characters at the most. */
function freshName() {
  return 'load' + Date.now().toString(36) + Math.floor(Math.random() * 36 ** 6).toString(36).padStart(6, '0');
}

/** @returns {User} */
export function register() {
  const name = freshName();
  const made = insist('POST', '/auth/register', null, {username: name, email: `${name}@example.com`, password: 'Load-test-1!'}, 'register');
  return {id: made.id, token: made.tokens.access_token};
}

/**
 * A guild that users are members of.
 *
 * @param {User[]} users all users
 * @param {number} first the first member
 * @param {number} count members
 * @returns {Guild}
 */
export function createGuild(users, first, count) {
  const owner = users[first].token;
  const guild = insist('POST', '/guilds', owner, {name: 'load test'}, 'create guild');
  const channel = guild.channels.find((/** @type {any} */ one) => one.type === 0).id;
  if (count > 1) {
    const invite = insist('POST', `/channels/${channel}/invites`, owner, {max_uses: 0, max_age: 0}, 'create invite');
    for (let i = first + 1; i < first + count; i++) {
      insist('POST', `/invites/${invite.code}`, users[i].token, {}, 'accept invite');
    }
  }
  return {channel, first, users: count};
}

/**
 * Where the gateway is, asked as a user, each of whom may ask that often: all clients have one address. It does not wait, so that
 * a virtual user's other sessions go on meanwhile.
 *
 * @param {string} token
 * @returns {Promise<string>} fails if there is no answer
 */
export async function gatewayUrl(token) {
  const answer = await http.asyncRequest('GET', API + '/gateway/bot', null, parameters(token, 'gateway'));
  if (answer.status !== 200) {
    throw new Error(`GET /gateway/bot answered ${answer.status}`);
  }
  return String(answer.json('url'));
}

/**
 * Sends one message, once.
 *
 * @param {string} token
 * @param {string} channel
 * @param {string} content
 * @param {string} name what the request is called among what is measured
 * @returns {boolean} whether it was taken
 */
export function sendMessage(token, channel, content, name = 'send message') {
  const answer = http.post(`${API}/channels/${channel}/messages`, JSON.stringify({content}), parameters(token, name));
  return answer.status === 200;
}
