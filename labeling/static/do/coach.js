// Four hints for the first comments; each goes when it was followed, all go for good at the end.

const DONE = "buysignal-label-hints";

export class Coach {
  #step = 0;

  /** `steps` are [title, words]. */
  constructor(box, steps) {
    Object.assign(this, { box, steps });
    box.querySelector("[data-coach-next]").addEventListener("click", () => this.forward());
    box.querySelector("[data-coach-end]").addEventListener("click", () => this.end());
    if (!seen()) this.#show();
  }

  /** On to the next hint. */
  forward() {
    if (this.box.hidden) return;
    this.#step += 1;
    if (this.#step < this.steps.length) this.#show();
    else this.end();
  }

  /** No hint any more. They stand in the comment's own frame, so no button moves when they go. */
  end() {
    this.box.hidden = true;
    try {
      localStorage.setItem(DONE, "seen");
    } catch {
      // without storage the hints come again next time
    }
  }

  #show() {
    const [title, words] = this.steps[this.#step];
    this.box.hidden = false;
    this.box.querySelector("[data-coach-step]").textContent = `${this.#step + 1} of ${this.steps.length}: ${title}`;
    this.box.querySelector("[data-coach-words]").textContent = words;
    this.box.querySelector("[data-coach-next]").textContent = this.#step + 1 === this.steps.length ? "Got it" : "Next";
  }
}

function seen() {
  try {
    return localStorage.getItem(DONE) === "seen";
  } catch {
    return false;
  }
}
