// A gateway session that comes back: HELLO, IDENTIFY or RESUME, heartbeats, and what it has heard so far.
import {WebSocket} from 'k6/websockets';
import {Counter, Trend} from 'k6/metrics';
import {gatewayUrl} from './api.js';

/** Where to connect, if the run says so; otherwise every session asks, as clients do. */
const WS_URLS = __ENV.WS_URL ? __ENV.WS_URL.split(',') : null;
const QUERY = '?v=10&encoding=json';

/** Failures in a row after which a session no longer believes in the address that it was told, and asks again. */
const PATIENCE = 2;

const DISPATCH = 0, HEARTBEAT = 1, IDENTIFY = 2, RESUME = 6, RECONNECT = 7, INVALID_SESSION = 9, HELLO = 10, HEARTBEAT_ACK = 11;
const GUILDS = 1 << 0, GUILD_MESSAGES = 1 << 9, MESSAGE_CONTENT = 1 << 15;
const MAX_BACKOFF = 10_000;

/** What a socket's readyState is while frames can be sent. */
const OPEN = 1;

/**
 * Milliseconds for HELLO after which a session begins without it: k6 drops a frame that comes before it has noted that the socket is
 * open, which happens to one HELLO in some thousands. To connect again would make a storm of a system that is only slow.
 */
const HELLO_TIMEOUT = 4_000;

/** What HELLO would have said, in milliseconds; Parley's default. */
const HEARTBEAT_INTERVAL = 41_250;

/** What every message begins with: when it was sent and its number in the guild. */
const STAMP = /~(\d+):(\d+)~/;

export const readyTime = new Trend('ready_ms', true);
export const resumeTime = new Trend('resume_ms', true);
export const delivery = new Trend('delivery_ms', true);
export const received = new Counter('deliveries');
export const repeated = new Counter('deliveries_repeated');
export const missing = new Counter('deliveries_missing');
export const gaps = new Counter('sequence_gaps');
export const lostSessions = new Counter('sessions_lost');
export const reconnects = new Counter('reconnects');

/**
 * What a message says.
 *
 * @param {number} number its number in the guild
 */
export function stamped(number) {
  return `~${Date.now()}:${number}~ The quick brown fox jumps over the lazy dog, and the others hear of it at once.`;
}

/**
 * Sends a frame, if the socket is open. On one that is closing k6 throws, which would end all sessions of the virtual user; its
 * close event is on the way.
 *
 * @param {WebSocket} socket
 * @param {object} frame
 */
function send(socket, frame) {
  if (socket.readyState === OPEN) {
    socket.send(JSON.stringify(frame));
  }
}

/** One session. It reconnects until it is closed; nothing here throws. */
export class Session {
  /**
   * @param {string} token
   * @param {number} index of all sessions, which decides the gateway if the run names several
   * @param {Record<string, string>} tags of what it measures
   */
  constructor(token, index, tags) {
    this.token = token;
    this.url = WS_URLS === null ? '' : WS_URLS[index % WS_URLS.length];
    this.tags = tags;
    /** @type {Set<number>} */
    this.heard = new Set();
    this.seq = 0;
    this.id = '';
    this.closed = false;
    this.failures = 0;
    /** @type {WebSocket|null} */
    this.socket = null;
    this.beat = 0;
    this.acknowledged = true;
    this.greeted = false;
  }

  /** Connects, and again whenever the connection ends. */
  connect() {
    if (WS_URLS === null && (this.url === '' || this.failures > PATIENCE)) {
      gatewayUrl(this.token).then(url => {
        this.url = url;
        this.#open();
      }).catch(() => this.#retry());
    } else {
      this.#open();
    }
  }

  #open() {
    if (this.closed) {
      return;
    }
    const begun = Date.now();
    const socket = new WebSocket(this.url + QUERY);
    this.socket = socket;
    this.greeted = false;
    socket.addEventListener('open', () => setTimeout(() => {
      if (!this.greeted && !this.closed) {
        this.#begin(socket, HEARTBEAT_INTERVAL);
      }
    }, HELLO_TIMEOUT));
    socket.addEventListener('message', (/** @type {any} */ event) => this.#frame(socket, event.data, begun));
    socket.addEventListener('close', (/** @type {any} */ event) => this.#ended(socket, event?.code ?? 1006));
    socket.addEventListener('error', () => {}); // followed by its close
  }

  /** Cuts the connection as a network does, so that the session can be resumed. */
  cut() {
    this.socket?.close(4000);
  }

  /**
   * Leaves, and counts what did not come.
   *
   * @param {number} expected messages that the guild was sent
   */
  close(expected) {
    this.closed = true;
    clearTimeout(this.beat);
    this.socket?.close(1000);
    missing.add(Math.max(0, expected - this.heard.size), this.tags);
  }

  /**
   * @param {WebSocket} socket
   * @param {string} frame
   * @param {number} begun
   */
  #frame(socket, frame, begun) {
    const now = Date.now();
    // Most frames are messages. They are not parsed: the clients share the processors with the system.
    if (frame.includes('"MESSAGE_CREATE"')) {
      const stamp = STAMP.exec(frame);
      this.#count(Number(/"s":(\d+)/.exec(frame)?.[1]));
      if (stamp !== null) {
        const number = Number(stamp[2]);
        if (this.heard.has(number)) {
          repeated.add(1, this.tags);
        } else {
          this.heard.add(number);
          received.add(1, this.tags);
          delivery.add(now - Number(stamp[1]), this.tags);
        }
      }
      return;
    }
    const payload = JSON.parse(frame);
    switch (payload.op) {
      case HELLO:
        if (!this.greeted) {
          this.#begin(socket, payload.d.heartbeat_interval);
        }
        break;
      case HEARTBEAT:
        this.#heartbeat(socket);
        break;
      case HEARTBEAT_ACK:
        this.acknowledged = true;
        break;
      case RECONNECT:
        socket.close(4000);
        break;
      case INVALID_SESSION:
        lostSessions.add(1, this.tags);
        this.id = '';
        this.seq = 0;
        socket.close(4000);
        break;
      case DISPATCH:
        this.#count(payload.s);
        if (payload.t === 'READY') {
          this.id = payload.d.session_id;
          if (WS_URLS === null) {
            this.url = payload.d.resume_gateway_url;
          }
          this.failures = 0;
          readyTime.add(now - begun, this.tags);
        } else if (payload.t === 'RESUMED') {
          this.failures = 0;
          resumeTime.add(now - begun, this.tags);
        }
        break;
    }
  }

  /** @param {number} seq */
  #count(seq) {
    if (seq > this.seq + 1) {
      gaps.add(1, this.tags);
    }
    this.seq = Math.max(this.seq, seq);
  }

  /**
   * @param {WebSocket} socket
   * @param {number} interval
   */
  #begin(socket, interval) {
    if (socket !== this.socket) {
      return;
    }
    this.greeted = true;
    send(socket, this.id === ''
      ? {op: IDENTIFY, d: {token: this.token, properties: {os: 'linux', browser: 'k6', device: 'k6'}, intents: GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT}}
      : {op: RESUME, d: {token: this.token, session_id: this.id, seq: this.seq}});
    this.acknowledged = true;
    const again = () => {
      if (socket !== this.socket || this.closed) {
        return;
      }
      if (!this.acknowledged) {
        socket.close(4000); // a connection that only seems to be one
        return;
      }
      this.#heartbeat(socket);
      this.beat = setTimeout(again, interval);
    };
    this.beat = setTimeout(again, interval * Math.random());
  }

  /** @param {WebSocket} socket */
  #heartbeat(socket) {
    this.acknowledged = false;
    send(socket, {op: HEARTBEAT, d: this.seq || null});
  }

  /**
   * @param {WebSocket} socket
   * @param {number} code
   */
  #ended(socket, code) {
    if (socket !== this.socket || this.closed) {
      return;
    }
    clearTimeout(this.beat);
    reconnects.add(1, {...this.tags, code: String(code)});
    this.#retry();
  }

  #retry() {
    const wait = Math.min(MAX_BACKOFF, 250 * 2 ** this.failures++) * (0.5 + Math.random() / 2);
    setTimeout(() => {
      if (!this.closed) {
        this.connect();
      }
    }, wait);
  }
}
