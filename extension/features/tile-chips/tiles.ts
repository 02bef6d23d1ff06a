/** The stored rates of what a grid lists: each video and creator is asked about once. */
import { ask } from "../../lib/ask";
import type { IntentRate, KnownReply } from "../../lib/messages";
import type { Tile } from "../../lib/tiles";

const AT_ONCE = 60;

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
