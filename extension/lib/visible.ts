/** Which comments are on screen or within one screen of it. */

const MARGIN = "100% 0px 100% 0px";

export class VisibleWindow {
  readonly #inside = new WeakSet<Element>();
  readonly #observer: IntersectionObserver;

  /** `entered` and `left` are called with each element that comes into or goes out of the window. */
  constructor(entered: (element: Element) => void, left: (element: Element) => void, signal: AbortSignal) {
    // `scrollMargin` widens the window inside scrolling lists too; a browser without it grades what is on screen.
    const options: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: MARGIN, scrollMargin: MARGIN };
    this.#observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) {
          this.#inside.add(entry.target);
          entered(entry.target);
        } else if (this.#inside.delete(entry.target)) left(entry.target);
      }
    }, options);
    signal.addEventListener("abort", () => this.#observer.disconnect(), { once: true });
  }

  watch(element: Element): void {
    this.#observer.observe(element);
  }

  unwatch(element: Element): void {
    this.#observer.unobserve(element);
    this.#inside.delete(element);
  }

  has(element: Element): boolean {
    return this.#inside.has(element);
  }
}
