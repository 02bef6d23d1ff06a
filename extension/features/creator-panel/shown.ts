/** What the page itself says of the video on it: its own data where that is about this video, and the counters on screen. */
import type { ShownVideo } from "../../lib/messages";
import { subjectOf } from "../../lib/page-data";
import { plainHandle } from "../../lib/rows";
import { first, PAGE } from "../../lib/surface";
import { videoScope } from "../../lib/video";

type Values = Record<string, unknown>;

const FACTORS: Record<string, number> = { "": 1, k: 1e3, m: 1e6, b: 1e9 };

/** The video as shown; null where the page shows no number. `creator` is the handle that the page names. */
export function shownVideo(videoId: string, creator: string): ShownVideo | null {
  const item = inside(subjectOf(location.pathname, videoId), "webapp.video-detail", "itemInfo", "itemStruct");
  const seen = onScreen(videoId);
  const told = item === null ? seen : fromData(item);
  const shown: ShownVideo = {
    ...told,
    likes: told.likes ?? seen.likes ?? null,
    comments: told.comments ?? seen.comments ?? null,
    shares: told.shares ?? seen.shares ?? null,
  };
  const isEmpty = [shown.plays, shown.likes, shown.comments, shown.shares].every((value) => (value ?? null) === null);
  return isEmpty ? null : { ...shown, creator: shown.creator || creator };
}

/** "1.2K" as a number; null where that is none. */
export function countOf(text: string): number | null {
  const found = /^([\d.,]+)\s*([kmb]?)$/i.exec(text.trim());
  if (found === null) return null;
  const [, digits = "", letter = ""] = found;
  const plain = letter === "" ? digits.replace(/[.,]/g, "") : digits.replace(",", ".");
  const value = Number(plain) * (FACTORS[letter.toLowerCase()] ?? 1);
  return plain !== "" && Number.isFinite(value) ? Math.round(value) : null;
}

function fromData(item: Values): ShownVideo {
  const stats = inside(item, "statsV2") ?? inside(item, "stats") ?? {};
  const author = inside(item, "author") ?? {};
  const audience = inside(item, "authorStatsV2") ?? inside(item, "authorStats") ?? {};
  return {
    creator: plainHandle(String(author.uniqueId ?? "")),
    plays: whole(stats.playCount),
    likes: whole(stats.diggCount),
    comments: whole(stats.commentCount),
    shares: whole(stats.shareCount),
    saves: whole(stats.collectCount),
    followers: whole(audience.followerCount),
    duration_s: whole(inside(item, "video")?.duration, 86_400),
    created_at: whole(item.createTime, 2 ** 40),
  };
}

function onScreen(videoId: string): ShownVideo {
  const scope = videoScope(videoId);
  const read = (selectors: string[]): number | null => countOf(first(scope, selectors)?.textContent ?? "");
  return {
    creator: "",
    plays: null,
    likes: read(PAGE.likeCount),
    comments: read(PAGE.commentCount),
    shares: read(PAGE.shareCount),
    saves: null,
    followers: null,
    duration_s: null,
    created_at: null,
  };
}

/** A count as JSON writes it (a number, or digits); null for what is none. */
export function whole(value: unknown, most = 1e13): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 && number <= most ? number : null;
}

export function inside(values: unknown, ...names: string[]): Values | null {
  let found: unknown = values;
  for (const name of names) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return null;
    found = (found as Values)[name];
  }
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Values) : null;
}
