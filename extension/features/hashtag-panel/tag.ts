/** Hashtags in addresses. */
import { PAGE } from "../../lib/surface";

const TAG_PATH = new RegExp(PAGE.tagPath);
const LONGEST = 200;

/** The hashtag whose page `path` is, as it is written there; "" where it is another page. */
export function tagOf(path: string): string {
  const written = TAG_PATH.exec(path)?.[1] ?? "";
  try {
    return decodeURIComponent(written).slice(0, LONGEST);
  } catch {
    return ""; // half an escape: TikTok shows no hashtag either
  }
}

/** The path of a hashtag's page. */
export function tagLink(tag: string): string {
  return `/tag/${encodeURIComponent(tag.toWellFormed())}`;
}
