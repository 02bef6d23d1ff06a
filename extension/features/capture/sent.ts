/** What was handed on already, so that a row is sent again only where its words or likes changed. */
import type { ShownRow } from "../../lib/messages";

const VIDEOS = 20;
const ROWS = 5_000;

export class Sent {
  readonly #videos = new Map<string, Map<string, number>>();

  has(videoId: string, id: string, row: ShownRow): boolean {
    return this.#videos.get(videoId)?.get(id) === print(row);
  }

  add(videoId: string, id: string, row: ShownRow): void {
    const rows = this.#videos.get(videoId) ?? new Map<string, number>();
    this.#videos.delete(videoId);
    this.#videos.set(videoId, rows);
    rows.set(id, print(row));
    if (rows.size > ROWS) rows.delete(rows.keys().next().value as string);
    if (this.#videos.size > VIDEOS) this.#videos.delete(this.#videos.keys().next().value as string);
  }
}

/** FNV-1a over words and likes: two rows of one id that share it are the same for us. */
function print({ text, likes }: ShownRow): number {
  let hash = 0x811c9dc5;
  for (const char of `${likes}\n${text}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
