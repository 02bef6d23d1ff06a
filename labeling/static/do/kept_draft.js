// Half-given answers and typed notes outlive a closed tab: each is kept for the comment it belongs to.

const MOST = 30;

export class KeptDraft {
  constructor(person, task) {
    this.key = `buysignal-draft-${person}-${task}`;
  }

  /** What was begun for this comment, or null. */
  draftOf(item) {
    return this.#stored().find((one) => one.assignment === item.assignment)?.draft ?? null;
  }

  keep(item, draft) {
    this.#store([...this.#others(item), { assignment: item.assignment, draft }].slice(-MOST));
  }

  drop(item) {
    const stored = this.#stored();
    const others = this.#others(item, stored);
    if (others.length < stored.length) this.#store(others);
  }

  #others(item, stored = this.#stored()) {
    return stored.filter((one) => one.assignment !== item.assignment);
  }

  #stored() {
    try {
      const stored = JSON.parse(localStorage.getItem(this.key));
      return Array.isArray(stored) ? stored : [];
    } catch {
      return []; // no storage: a draft lives as long as the page
    }
  }

  #store(drafts) {
    try {
      localStorage.setItem(this.key, JSON.stringify(drafts));
    } catch {
      // the same
    }
  }
}
