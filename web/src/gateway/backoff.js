const FIRST_MILLISECONDS = 1000;
const LONGEST_MILLISECONDS = 30_000;

/**
 * How long to wait before a try: twice as long each time, up to 30 s, of which a random half, so that all clients of a server
 * that came back do not come at once.
 */
export class Backoff {
  #tries = 0;
  #random;

  constructor(random = Math.random) {
    this.#random = random;
  }

  /** Milliseconds to wait now. */
  next() {
    const longest = Math.min(LONGEST_MILLISECONDS, FIRST_MILLISECONDS * 2 ** this.#tries);
    this.#tries += 1;
    return longest / 2 + this.#random() * longest / 2;
  }

  reset() {
    this.#tries = 0;
  }
}
