import {readMetrics} from './metrics.js';
import {History} from './history.js';

const EVERY = 2000;
/** Alerts are evaluated once a minute; errors come when they come. */
const SLOW_EVERY = 5;
const DEADLINE = 5000;

/** Asks the local cloud for its numbers, every two seconds while somebody looks. */
export class Source {
  history = new History();
  /** @type {any[]} */
  alerts = [];
  /** @type {any[]} */
  errors = [];
  /** @type {any | null} null where faults are not allowed */
  faults = null;
  /** @type {any | null} null until it is known */
  bill = null;
  /** @type {boolean | null} */
  healthy = null;
  reachable = true;
  #rounds = 0;
  #changed;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  start() {
    this.#round();
    setInterval(() => document.hidden || this.#round(), EVERY);
  }

  async endFaults() {
    await fetch('/_parley/faults', {method: 'DELETE', signal: AbortSignal.timeout(DEADLINE)});
    await this.#slow();
    this.#changed();
  }

  async #round() {
    try {
      const metrics = readMetrics(await (await ask('/metrics')).text());
      this.history.add(metrics, Date.now());
      const health = metrics.get('parley_health')?.[0]?.value;
      this.healthy = health === undefined || Number.isNaN(health) ? null : health === 1;
      // Counted only when it has worked, so that what failed is asked for again with the next round.
      if (this.#rounds % SLOW_EVERY === 0) await this.#slow();
      this.#rounds += 1;
      this.reachable = true;
    } catch {
      this.reachable = false;
    }
    this.#changed();
  }

  async #slow() {
    const [alerts, errors, bill, faults] = await Promise.all([ask('/_parley/alerts'), ask('/_parley/errors'), ask('/_parley/bill'), ask('/_parley/faults')]);
    this.alerts = (await alerts.json()).alerts;
    this.errors = (await errors.json()).errors;
    this.bill = bill.ok ? await bill.json() : null;
    this.faults = faults.ok ? await faults.json() : null;
  }
}

/** @param {string} path */
function ask(path) {
  return fetch(path, {signal: AbortSignal.timeout(DEADLINE), credentials: 'omit'});
}
