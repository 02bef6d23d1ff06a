// A half-given answer outlives a closed tab: kept for the comment it belongs to.

export class KeptDraft {
  constructor(person, task) {
    this.key = `buysignal-draft-${person}-${task}`;
  }

  /** What was begun for this comment, or null. */
  draftOf(item) {
    const stored = this.#stored();
    return stored && stored.assignment === item.assignment ? stored.draft : null;
  }

  keep(item, draft) {
    this.#try(() => localStorage.setItem(this.key, JSON.stringify({ assignment: item.assignment, draft })));
  }

  drop(item) {
    if (this.#stored()?.assignment === item.assignment) this.#try(() => localStorage.removeItem(this.key));
  }

  #stored() {
    return this.#try(() => JSON.parse(localStorage.getItem(this.key)));
  }

  #try(work) {
    try {
      return work();
    } catch {
      return null; // no storage: the draft lives as long as the page
    }
  }
}
