/** One stay at one video (or at a page without one): what features get to work with. */
import { ask } from "./ask";
import { contextOf } from "./context";
import { watchHealth } from "./health";
import { Leftovers } from "./leftovers";
import type { Link, PageReport, Row, ScoreReply, View } from "./messages";
import { type SurfaceName, surfaceOf } from "./surface";
import { isHigh, Thread } from "./thread";
import { creatorOf, currentVideo } from "./video";

const REPORT_EVERY_MS = 1_000;

export class Visit {
  readonly thread: Thread;
  readonly #listeners = new Set<() => void>();
  #pageChanged = false;
  #reportTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly videoId: string,
    public view: View,
    readonly signal: AbortSignal,
    leftovers: Leftovers = new Leftovers(),
  ) {
    const send = async (rows: Row[]): Promise<ScoreReply> => {
      // The page has moved on and its rows may be another video's: this visit is about to end.
      if (currentVideo() !== videoId) return { ok: false, link: { state: "connecting" }, message: "" };
      return ask<ScoreReply>({ type: "score", videoId, context: contextOf(videoId), rows });
    };
    this.thread = new Thread(creatorOf(videoId), send, signal, leftovers);
    this.thread.listen(() => this.#reportSoon(), signal);
    signal.addEventListener("abort", () => clearTimeout(this.#reportTimer), { once: true });
  }

  /** Start reading comments and watching whether they can be read. */
  start(): void {
    this.thread.start();
    this.thread.linkChanged(this.view.link);
    if (this.videoId !== "") watchHealth(this.videoId, (isChanged) => this.#setPageChanged(isChanged), this.signal);
    this.#reportSoon();
  }

  get surface(): SurfaceName {
    return surfaceOf(location.pathname);
  }

  /** True while TikTok's comments cannot be read. */
  get pageChanged(): boolean {
    return this.#pageChanged;
  }

  get link(): Link {
    return this.view.link;
  }

  /** Settings or link changed. */
  update(view: View): void {
    const before = this.view.link.state;
    this.view = view;
    if (view.link.state !== before) this.thread.linkChanged(view.link);
    this.#tell();
  }

  /** Call `listener` when settings, the link or the page's readability change. */
  listen(listener: () => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
  }

  #setPageChanged(isChanged: boolean): void {
    this.#pageChanged = isChanged;
    this.#tell();
    this.#reportSoon();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Counts for the popup; never text. */
  #reportSoon(): void {
    if (this.signal.aborted || this.#reportTimer !== undefined) return;
    this.#reportTimer = setTimeout(() => {
      this.#reportTimer = undefined;
      void ask({ type: "report", report: this.#report() }).catch(() => undefined);
    }, REPORT_EVERY_MS);
  }

  #report(): PageReport {
    const seen = this.thread.seen().filter((each) => !each.byCreator); // a creator is no buyer: as the panel counts
    return {
      surface: this.surface,
      seen: seen.length,
      high: seen.filter((each) => isHigh(each.grading)).length,
      unsure: seen.filter((each) => each.grading.state === "scored" && each.grading.score.unsure).length,
      pageChanged: this.#pageChanged,
    };
  }
}
