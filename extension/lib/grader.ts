/** Asking for grades: visible comments first, in batches, one in flight, patient while nothing answers. */
import type { Link, Row, Score, ScoreReply } from "./messages";

export const COLLECT_MS = 150;
export const BATCH = 50;
const CONNECTING_MS = 1_000;
const BACKOFF_MS = { first: 2_000, longest: 60_000 };

/** A comment's grade as far as it is known. */
export type Grading =
  | { state: "pending" }
  | { state: "scored"; score: Score; model: string }
  | { state: "down"; link: Link }
  | { state: "creator" }; // the video's creator wrote it: no buyer, so never asked about

export interface Gradable {
  row: Row;
  grading: Grading;
}

export class Grader<C extends Gradable> {
  readonly #waiting = new Set<C>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #inFlight = false;
  #down: Link | null = null;
  #wait = BACKOFF_MS.first;

  /** `apply` gets every new grading; it decides whether the comment is still the one that was asked about. */
  constructor(
    readonly send: (rows: Row[]) => Promise<ScoreReply>,
    readonly apply: (comment: C, grading: Grading) => void,
    readonly signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
    document.addEventListener("visibilitychange", () => this.#schedule(COLLECT_MS), { signal });
  }

  /** `comment` came into view without a grade. */
  want(comment: C): void {
    this.#waiting.add(comment);
    if (this.#down === null) this.#schedule(COLLECT_MS);
    else this.apply(comment, { state: "down", link: this.#down });
  }

  /** `comment` went out of view, or is another comment now: not worth asking. */
  unwant(comment: C): void {
    this.#waiting.delete(comment);
  }

  /** The link to the companion changed: try again now, or show why not. */
  linkChanged(link: Link): void {
    if (link.state === "ready" || link.state === "connecting") {
      if (this.#down === null) return;
      this.#down = null;
      this.#wait = BACKOFF_MS.first;
      this.#restart(COLLECT_MS);
    } else this.#goDown(link);
  }

  #schedule(ms: number): void {
    if (this.signal.aborted || this.#timer !== undefined || this.#waiting.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#flush();
    }, ms);
  }

  #restart(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#schedule(ms);
  }

  async #flush(): Promise<void> {
    if (this.#inFlight || document.hidden || this.signal.aborted || this.#waiting.size === 0) return;
    const batch = [...this.#waiting].slice(0, BATCH);
    for (const comment of batch) this.#waiting.delete(comment);
    this.#inFlight = true;
    try {
      const reply = await this.send(batch.map((comment) => comment.row));
      if (!this.signal.aborted) this.#answered(batch, reply);
    } finally {
      this.#inFlight = false;
    }
    if (this.#down === null) this.#schedule(0);
  }

  #answered(batch: readonly C[], reply: ScoreReply): void {
    if (!reply.ok) {
      for (const comment of batch) this.#waiting.add(comment);
      if (reply.link.state === "connecting") this.#restart(CONNECTING_MS);
      else if (reply.link.state === "ready") this.#tryLater();
      else this.#goDown(reply.link);
      return;
    }
    this.#down = null;
    this.#wait = BACKOFF_MS.first;
    batch.forEach((comment, index) => {
      const score = reply.scores[index];
      if (score !== undefined) this.apply(comment, { state: "scored", score, model: reply.model });
    });
  }

  /** Say so on every waiting comment and look again later (the worker's own timers end when it sleeps). */
  #goDown(link: Link): void {
    this.#down = link;
    for (const comment of this.#waiting) this.apply(comment, { state: "down", link });
    this.#tryLater();
  }

  #tryLater(): void {
    this.#restart(this.#wait);
    this.#wait = Math.min(this.#wait * 2, BACKOFF_MS.longest);
  }
}
