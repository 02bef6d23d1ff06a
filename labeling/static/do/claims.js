// Which comments which tab has on hand: a tab holds a browser lock for each, which goes with the tab however it ends.

export class Claims {
  #releases = new Map();

  constructor(person) {
    this.prefix = `buysignal-comment-${person}-`;
  }

  /** Take an assignment for this tab; false where another tab has it. */
  claim(assignment) {
    const name = this.prefix + assignment;
    if (this.#releases.has(name)) return Promise.resolve(true);
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      navigator.locks.request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(false);
        return new Promise((release) => {
          this.#releases.set(name, release);
          resolve(true);
        });
      });
    });
  }

  /** Let it go. */
  release(assignment) {
    const name = this.prefix + assignment;
    this.#releases.get(name)?.();
    this.#releases.delete(name);
  }

  /** The assignments that any tab of this browser has, as text. */
  async everywhere() {
    if (!navigator.locks) return [];
    const { held } = await navigator.locks.query();
    return held.filter((lock) => lock.name.startsWith(this.prefix)).map((lock) => lock.name.slice(this.prefix.length));
  }
}
