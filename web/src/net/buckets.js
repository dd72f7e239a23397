/**
 * Holds requests back while their limit is used up, as the answers' headers tell it (Discord documentation, "Rate Limits").
 * Requests of one route wait in their order.
 */
export class Buckets {
  /** @type {Map<string, {remaining: number, resetAt: number}>} */
  #routes = new Map();
  #globalUntil = 0;
  #now;
  #wait;

  /**
   * @param {object} [parts]
   * @param {() => number} [parts.now]
   * @param {(milliseconds: number) => Promise<void>} [parts.wait]
   */
  constructor({now = Date.now, wait = milliseconds => new Promise(done => setTimeout(done, milliseconds))} = {}) {
    this.#now = now;
    this.#wait = wait;
  }

  /**
   * Passes when a request of a route may go out.
   * @param {string} route
   */
  async take(route) {
    for (;;) {
      const bucket = this.#routes.get(route);
      const now = this.#now();
      const until = Math.max(this.#globalUntil, bucket && bucket.remaining <= 0 ? bucket.resetAt : 0);
      if (until <= now) {
        if (bucket) bucket.remaining -= 1;
        return;
      }
      await this.#wait(until - now);
      if (bucket && bucket.resetAt <= this.#now()) this.#routes.delete(route);
    }
  }

  /**
   * Reads what an answer says of its limit.
   * @param {string} route
   * @param {number} status
   * @param {{get(name: string): string | null}} headers
   * @returns {number | null} milliseconds after which a refused request may be sent again; null if it was not refused
   */
  heard(route, status, headers) {
    const after = seconds(headers.get('x-ratelimit-reset-after'));
    const remaining = headers.get('x-ratelimit-remaining');
    if (after !== null && remaining !== null) {
      this.#routes.set(route, {remaining: Number(remaining), resetAt: this.#now() + after});
    }
    if (status !== 429) return null;
    const again = seconds(headers.get('retry-after')) ?? after ?? 1000;
    if (headers.get('x-ratelimit-global')) this.#globalUntil = this.#now() + again;
    return again;
  }
}

/** @param {string | null} text */
function seconds(text) {
  const value = text === null ? NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value * 1000 : null;
}
