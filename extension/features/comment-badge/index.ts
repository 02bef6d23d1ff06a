/** A badge beside every comment: how close its writer is to buying. */
import { register } from "../../lib/feature";
import { slotOf } from "../../lib/rows";
import { ANCHOR } from "../../lib/surface";
import { themeAt, watchTheme } from "../../lib/theme";
import type { Comment } from "../../lib/thread";
import type { Visit } from "../../lib/visit";
import { Badge, type Shape } from "./badge";
import { faceOf } from "./face";
import { Popover } from "./popover";
import { Returns } from "./presence";
import { TabStop } from "./tab-stop";

/** Badges kept on the page. A browser needs some 14 KB for each; of a longer thread, those far from the screen go. */
const MAX_LIVE = 600;

register({
  id: "comment-badge",
  include: () => true,
  init(signal, visit) {
    new Badges(visit, signal);
  },
});

class Badges {
  // What stands where is known here only: nothing that the page writes into its elements counts.
  readonly #badges = new WeakMap<Element, Badge>();
  readonly #live = new Set<Badge>(); // oldest first
  readonly #returns = new WeakMap<Badge, Returns>();
  readonly #late = new WeakSet<Badge>();
  readonly #popover: Popover;
  readonly #tabStop = new TabStop((anchor) => this.#badges.get(anchor));

  constructor(
    readonly visit: Visit,
    readonly signal: AbortSignal,
  ) {
    this.#popover = new Popover(visit, signal);
    visit.thread.listen((anchor, comment) => this.#update(anchor, comment), signal);
    visit.listen(
      () => this.#each((badge, comment) => badge.paint(faceOf(comment.grading, visit.view.settings))),
      signal,
    );
    watchTheme(() => this.#each((badge) => badge.wear(themeAt(badge.anchor))), signal);
    signal.addEventListener("abort", () => this.#removeAll(), { once: true });
  }

  #update(anchor: Element, comment: Comment | null, hasWaited = false): void {
    const badge = this.#badges.get(anchor);
    if (comment === null) {
      if (badge !== undefined) this.#drop(badge);
      this.#popover.closeIfAbout(anchor);
      return;
    }
    const isRoom = this.#live.size < MAX_LIVE || this.visit.thread.isInView(anchor);
    if (badge === undefined && !isRoom) return;
    const placed = this.#place(comment, badge, hasWaited);
    placed?.paint(faceOf(comment.grading, this.visit.view.settings));
    this.#popover.refresh(comment);
  }

  /** The badge of this comment, put where its layout wants it; null while that place is missing. */
  #place(comment: Comment, before: Badge | undefined, hasWaited: boolean): Badge | null {
    const { anchor, reading } = comment;
    if (before?.host.isConnected === true && reading.element.contains(before.host)) return before;
    const found = slotOf(reading);
    if (found === null) return before ?? null;
    const shape: Shape = found.slot.as === "box" ? "box" : "line";
    const badge = before?.shape === shape ? before : this.#create(anchor, shape);
    const put = (): void => {
      if (found.slot.at === "end") found.target.append(badge.host);
      else found.target.after(badge.host);
    };
    const wait = hasWaited || before !== badge ? 0 : this.#returnsOf(badge).wait(performance.now());
    if (wait === 0) put();
    else if (!this.#late.has(badge)) this.#later(badge, wait);
    return badge;
  }

  #create(anchor: Element, shape: Shape): Badge {
    const badge = new Badge(anchor, shape, {
      open: (opened) => this.#open(opened),
      move: (from, key) => this.#tabStop.move(from, key),
    });
    badge.wear(themeAt(anchor));
    const before = this.#badges.get(anchor);
    if (before !== undefined) this.#drop(before);
    this.#badges.set(anchor, badge);
    this.#live.add(badge);
    this.#makeRoom();
    this.#tabStop.offer(badge);
    return badge;
  }

  #makeRoom(): void {
    for (const badge of this.#live) {
      if (this.#live.size <= MAX_LIVE) return;
      if (!this.visit.thread.isInView(badge.anchor)) this.#drop(badge);
    }
  }

  #drop(badge: Badge): void {
    badge.host.remove();
    this.#live.delete(badge);
    if (this.#badges.get(badge.anchor) === badge) this.#badges.delete(badge.anchor);
  }

  #returnsOf(badge: Badge): Returns {
    const returns = this.#returns.get(badge) ?? new Returns();
    this.#returns.set(badge, returns);
    return returns;
  }

  /** The page keeps sweeping this badge away: come back once it has calmed down. */
  #later(badge: Badge, wait: number): void {
    this.#late.add(badge);
    setTimeout(() => {
      this.#late.delete(badge);
      const comment = this.visit.thread.at(badge.anchor);
      if (!this.signal.aborted && comment !== undefined && badge.anchor.isConnected)
        this.#update(badge.anchor, comment, true);
    }, wait);
  }

  #open(badge: Badge): void {
    const comment = this.visit.thread.at(badge.anchor);
    if (comment === undefined) return;
    this.#tabStop.set(badge);
    this.#popover.toggle(comment, badge);
  }

  #each(visitBadge: (badge: Badge, comment: Comment) => void): void {
    for (const anchor of document.querySelectorAll(ANCHOR)) {
      const badge = this.#badges.get(anchor);
      const comment = this.visit.thread.at(anchor);
      if (badge !== undefined && comment !== undefined) visitBadge(badge, comment);
    }
  }

  #removeAll(): void {
    for (const badge of this.#live) this.#drop(badge);
  }
}
