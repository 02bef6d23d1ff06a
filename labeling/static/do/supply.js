// The next comments, leased and on hand before they are needed.

const ON_HAND = 5;
const ENOUGH = 4; // with fewer than this in stock, more are fetched
const FRESH_MS = 13 * 60_000; // a lease holds 15 minutes

export class Supply {
  #items = [];
  #asking = null;
  #answered = new Set(); // assignments answered here, until they are undone

  constructor({ wire, claims, outbox, person, task }) {
    Object.assign(this, { wire, claims, outbox, person, task });
    this.finished = false;
    this.numbers = null;
  }

  /** How many are on hand. */
  get stock() {
    return this.#items.length;
  }

  /** The next comment, or undefined where none is on hand. */
  next() {
    return this.#items.shift();
  }

  /** A comment that was on screen comes next again, or after so many others. */
  putBack(item, after = 0) {
    this.#items.splice(after, 0, item);
  }

  /** Have these assignments, whose skips were taken back, before anything else. Resolves to how many came. */
  async askAgain(assignments) {
    for (const assignment of assignments) this.#answered.delete(String(assignment));
    while (this.#asking) await this.#asking.catch(() => {});
    this.#asking = this.#ask(ON_HAND, true).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** This comment has its answer. */
  answer(item) {
    this.#answered.add(String(item.assignment));
  }

  /** Its answer was taken back. Resolves to false where another tab has it on screen. */
  reopen(item) {
    this.#answered.delete(String(item.assignment));
    this.#items = this.#items.filter((one) => one.assignment !== item.assignment);
    return this.claims.claim(item.assignment);
  }

  /** Let go what was leased too long ago: somebody else may have it by now. */
  dropStale(now) {
    for (const item of this.#items.filter((one) => now - one.leasedAt > FRESH_MS)) this.claims.release(item.assignment);
    this.#items = this.#items.filter((one) => now - one.leasedAt <= FRESH_MS);
  }

  /** Fetch more where few are left. Asks at most once at a time; throws what the wire throws. */
  topUp() {
    if (this.#items.length >= ENOUGH) return Promise.resolve();
    this.#asking ??= this.#fill().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** Some may have been answered while more were asked for, so ask until there is enough, or nothing more. */
  async #fill() {
    let came;
    do came = await this.#ask();
    while (came && this.#items.length < ENOUGH);
  }

  /** What needs no answer any more is not shown. */
  #drop(gone) {
    const over = new Set(gone.map(String));
    for (const item of this.#items.filter((one) => over.has(String(one.assignment)))) this.claims.release(item.assignment);
    this.#items = this.#items.filter((one) => !over.has(String(one.assignment)));
  }

  /** Ask once for so many, to stand first or last; how many came that were not on hand. */
  async #ask(want = ON_HAND - this.#items.length, first = false) {
    let came = 0;
    const askedAt = performance.now();
    const { waiting } = await this.outbox.pending(this.person);
    const mine = waiting.filter((row) => row.task === this.task);
    const unsent = waiting.map((row) => String(row.assignment));
    const have = [...new Set([...(await this.claims.everywhere()), ...unsent])];
    const answer = await this.wire.post("lease", { task: this.task, want, have: have.map(Number) });
    const leasedAt = Date.now();
    for (const item of answer.items) {
      const key = String(item.assignment);
      const known = this.#answered.has(key) || unsent.includes(key) || this.#items.some((one) => String(one.assignment) === key);
      if (known || have.includes(key) || !(await this.claims.claim(item.assignment))) continue;
      this.#items.splice(first ? came : this.#items.length, 0, { ...item, leasedAt });
      came += 1;
    }
    this.#drop(answer.gone ?? []);
    for (const item of this.#items) item.leasedAt = leasedAt; // asking renews what is on hand
    this.numbers = { ...answer, waiting: mine, askedAt };
    this.finished = !answer.items.length;
    return came;
  }
}

