/** Gathers what the page shows of one video and hands it on in small batches; forgets it where nobody takes it. */
import { ask } from "../../lib/ask";
import type { Blocks, CaptureReply, ShownRow } from "../../lib/messages";
import { subjectOf } from "../../lib/page-data";
import { ANCHOR } from "../../lib/surface";
import { currentVideo } from "../../lib/video";
import type { Visit } from "../../lib/visit";
import { Sent } from "./sent";
import { shownRow } from "./shown-row";

const GATHER_MS = 1_500;
const BATCH = 50;
const BATCH_UNITS = 60_000; // UTF-16 units of text; at most 180 KB on the wire
/** Rows that wait; beyond that the oldest are dropped, to be met again when they are scrolled to again. */
const WAITING = 300;

const sent = new Sent();
let told = ""; // the subject whose page data was handed on last

export class Keeper {
  readonly #waiting = new Map<string, ShownRow>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSending = false;
  #was = false;

  constructor(
    readonly visit: Visit,
    readonly signal: AbortSignal,
  ) {}

  start(): void {
    const { thread } = this.visit;
    thread.listen((anchor, comment) => {
      if (comment !== null && thread.isInView(anchor)) this.#gather(anchor);
    }, this.signal);
    this.visit.listen(() => this.#look(), this.signal);
    document.addEventListener("visibilitychange", () => this.#look(), { signal: this.signal });
    this.signal.addEventListener("abort", () => this.#stop(), { once: true });
    this.#look();
  }

  /** Where keeping became possible, begin with what is on screen. */
  #look(): void {
    const may = this.#may();
    if (may && !this.#was) {
      for (const anchor of document.querySelectorAll(ANCHOR)) {
        if (this.visit.thread.isInView(anchor)) this.#gather(anchor);
      }
      this.#plan();
    }
    this.#was = may;
  }

  #may(): boolean {
    const { view, videoId } = this.visit;
    return !document.hidden && view.mayCapture && view.link.state === "ready" && currentVideo() === videoId;
  }

  #gather(anchor: Element): void {
    const comment = this.visit.thread.at(anchor);
    if (comment === undefined || this.visit.videoId === "" || !this.#may()) return;
    const shown = shownRow(comment, this.visit.thread);
    if (sent.has(this.visit.videoId, comment.id, shown)) return;
    this.#waiting.set(comment.id, shown);
    if (this.#waiting.size > WAITING) this.#waiting.delete(this.#waiting.keys().next().value as string);
    this.#plan();
  }

  #plan(): void {
    if (this.#timer !== undefined || this.#isSending || this.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      whenIdle(() => void this.#send());
    }, GATHER_MS);
  }

  async #send(): Promise<void> {
    if (this.signal.aborted || this.#isSending) return;
    if (!this.#may()) return this.#waiting.clear();
    this.#isSending = true;
    try {
      const isGood = (await this.#tellSubject()) && (await this.#sendRows());
      if (!isGood) this.#waiting.clear(); // nobody takes them now: no queue grows while the companion is away
    } catch {
      this.#waiting.clear(); // the extension was updated under this page
    } finally {
      this.#isSending = false;
    }
    if (this.#waiting.size > 0) this.#plan();
  }

  async #sendRows(): Promise<boolean> {
    const batch = this.#take();
    if (batch.length === 0) return true;
    const reply = await this.#ask(
      batch.map(([, shown]) => shown),
      {},
    );
    if (reply.ok) for (const [id, shown] of batch) sent.add(this.visit.videoId, id, shown);
    return reply.ok;
  }

  #take(): [string, ShownRow][] {
    const batch: [string, ShownRow][] = [];
    let units = 0;
    for (const entry of this.#waiting) {
      units += entry[1].text.length + entry[1].row.text.length;
      if (batch.length >= BATCH || (units > BATCH_UNITS && batch.length > 0)) break;
      batch.push(entry);
    }
    for (const [id] of batch) this.#waiting.delete(id);
    return batch;
  }

  /** The page's own data, once for each subject; false where it was not taken. */
  async #tellSubject(): Promise<boolean> {
    const subject = this.visit.videoId || location.pathname;
    if (told === subject) return true;
    const blocks = subjectOf(location.pathname, this.visit.videoId);
    if (blocks !== null && !(await this.#ask([], blocks)).ok) return false;
    told = subject;
    return true;
  }

  #ask(rows: ShownRow[], embedded: Blocks): Promise<CaptureReply> {
    const { videoId, thread } = this.visit;
    return ask<CaptureReply>({ type: "capture", videoId, creator: thread.creator, rows, embedded });
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }
}

function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(act, { timeout: 2_000 });
  else setTimeout(act, 0);
}
