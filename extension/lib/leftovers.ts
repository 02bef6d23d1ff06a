/** Comments of the last video that are still on the page just after it moved to another one. */
import { readRow } from "./rows";
import { ANCHOR } from "./surface";

/** How long the page may take to swap its comments before those that stayed are taken to be the new video's. */
const PATIENCE_MS = 3_000;

export class Leftovers {
  readonly #keys = new Map<Element, string>();

  /** What stands on the page at this moment. */
  static now(): Leftovers {
    const leftovers = new Leftovers();
    for (const anchor of document.querySelectorAll(ANCHOR)) {
      const reading = readRow(anchor);
      if (reading !== null) leftovers.#keys.set(anchor, reading.key);
    }
    return leftovers;
  }

  /** Whether `anchor` still shows the comment it showed before the move. */
  holds(anchor: Element, key: string): boolean {
    return this.#keys.get(anchor) === key;
  }

  /** After a while, hand over what never left. */
  expire(stayed: (anchors: Element[]) => void, signal: AbortSignal): void {
    if (this.#keys.size === 0) return;
    const timer = setTimeout(() => {
      const anchors = [...this.#keys.keys()].filter((anchor) => anchor.isConnected);
      this.#keys.clear();
      stayed(anchors);
    }, PATIENCE_MS);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }
}
