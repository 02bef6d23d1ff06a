/** One stop for the Tab key among all badges of a list; arrow keys move between them (roving tabindex). */
import { ANCHOR } from "../../lib/surface";
import type { Badge } from "./badge";

export class TabStop {
  #current: WeakRef<Badge> | null = null;

  constructor(readonly badgeAt: (anchor: Element) => Badge | undefined) {}

  /** `badge` becomes the stop if there is none on the page any more. */
  offer(badge: Badge): void {
    if (this.#current?.deref()?.host.isConnected !== true) this.set(badge);
  }

  set(badge: Badge): void {
    const before = this.#current?.deref();
    if (before !== undefined) before.tabStop = false;
    badge.tabStop = true;
    this.#current = new WeakRef(badge);
  }

  /** Focus the badge that `key` leads to from `from`; false when the key is not ours or nothing lies there. */
  move(from: Badge, key: string): boolean {
    const badges = [...document.querySelectorAll(ANCHOR)].flatMap((anchor) => this.#shown(anchor));
    const at = badges.indexOf(from);
    const next = badges[nextIndex(key, at, badges.length)];
    if (next === undefined) return key in STEPS;
    this.set(next);
    next.focus();
    return true;
  }

  #shown(anchor: Element): Badge[] {
    const badge = this.badgeAt(anchor);
    return badge?.host.isConnected === true ? [badge] : [];
  }
}

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at) => at + 1,
  ArrowRight: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  ArrowLeft: (at) => at - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function nextIndex(key: string, at: number, count: number): number {
  return Object.hasOwn(STEPS, key) ? (STEPS[key]?.(at, count) ?? -1) : -1;
}
