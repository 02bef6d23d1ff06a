/** A limit of `most` events in any `span` milliseconds. */
export class RateLimit {
  #times: number[] = [];

  constructor(
    private readonly most: number,
    private readonly span: number,
  ) {}

  /** Whether one more may happen at `now` (ms); it is counted if so. */
  allows(now: number): boolean {
    this.#times = this.#times.filter((time) => now - time < this.span);
    if (this.#times.length >= this.most) return false;
    this.#times.push(now);
    return true;
  }
}
