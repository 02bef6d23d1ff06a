/**
 * Numbers that say what they mean: each is a button, and its words stand in a bubble while the pointer or the keyboard is on it.
 * The bubble lies within the panel, so that nothing moves and nothing of the page is covered by it.
 */
import { h } from "../../lib/dom";

const LINGER_MS = 200; // so that the pointer can go from a number to its bubble
const GAP = 4;

export class Explained {
  readonly bubble = h("div", { class: "bubble", "aria-hidden": true, hidden: true });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #count = 0;

  /** `box`: what bubbles stay within. */
  constructor(readonly box: HTMLElement) {
    this.bubble.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    this.bubble.addEventListener("pointerleave", () => this.#soon());
  }

  /** A button around `children` that is explained by `sentences`; empty ones are left out. */
  number(kind: string, sentences: readonly string[], ...children: (Node | string | null)[]): HTMLButtonElement {
    const id = `why-${this.#count++}`;
    const words = sentences.filter((sentence) => sentence !== "");
    const show = (): void => this.#show(button, words);
    const button = h(
      "button",
      {
        type: "button",
        class: `why ${kind}`,
        "aria-describedby": id,
        onpointerenter: show,
        onpointerleave: () => this.#soon(),
        onfocus: show,
        onblur: () => this.hide(),
        onclick: show,
      },
      ...children,
      h("span", { id, hidden: true }, words.join(" ")),
    );
    return button;
  }

  /** Whether a bubble was there to hide. */
  hide(): boolean {
    clearTimeout(this.#timer);
    const wasShown = !this.bubble.hidden;
    this.bubble.hidden = true;
    return wasShown;
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), LINGER_MS);
  }

  /** Below the number, or above it where the box ends. */
  #show(button: HTMLElement, words: readonly string[]): void {
    clearTimeout(this.#timer);
    this.bubble.replaceChildren(...words.map((sentence) => h("p", {}, sentence)));
    this.bubble.hidden = false;
    const box = this.box.getBoundingClientRect();
    const place = button.getBoundingClientRect();
    const height = this.bubble.offsetHeight;
    const below = place.bottom - box.top + GAP;
    const above = place.top - box.top - height - GAP;
    const top = below + height + GAP <= box.height || above < GAP ? below : above;
    this.bubble.style.insetBlockStart = `${Math.max(GAP, Math.min(top, box.height - height - GAP))}px`;
  }
}
