/**
 * Scores already known, so that a row which the page takes away and brings back answers at once.
 * A score belongs to (text, context, model); the user's own grade belongs to a comment id. Both live in
 * `storage.session` (memory only, worker only), because the worker is stopped whenever it is idle.
 */
import { browser } from "wxt/browser";
import { sha256, toHex } from "./bytes";
import { ByteLru } from "./lru";
import type { Context, Score, Yours } from "./messages";

export const CACHE_BYTES = 8_000_000; // browsers give storage.session about 10 MB
const PREFIX = "cache:";
const WRITE_DELAY = 400; // ms: many answers, one write

type Core = Omit<Score, "id" | "yours">;
type Own = { yours: Yours | null }; // wrapped: some storage areas take a bare null for "delete"
type Value = Core | Own;

/** The key of a score; a hash, so that no comment text is kept. */
export async function contentKey(text: string, context: Context, parent: string, model: string): Promise<string> {
  const facts = [model, text, parent, context.caption, context.hashtags, context.product];
  return toHex(await sha256(JSON.stringify(facts))).slice(0, 32);
}

export class ScoreCache {
  readonly #lru: ByteLru<Value>;
  readonly #taught = new Map<string, number>();
  readonly #changed = new Map<string, Value>();
  readonly #removed = new Set<string>();
  #loading: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(limit = CACHE_BYTES) {
    this.#lru = new ByteLru(limit);
  }

  get stats(): { entries: number; bytes: number } {
    return { entries: this.#lru.size, bytes: this.#lru.bytes };
  }

  /** Reads back what an earlier worker wrote; call before the first `get`. */
  load(): Promise<void> {
    this.#loading ??= this.#read();
    return this.#loading;
  }

  /** The score for this comment, if both its text's score and the user's own grade (or its absence) are known. */
  get(id: string, key: string): Score | null {
    const core = this.#lru.get(scoreKey(key)) as Core | undefined;
    const own = this.#lru.get(yoursKey(id)) as Own | undefined;
    return core === undefined || own === undefined ? null : { ...core, id, ...own };
  }

  /** Keeps an answer and returns it; a correction made since `askedAt` (ms) wins over the answer's `yours`. */
  put(key: string, score: Score, askedAt: number): Score {
    const { id, yours, ...core } = score;
    this.#set(scoreKey(key), core);
    const newer = (this.#taught.get(id) ?? 0) >= askedAt ? (this.#lru.get(yoursKey(id)) as Own | undefined) : undefined;
    const own = newer ?? { yours };
    this.#set(yoursKey(id), own);
    return { ...score, ...own };
  }

  /** After a correction or its undo. */
  setYours(id: string, yours: Yours | null): void {
    this.#taught.set(id, Date.now());
    this.#set(yoursKey(id), { yours });
  }

  /** Forgets everything, in memory and in storage. */
  async clear(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lru.shrink(-1);
    this.#changed.clear();
    this.#removed.clear();
    this.#taught.clear();
    await browser.storage.session.remove(Object.keys(await browser.storage.session.get(null)).filter(isOurs));
  }

  /** Writes what changed since the last write, in one call each way. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changed = Object.fromEntries(this.#changed);
    const removed = [...this.#removed];
    this.#changed.clear();
    this.#removed.clear();
    try {
      if (removed.length > 0) await browser.storage.session.remove(removed);
      if (Object.keys(changed).length > 0) await browser.storage.session.set(changed);
    } catch {
      // Over the browser's own quota: keep the younger half and go on.
      await browser.storage.session.remove([...this.#lru.shrink(this.#lru.bytes / 2), ...Object.keys(changed)]);
    }
  }

  #set(key: string, value: Value): void {
    this.#changed.set(key, value);
    this.#removed.delete(key);
    for (const gone of this.#lru.set(key, value, weight(key, value))) {
      this.#changed.delete(gone);
      this.#removed.add(gone);
    }
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_DELAY);
  }

  async #read(): Promise<void> {
    for (const [key, value] of Object.entries(await browser.storage.session.get<Record<string, Value>>(null))) {
      if (isOurs(key) && !this.#lru.has(key)) this.#lru.set(key, value, weight(key, value));
    }
  }
}

function scoreKey(key: string): string {
  return `${PREFIX}s:${key}`;
}

function yoursKey(id: string): string {
  return `${PREFIX}y:${id}`;
}

function isOurs(key: string): boolean {
  return key.startsWith(PREFIX);
}

/** About what the browser counts: the key and the value as JSON (both ASCII here). */
function weight(key: string, value: Value): number {
  return key.length + JSON.stringify(value).length;
}
