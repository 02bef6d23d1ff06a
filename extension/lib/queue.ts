/**
 * One queue for all tabs: at most one `/v1/score` request is on its way, with at most 50 comments of one context,
 * and tabs take turns. The same comment asked for twice is sent once.
 *
 * Nothing here survives a stop of the worker. The content script then sees its message port close and asks once
 * more; repeats are harmless because scoring changes nothing and answers are matched to rows by place.
 */
import { isScoreAnswer } from "../protocol/answers";
import { call, type Outcome } from "../protocol/client";
import type { components } from "../protocol/wire";
import type { Session } from "./link";
import type { Context, Score } from "./messages";

type Answer = components["schemas"]["ScoreAnswer"];
export type Comment = components["schemas"]["CommentIn"];

export const BATCH = 50;
const BATCH_BYTES = 200_000; // the companion refuses bodies over 256 KB
const WAITING_LIMIT = 5_000; // comments
const PATIENCE = 5; // requests answered "too many" or "busy" before we give up
const LONGEST_WAIT = 60; // seconds

/** One comment's answer, with what was asked and when (ms). */
export interface Scored {
  score: Score;
  comment: Comment;
  context: Context;
  model: string;
  askedAt: number;
}

export interface QueueOptions {
  session(): Promise<Session | null>;
  /** Told of every failure; true where the companion is lost and everything waiting must fail. */
  failed(outcome: Outcome<unknown>): boolean;
  /** Every answer, before those who asked get it; may correct a score. */
  scored(answer: Scored): Promise<Score>;
  sleep?: (milliseconds: number) => Promise<void>;
}

interface Entry {
  key: string;
  tab: number;
  contextKey: string;
  context: Context;
  comment: Comment;
  answer: Promise<Score>;
  resolve(score: Score): void;
  reject(reason: Error): void;
}

export class ScoreQueue {
  readonly #waiting = new Map<number, Entry[]>(); // by tab
  readonly #served = new Map<number, number>(); // tab -> number of its latest request
  #requests = 0;
  readonly #known = new Map<string, Entry>(); // waiting or on its way
  #busy = false;

  constructor(private readonly options: QueueOptions) {}

  get waiting(): number {
    return this.#known.size;
  }

  /** Scores in the order of `comments`. Throws where the companion cannot be asked or refuses. */
  ask(tab: number, context: Context, comments: Comment[]): Promise<Score[]> {
    if (this.#known.size + comments.length > WAITING_LIMIT) {
      return Promise.reject(new Error(`more than ${WAITING_LIMIT} comments are waiting; scroll on more slowly`));
    }
    const contextKey = JSON.stringify([context.caption, context.hashtags, context.product]);
    const answers = comments.map((comment) => this.#enter(tab, context, contextKey, comment).answer);
    void this.#run();
    return Promise.all(answers);
  }

  /** A tab was closed: what only it waits for is not sent any more. */
  drop(tab: number): void {
    this.#fail(this.#waiting.get(tab) ?? [], new Error("the tab was closed"));
    this.#waiting.delete(tab);
    this.#served.delete(tab);
  }

  #enter(tab: number, context: Context, contextKey: string, comment: Comment): Entry {
    const key = JSON.stringify([comment.id, comment.text, comment.parent, contextKey]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const settle = { resolve: (_: Score) => {}, reject: (_: Error) => {} };
    const answer = new Promise<Score>((resolve, reject) => Object.assign(settle, { resolve, reject }));
    const entry = { key, tab, contextKey, context, comment, answer, ...settle };
    this.#known.set(key, entry);
    const line = this.#waiting.get(tab);
    if (line === undefined) this.#waiting.set(tab, [entry]);
    else line.push(entry);
    return entry;
  }

  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let batch = this.#take(); batch.length > 0; batch = this.#take()) await this.#send(batch);
    } finally {
      this.#busy = false;
    }
  }

  /** The oldest entries of one context from the tab that has waited longest for its turn. */
  #take(): Entry[] {
    const turn = (tab: number) => this.#served.get(tab) ?? 0;
    const [tab] = [...this.#waiting.keys()].sort((one, other) => turn(one) - turn(other));
    const line = tab === undefined ? undefined : this.#waiting.get(tab);
    const first = line?.[0];
    if (tab === undefined || line === undefined || first === undefined) return [];
    this.#served.set(tab, ++this.#requests);
    const batch: Entry[] = [];
    const rest: Entry[] = [];
    let bytes = 0;
    for (const entry of line) {
      const size = JSON.stringify(entry.comment).length * 3; // UTF-8 needs at most 3 bytes per UTF-16 unit
      const fits = entry.contextKey === first.contextKey && batch.length < BATCH && bytes + size <= BATCH_BYTES;
      (fits || entry === first ? batch : rest).push(entry);
      if (fits) bytes += size;
    }
    if (rest.length > 0) this.#waiting.set(tab, rest);
    else this.#waiting.delete(tab);
    return batch;
  }

  async #send(batch: Entry[]): Promise<void> {
    const askedAt = Date.now();
    const outcome = await this.#request(batch);
    if (outcome === null) return this.#failAll(batch, new Error("the companion cannot be reached"));
    if (outcome.ok) return this.#settle(batch, outcome.body, askedAt);
    if (this.options.failed(outcome) || outcome.kind !== "refused") {
      return this.#failAll(batch, new Error("the companion cannot be reached"));
    }
    this.#fail(batch, new Error(outcome.problem.message));
  }

  async #settle(batch: Entry[], { model, scores }: Answer, askedAt: number): Promise<void> {
    for (const [index, entry] of batch.entries()) {
      const score = scores[index];
      if (score === undefined) continue; // the answer's guard has counted them
      entry.resolve(
        await this.options.scored({ score, comment: entry.comment, context: entry.context, model, askedAt }),
      );
      this.#known.delete(entry.key);
    }
  }

  /** Asks; waits and asks again while the companion says that it is busy. Null without a session. */
  async #request(batch: Entry[]): Promise<Outcome<Answer> | null> {
    const comments = batch.map((entry) => entry.comment);
    const context = { ...(batch[0] as Entry).context, parent: "" }; // each comment carries its own parent
    const expects = isScoreAnswer(comments.map((comment) => comment.id));
    for (let attempt = 1; ; attempt++) {
      const session = await this.options.session();
      if (session === null) return null;
      const body = { platform: "tiktok", context, comments };
      const outcome = await call({ port: session.port, route: "/v1/score", body, token: session.token, expects });
      if (outcome.ok || outcome.kind !== "refused") return outcome;
      if ((outcome.status !== 429 && outcome.status !== 503) || attempt === PATIENCE) return outcome;
      await this.#sleep(1000 * Math.min(LONGEST_WAIT, Math.max(1, outcome.retryAfter ?? 2 ** attempt)));
    }
  }

  #failAll(batch: Entry[], reason: Error): void {
    this.#fail([...batch, ...[...this.#waiting.values()].flat()], reason);
    this.#waiting.clear();
  }

  #fail(entries: Entry[], reason: Error): void {
    for (const entry of entries) {
      this.#known.delete(entry.key);
      entry.reject(reason);
    }
  }

  #sleep(milliseconds: number): Promise<void> {
    return this.options.sleep?.(milliseconds) ?? new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}
