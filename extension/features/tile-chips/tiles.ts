/** The tiles of a grid: which video and creator each is about, and the stored rates that are known of them. */
import { ask } from "../../lib/ask";
import type { IntentRate, KnownReply } from "../../lib/messages";
import { plainHandle } from "../../lib/rows";
import { PAGE } from "../../lib/surface";

const LINK = new RegExp(PAGE.tileLink);
const TILES = PAGE.tile.join(", ");
const AT_ONCE = 60;
const HANDLE = /^[\w.-]{1,64}$/;

export interface Tile {
  videoId: string;
  handle: string; // "" where the link names none
}

/** The tile elements under `root`. */
export function tilesIn(root: ParentNode): Element[] {
  return [...root.querySelectorAll(TILES)];
}

/** What a tile is about; null where it leads to no video. */
export function tileOf(element: Element): Tile | null {
  for (const link of element.querySelectorAll("a[href]")) {
    const found = LINK.exec(link.getAttribute("href") ?? "");
    if (found?.[2] === undefined) continue;
    const handle = plainHandle(decodeURIComponent(found[1] ?? ""));
    return { videoId: found[2], handle: HANDLE.test(handle) ? handle : "" };
  }
  return null;
}

/** Whose comments a rate was counted from. */
export interface Found {
  of: "video" | "creator";
  rate: IntentRate;
}

/** Stored rates, each asked for once. */
export class Rates {
  readonly #videos = new Map<string, IntentRate | null>();
  readonly #creators = new Map<string, IntentRate | null>();

  /** The video's own rate, else its creator's; null where neither is stored. */
  of({ videoId, handle }: Tile): Found | null {
    const own = this.#videos.get(videoId) ?? null;
    if (own !== null) return { of: "video", rate: own };
    const made = this.#creators.get(handle) ?? null;
    return made === null ? null : { of: "creator", rate: made };
  }

  /** Ask for those of `tiles` that were not asked for; false where the companion did not answer. */
  async learn(tiles: readonly Tile[]): Promise<boolean> {
    const videos = fresh(
      tiles.map(({ videoId }) => videoId),
      this.#videos,
    );
    const creators = fresh(
      tiles.map(({ handle }) => handle),
      this.#creators,
    );
    for (let from = 0; from < Math.max(videos.length, creators.length); from += AT_ONCE) {
      const videoIds = videos.slice(from, from + AT_ONCE);
      const handles = creators.slice(from, from + AT_ONCE);
      const reply = await ask<KnownReply>({ type: "known", videoIds, handles });
      if (!reply.ok) return false;
      for (const { id, intent } of reply.videos) this.#videos.set(id, intent ?? null);
      for (const { handle, intent } of reply.creators) this.#creators.set(handle, intent ?? null);
    }
    return true;
  }
}

function fresh(names: readonly string[], known: ReadonlyMap<string, unknown>): string[] {
  return [...new Set(names)].filter((name) => name !== "" && !known.has(name));
}
