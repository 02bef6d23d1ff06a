/** The comments of one video as this page shows them, and what is known of each. Dropped when the video changes. */
import { Grader, type Grading } from "./grader";
import { Leftovers } from "./leftovers";
import type { Link, Row, ScoreReply, Yours } from "./messages";
import { observeComments, type Sightings } from "./observe";
import { type Reading, readRow } from "./rows";
import { ANCHOR, closest } from "./surface";
import { Twins } from "./twins";
import { VisibleWindow } from "./visible";

/** High intent, wherever it is counted (the user's threshold changes display only). */
export const HIGH = 0.5;
const HIGH_GRADE = 7;
/** Comments remembered for the summary; the oldest are forgotten first. */
const MAX_SEEN = 10_000;

/** One comment at one place of the page. Another comment in the same place is another object. */
export interface Comment {
  readonly anchor: Element;
  readonly reading: Reading;
  readonly row: Row;
  readonly id: string;
  readonly byCreator: boolean;
  grading: Grading;
}

/** A comment seen on this video, on the page or not any more. */
export interface Seen {
  readonly id: string;
  readonly row: Row;
  readonly byCreator: boolean;
  readonly order: number;
  grading: Grading;
  place: WeakRef<Element>;
}

/** What stands at `anchor` now: a new, changed or newly graded comment, or nothing that can be graded. */
export type Listener = (anchor: Element, comment: Comment | null) => void;

export class Thread implements Sightings {
  readonly #at = new WeakMap<Element, Comment>();
  readonly #known = new WeakSet<Element>();
  readonly #seen = new Map<string, Seen>();
  readonly #twins = new Twins();
  readonly #listeners = new Set<Listener>();
  readonly #window: VisibleWindow;
  readonly #grader: Grader<Comment>;
  #newest: Seen | undefined;
  #count = 0;

  /** `creator` is the handle of the video's own creator, "" when unknown. */
  constructor(
    readonly creator: string,
    send: (rows: Row[]) => Promise<ScoreReply>,
    readonly signal: AbortSignal,
    readonly leftovers: Leftovers = new Leftovers(),
  ) {
    this.#grader = new Grader(send, (comment, grading) => this.#graded(comment, grading), signal);
    this.#window = new VisibleWindow(
      (anchor) => this.#entered(anchor),
      (anchor) => this.#left(anchor),
      signal,
    );
  }

  /** Start reading the page. */
  start(): void {
    observeComments(this, this.signal);
    this.leftovers.expire((anchors) => this.touch(anchors), this.signal);
  }

  /** Call `listener` until `signal` aborts. */
  listen(listener: Listener, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
  }

  /** The comment whose text stands in `anchor` now. */
  at(anchor: Element): Comment | undefined {
    return this.#at.get(anchor);
  }

  /** Whether `anchor` is on screen or within one screen of it. */
  isInView(anchor: Element): boolean {
    return this.#window.has(anchor);
  }

  /** Everything that came into view on this video, in order of appearance. */
  seen(): Seen[] {
    return [...this.#seen.values()];
  }

  /** The comment that came into view last. */
  newest(): Seen | undefined {
    return this.#newest;
  }

  linkChanged(link: Link): void {
    this.#grader.linkChanged(link);
  }

  /** The user's own grade replaces the model's (`null` takes it back). */
  corrected(id: string, yours: Yours | null): void {
    const seen = this.#seen.get(id);
    if (seen?.grading.state !== "scored") return;
    seen.grading = { ...seen.grading, score: { ...seen.grading.score, yours } };
    for (const anchor of document.querySelectorAll(ANCHOR)) {
      const comment = this.#at.get(anchor);
      if (comment?.id === id) this.#show(comment, seen.grading);
    }
  }

  knows(anchor: Element): boolean {
    return this.#known.has(anchor);
  }

  touch(anchors: Iterable<Element>): void {
    for (const anchor of anchors) {
      const before = this.#at.get(anchor);
      const reading = readRow(anchor);
      const same = before !== undefined && before.reading.key === reading?.key;
      if (same && before.reading.element === reading.element) {
        this.#tell(anchor, before); // perhaps its badge was swept away
        continue;
      }
      if (before !== undefined) this.#forget(before);
      this.#known.add(anchor);
      if (reading === null || reading.row.text === "" || this.leftovers.holds(anchor, reading.key)) {
        this.#tell(anchor, null);
        continue;
      }
      const comment = this.#place(anchor, reading);
      if (before !== undefined && !same && reading.row.level === 1) this.touch(repliesTo(comment));
    }
  }

  gone(anchors: Iterable<Element>): void {
    for (const anchor of anchors) {
      const comment = this.#at.get(anchor);
      if (comment !== undefined) this.#forget(comment);
      this.#tell(anchor, null);
    }
  }

  #place(anchor: Element, reading: Reading): Comment {
    const nth = reading.row.cid === null ? this.#twins.nth(reading.key, anchor) : 0;
    const row: Row = { ...reading.row, nth };
    const id = row.cid ?? `${nth}${reading.key}`;
    const byCreator = reading.creatorMark || (this.creator !== "" && row.handle === this.creator);
    const known = this.#seen.get(id);
    const isKnown = known?.row.text === row.text && known.row.parent === row.parent;
    const unknown: Grading = { state: byCreator ? "creator" : "pending" };
    const grading = isKnown ? known.grading : unknown;
    const comment: Comment = { anchor, reading, row, id, byCreator, grading };
    this.#at.set(anchor, comment);
    this.#window.watch(anchor); // reports whether it is in view
    this.#tell(comment.anchor, comment);
    return comment;
  }

  #forget(comment: Comment): void {
    if (this.#at.get(comment.anchor) === comment) this.#at.delete(comment.anchor);
    this.#grader.unwant(comment);
    this.#window.unwatch(comment.anchor);
    if (comment.row.cid === null) this.#twins.forget(comment.reading.key, comment.anchor);
    this.#known.delete(comment.anchor);
  }

  #entered(anchor: Element): void {
    const comment = this.#at.get(anchor);
    if (comment === undefined) return;
    this.#remember(comment);
    this.#tell(anchor, comment);
    if (comment.grading.state === "pending" || comment.grading.state === "down") this.#grader.want(comment);
  }

  #left(anchor: Element): void {
    const comment = this.#at.get(anchor);
    if (comment !== undefined) this.#grader.unwant(comment);
  }

  #graded(comment: Comment, grading: Grading): void {
    // The place may hold another comment by now: then this answer is nobody's.
    if (this.#at.get(comment.anchor) !== comment) return;
    this.#show(comment, grading);
    const seen = this.#seen.get(comment.id);
    if (seen !== undefined) seen.grading = grading;
  }

  #show(comment: Comment, grading: Grading): void {
    comment.grading = grading;
    this.#tell(comment.anchor, comment);
  }

  #remember(comment: Comment): void {
    const { id, row, byCreator, grading } = comment;
    const known = this.#seen.get(id);
    const place = new WeakRef(comment.anchor);
    if (known !== undefined && known.row.text === row.text) {
      known.place = place;
      this.#newest = known;
      return;
    }
    this.#newest = { id, row, byCreator, grading, order: known?.order ?? this.#count++, place };
    this.#seen.set(id, this.#newest);
    if (this.#seen.size > MAX_SEEN) this.#seen.delete(this.#seen.keys().next().value as string);
  }

  #tell(anchor: Element, comment: Comment | null): void {
    for (const listener of this.#listeners) listener(anchor, comment);
  }
}

/** Whether a graded comment counts as high intent; the user's own grade goes first. */
export function isHigh(grading: Grading): boolean {
  if (grading.state !== "scored") return false;
  const { yours, p_high } = grading.score;
  return yours ? yours.grade >= HIGH_GRADE : p_high >= HIGH;
}

function repliesTo(comment: Comment): Element[] {
  const thread = closest(comment.reading.element, comment.reading.layout.thread);
  return [...(thread?.querySelectorAll(ANCHOR) ?? [])].filter((anchor) => anchor !== comment.anchor);
}
