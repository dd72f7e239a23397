import {Backoff} from './backoff.js';

const DISPATCH = 0, HEARTBEAT = 1, IDENTIFY = 2, PRESENCE_UPDATE = 3, RESUME = 6, RECONNECT = 7, REQUEST_MEMBERS = 8,
  INVALID_SESSION = 9, HELLO = 10, HEARTBEAT_ACK = 11;

/** All of them: the server drops those that it does not know. */
const INTENTS = 0x3ffffff;

/** Any code but 1000 and 1001 keeps the session for a resume. */
const KEEP_SESSION = 4000;
const GOODBYE = 1000;

/** Close codes after which trying again changes nothing (Discord documentation, "Gateway Close Event Codes"). */
const FATAL = new Set([4004, 4010, 4011, 4012, 4013, 4014]);

const HELLO_DEADLINE = 20_000;
const READY_DEADLINE = 30_000;
const PROBE_DEADLINE = 8_000;
const QUIET = 20_000;

/**
 * What the connection is: `connecting` for the first time, `online`, `waiting` for the next try, `resuming`, `offline` while
 * the machine has no network, `closed` by ourselves, `refused` for good.
 * @typedef {'connecting' | 'online' | 'waiting' | 'resuming' | 'offline' | 'closed' | 'refused'} Status
 */

/**
 * A session with the gateway, which outlives its connections: it beats, finds out when the other end is gone, resumes with
 * what it missed, and begins anew only when the server says so.
 */
export class GatewaySession {
  #parts;
  #backoff;
  /** @type {WebSocket | null} */
  #socket = null;
  #sessionId = '';
  #resumeUrl = '';
  #seq = 0;
  #acknowledged = true;
  #heardAt = 0;
  #interval = 0;
  /** @type {Map<string, any>} */
  #timers = new Map();
  #attempt = 0;
  /** @type {Status} */
  status = 'closed';
  /** When the next try comes, in ms since the epoch; 0 if none waits. */
  retryAt = 0;

  /** @param {Status} _status */
  onStatus = _status => {};
  /** @param {string} _type @param {any} _data */
  onDispatch = (_type, _data) => {};

  /**
   * @param {object} parts
   * @param {() => Promise<string>} parts.url where to connect for a new session
   * @param {() => Promise<string | null>} parts.token one that is good now; null if nobody is signed in
   * @param {(url: string) => WebSocket} parts.connect
   * @param {() => object} parts.presence what others are to see
   * @param {{set(work: () => void, milliseconds: number): any, clear(timer: any): void, now(): number}} [parts.clock]
   * @param {() => number} [parts.random]
   */
  constructor({clock = browserClock, random = Math.random, ...parts}) {
    this.#parts = {...parts, clock, random};
    this.#backoff = new Backoff(random);
  }

  start() {
    if (this.status !== 'closed') return;
    this.#connect();
  }

  /** Ends the session; the others see its user go. */
  stop() {
    this.#drop(GOODBYE);
    this.#sessionId = '';
    this.#seq = 0;
    this.#become('closed');
  }

  /** The machine has lost its network: a socket may take minutes to find out by itself. */
  networkLost() {
    if (this.status === 'closed' || this.status === 'refused') return;
    this.#drop(KEEP_SESSION);
    this.#become('offline');
  }

  /** The machine has a network again. */
  networkFound() {
    if (this.status === 'offline' || this.status === 'waiting') this.retryNow();
    else this.probe();
  }

  /** Does not wait for the next try. */
  retryNow() {
    if (this.status !== 'waiting' && this.status !== 'offline') return;
    this.#backoff.reset();
    this.#connect();
  }

  /** Asks whether the other end is there, unless it was heard of just now. Whoever looks at a page should not wait for the next beat. */
  probe() {
    if (this.status !== 'online' || this.#parts.clock.now() - this.#heardAt < QUIET) return;
    this.#beat();
    this.#timer('probe', PROBE_DEADLINE, () => {
      if (!this.#acknowledged) this.#lost();
    });
  }

  /** @param {object} presence */
  setPresence(presence) {
    this.#send(PRESENCE_UPDATE, presence);
  }

  /** Asks for members of a guild, which come as GUILD_MEMBERS_CHUNK. @param {string} guildId */
  requestMembers(guildId) {
    this.#send(REQUEST_MEMBERS, {guild_id: guildId, query: '', limit: 0, presences: true});
  }

  /** Asks who of some members is there. @param {string} guildId @param {string[]} userIds at most 100 */
  requestPresences(guildId, userIds) {
    this.#send(REQUEST_MEMBERS, {guild_id: guildId, user_ids: userIds, limit: 0, presences: true});
  }

  async #connect() {
    this.#drop(KEEP_SESSION);
    const attempt = ++this.#attempt;
    const resumes = this.#sessionId !== '';
    this.#become(resumes ? 'resuming' : 'connecting');
    let url = '';
    let token = null;
    try {
      token = await this.#parts.token();
      url = resumes ? this.#resumeUrl : await this.#parts.url();
    } catch {
      if (attempt === this.#attempt) this.#again();
      return;
    }
    if (attempt !== this.#attempt) return;
    if (token === null) {
      this.stop();
      return;
    }
    const socket = this.#parts.connect(`${url}${url.includes('?') ? '&' : '?'}v=10&encoding=json`);
    this.#socket = socket;
    this.#timer('deadline', HELLO_DEADLINE, () => this.#lost());
    socket.onmessage = event => {
      if (socket === this.#socket) this.#heard(JSON.parse(event.data), token);
    };
    socket.onclose = event => {
      if (socket !== this.#socket) return;
      if (FATAL.has(event.code)) {
        this.#drop(KEEP_SESSION);
        this.#become('refused');
      } else {
        this.#lost();
      }
    };
  }

  /** @param {{op: number, d: any, s: number | null, t: string}} frame @param {string} token */
  #heard(frame, token) {
    this.#heardAt = this.#parts.clock.now();
    switch (frame.op) {
      case HELLO:
        this.#interval = frame.d.heartbeat_interval;
        this.#acknowledged = true;
        this.#timer('beat', this.#interval * this.#parts.random(), () => this.#beatOn());
        this.#timer('deadline', READY_DEADLINE, () => this.#lost());
        this.#greet(token);
        break;
      case HEARTBEAT:
        this.#beat();
        break;
      case HEARTBEAT_ACK:
        this.#acknowledged = true;
        break;
      case RECONNECT:
        this.#connect();
        break;
      case INVALID_SESSION:
        this.#invalid(frame.d === true);
        break;
      case DISPATCH:
        this.#dispatched(frame);
        break;
    }
  }

  /** @param {string} token */
  #greet(token) {
    if (this.#sessionId) {
      this.#send(RESUME, {token, session_id: this.#sessionId, seq: this.#seq});
    } else {
      this.#send(IDENTIFY, {
        token,
        intents: INTENTS,
        large_threshold: 250,
        properties: {os: 'browser', browser: 'parley-web', device: 'parley-web'},
        presence: this.#parts.presence(),
      });
    }
  }

  /** @param {{d: any, s: number | null, t: string}} frame */
  #dispatched({d, s, t}) {
    if (t === 'READY') {
      this.#sessionId = d.session_id;
      this.#resumeUrl = d.resume_gateway_url;
      this.#seq = 0;
    }
    // What a connection delivered just before it was lost may come again with the next one.
    if (s !== null && s <= this.#seq) return;
    if (s !== null) this.#seq = s;
    if (t === 'READY' || t === 'RESUMED') {
      this.#clear('deadline');
      this.#backoff.reset();
      this.#become('online');
    }
    this.onDispatch(t, d);
  }

  /** @param {boolean} resumable */
  #invalid(resumable) {
    if (!resumable) {
      this.#sessionId = '';
      this.#seq = 0;
    }
    this.#drop(KEEP_SESSION);
    // A random second to five, as the documentation asks of clients.
    this.#waitFor(1000 + this.#parts.random() * 4000);
  }

  #beatOn() {
    if (!this.#acknowledged) {
      this.#lost();
      return;
    }
    this.#beat();
    this.#timer('beat', this.#interval, () => this.#beatOn());
  }

  #beat() {
    this.#acknowledged = false;
    this.#send(HEARTBEAT, this.#seq || null);
  }

  #lost() {
    this.#drop(KEEP_SESSION);
    this.#again();
  }

  #again() {
    this.#waitFor(this.#backoff.next());
  }

  /** @param {number} milliseconds */
  #waitFor(milliseconds) {
    this.retryAt = this.#parts.clock.now() + milliseconds;
    this.#become('waiting');
    this.#timer('retry', milliseconds, () => this.#connect());
  }

  /** @param {number} code */
  #drop(code) {
    for (const name of [...this.#timers.keys()]) this.#clear(name);
    this.#attempt += 1;
    this.retryAt = 0;
    const socket = this.#socket;
    this.#socket = null;
    if (socket && socket.readyState <= 1) socket.close(code);
  }

  /** @param {number} op @param {unknown} d */
  #send(op, d) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify({op, d}));
  }

  /** @param {Status} status */
  #become(status) {
    this.status = status;
    this.onStatus(status);
  }

  /** @param {string} name @param {number} milliseconds @param {() => void} work */
  #timer(name, milliseconds, work) {
    this.#clear(name);
    this.#timers.set(name, this.#parts.clock.set(() => {
      this.#timers.delete(name);
      work();
    }, milliseconds));
  }

  /** @param {string} name */
  #clear(name) {
    const timer = this.#timers.get(name);
    if (timer !== undefined) this.#parts.clock.clear(timer);
    this.#timers.delete(name);
  }
}

const browserClock = {
  /** @param {() => void} work @param {number} milliseconds */
  set: (work, milliseconds) => setTimeout(work, milliseconds),
  /** @param {any} timer */
  clear: timer => clearTimeout(timer),
  now: () => Date.now(),
};
