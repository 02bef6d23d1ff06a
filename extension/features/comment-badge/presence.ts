/** Keeping a badge in its row when the page sweeps it away, without fighting a page that always does. */

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const FREE_RETURNS = 3;
const CALM_MS = 10_000;

/** How often, and when, something that was removed may come back. */
export class Returns {
  #count = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** Milliseconds to wait before the next return at time `now`: 0 for the first few, then 1 s doubling to 60 s. */
  wait(now: number): number {
    if (now - this.#last > CALM_MS + this.#pause()) this.#count = 0;
    this.#count += 1;
    this.#last = now;
    return this.#pause();
  }

  #pause(): number {
    const over = this.#count - FREE_RETURNS;
    return over <= 0 ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (over - 1), LONGEST_WAIT_MS);
  }
}
