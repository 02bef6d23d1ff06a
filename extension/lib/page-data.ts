/**
 * What TikTok writes into its page about the page's subject (a video, a creator, a hashtag), cut down to what is read.
 * The same parts are named in companion/tiktok/page_data.py, which cuts once more.
 */
import type { Blocks } from "./messages";
import { plainHandle } from "./rows";
import { cleanText } from "./text";

export const PAGE_DATA = "__UNIVERSAL_DATA_FOR_REHYDRATION__";
/** UTF-16 units of all blocks together as JSON: a video's are some 5,000. */
export const EMBEDDED_LIMIT = 60_000;

type Shape = { [name: string]: Shape | readonly [Shape] | null };
type Values = Record<string, unknown>;

const plainValues = (...names: string[]): Shape => Object.fromEntries(names.map((name) => [name, null]));

const ACCOUNT: Shape = {
  ...plainValues("id", "uniqueId", "nickname", "verified", "ttSeller"),
  commerceUserInfo: plainValues("commerceUser"),
};
const FOLLOWING = plainValues("followerCount", "followingCount", "heart", "heartCount", "videoCount");
const COUNTERS = plainValues("playCount", "diggCount", "commentCount", "shareCount", "collectCount", "repostCount");
const TAG_COUNTERS = plainValues("videoCount", "viewCount");
const ITEM: Shape = {
  ...plainValues("id", "desc", "createTime", "textLanguage"),
  ...plainValues("isAd", "adAuthorization", "is_ec_video", "itemCommentStatus"),
  author: ACCOUNT,
  authorStats: FOLLOWING,
  authorStatsV2: FOLLOWING,
  stats: COUNTERS,
  statsV2: COUNTERS,
  challenges: [plainValues("id", "title")],
  textExtra: [plainValues("hashtagId", "hashtagName")],
  music: plainValues("id", "title"),
  video: plainValues("duration"),
  anchors: [plainValues("id", "type", "keyword", "component_key", "extra")],
};
export const BLOCKS: Shape = {
  "webapp.video-detail": { statusCode: null, itemInfo: { itemStruct: ITEM } },
  "webapp.user-detail": { statusCode: null, userInfo: { user: ACCOUNT, stats: FOLLOWING, statsV2: FOLLOWING } },
  "webapp.challenge-detail": {
    statusCode: null,
    challengeInfo: { challenge: plainValues("id", "title"), stats: TAG_COUNTERS, statsV2: TAG_COUNTERS },
  },
};
const LONGEST_LIST = 100;

/** The fields of `values` that `shape` names; what is of another form is left out. */
export function reduced(values: Values, shape: Shape = BLOCKS): Values {
  const kept: Values = {};
  for (const [name, form] of Object.entries(shape)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (form === null) {
      if (value !== undefined && value !== null && typeof value !== "object") kept[name] = value;
    } else if (Array.isArray(form)) {
      if (Array.isArray(value)) {
        const rows = value.slice(0, LONGEST_LIST).filter(isObject);
        kept[name] = rows.map((row) => reduced(row, (form as readonly [Shape])[0]));
      }
    } else if (isObject(value)) kept[name] = reduced(value, form as Shape);
  }
  return kept;
}

/**
 * What the page's own data says about what its address names; null where it tells of something else (after a move inside
 * the app it still tells of the first page), of nothing we read, or too much.
 */
export function subjectOf(path: string, videoId: string): Blocks | null {
  const script = document.getElementById(PAGE_DATA);
  if (script === null) return null;
  try {
    const scope: unknown = JSON.parse(script.textContent ?? "").__DEFAULT_SCOPE__;
    if (!isObject(scope)) return null;
    const name = blockAt(path, videoId, scope);
    if (name === null) return null;
    hideMentions(scope[name] as Values);
    const blocks = reduced({ [name]: scope[name] });
    return JSON.stringify(blocks).length <= EMBEDDED_LIMIT ? (blocks as Blocks) : null;
  } catch {
    return null; // a shape we do not know
  }
}

/** The block that is about what the address names. */
function blockAt(path: string, videoId: string, scope: Values): string | null {
  const video = at(scope, "webapp.video-detail", "itemInfo", "itemStruct", "id");
  if (videoId !== "") return video === videoId ? "webapp.video-detail" : null;
  const handle = /^\/@([^/]+)\/?$/.exec(path)?.[1];
  const user = at(scope, "webapp.user-detail", "userInfo", "user", "uniqueId");
  if (handle !== undefined)
    return user !== "" && plainHandle(user) === plainHandle(handle) ? "webapp.user-detail" : null;
  const tag = /^\/tag\/([^/]+)\/?$/.exec(path)?.[1];
  const title = at(scope, "webapp.challenge-detail", "challengeInfo", "challenge", "title");
  return tag !== undefined && title !== "" && sameTag(tag, title) ? "webapp.challenge-detail" : null;
}

function sameTag(one: string, other: string): boolean {
  const plain = (name: string) => cleanText(name).replace(/^#/, "").toLowerCase();
  return plain(decodeURIComponent(one)) === plain(other);
}

/** Mentions in a caption by their marked places: a name may have several words. Later ones first, so that places stay right. */
function hideMentions(block: Values): void {
  const info = block.itemInfo;
  const item = isObject(info) ? info.itemStruct : undefined;
  if (!isObject(item) || typeof item.desc !== "string" || !Array.isArray(item.textExtra)) return;
  const places = item.textExtra.filter(isObject).filter((extra) => !extra.hashtagName);
  places.sort((one, other) => Number(other.start) - Number(one.start));
  for (const { start, end } of places) {
    if (
      Number.isInteger(start) &&
      Number.isInteger(end) &&
      (start as number) >= 0 &&
      (start as number) < (end as number)
    )
      item.desc = `${(item.desc as string).slice(0, start as number)}@user${(item.desc as string).slice(end as number)}`;
  }
}

function at(value: unknown, ...path: string[]): string {
  let found = value;
  for (const name of path) found = isObject(found) ? found[name] : undefined;
  return typeof found === "string" ? found : "";
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
