// The line and the bar above the comment: done, left, skipped, and how long it will take.

import { leftWords, rateWords } from "./pace.js";

export class Tally {
  #counts = null;

  constructor(root, pace) {
    Object.assign(this, { root, pace });
    this.numbers = root.querySelector("[data-numbers]");
    this.track = root.querySelector("[data-track]");
    this.skips = root.querySelector("[data-skips]");
  }

  /** How many the person skipped and can still answer. */
  get skipped() {
    return this.#counts?.skipped ?? 0;
  }

  /** What BuySignal said, with the events that it has not heard of yet; `current` says that nothing happened since it was asked. */
  told(numbers, current) {
    if (current && (!this.#counts || !numbers.waiting.length)) {
      this.#counts = { done: numbers.mine, left: numbers.left, skipped: numbers.skipped, rate: numbers.rate };
      for (const row of numbers.waiting) this.count(row.event, row.event.action === "undo" ? -1 : 1);
    }
    this.show();
  }

  /** An event was added (1) or taken back (-1). */
  count(event, by) {
    if (!this.#counts) return;
    const { done, left, skipped } = this.#counts;
    const skip = event.action === "skip";
    const moved = { done: done + (skip ? 0 : by), left: Math.max(0, left - by), skipped: Math.max(0, skipped + (skip ? by : 0)) };
    this.#counts = { ...this.#counts, ...moved };
  }

  show() {
    if (!this.#counts) return;
    const { done, left, skipped } = this.#counts;
    const rate = this.pace.rate(this.#counts.rate);
    const words = [`${done} done`, `${left} left`];
    const more = [rateWords(rate), leftWords(left, rate)].filter(Boolean);
    const rest = document.createElement("span");
    rest.className = "pace";
    rest.textContent = more.map((one) => ` · ${one}`).join("");
    this.numbers.replaceChildren(words.join(" · "), rest);
    this.skips.hidden = !skipped;
    this.skips.textContent = skipWords(skipped);
    const share = done + left + skipped ? Math.round((100 * done) / (done + left + skipped)) : 100;
    this.track.setAttribute("aria-valuenow", String(share));
    this.track.setAttribute("aria-valuetext", [...words, ...more].join(" · "));
    this.track.querySelector("[data-track-done]").setAttribute("width", String(share));
  }
}

/** "1 skipped: answer it now". */
export function skipWords(count) {
  return `${count} skipped: answer ${count === 1 ? "it" : "them"} now`;
}
