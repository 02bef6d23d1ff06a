/** A comment's words as the page shows them, made safe to compare, score and print. */
import { sanitize, TEXT_LIMIT } from "./sanitize";

const MAX_READ = TEXT_LIMIT * 4; // UTF-16 units gathered from the page: a 10 MB comment costs no more than this
const MAX_MARKS = 3; // combining marks kept on one letter; more is zalgo

const PLAIN = /^[!-~]+(?: [!-~]+)*$/; // most comments: nothing to clean
const ZERO_WIDTH = /[\u00ad\u200b\u2060\ufeff]/gu;
// Joiners belong inside an emoji ("family") or between Persian letters; anywhere else, or in a row, they only hide.
const STRAY_JOINER =
  /(?<!\p{L}|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier})(?:\u200c|\u200d)|(?:\u200c|\u200d)(?=\u200c|\u200d|\s|$)/gu;
const ZALGO = new RegExp(`(\\p{Mn}{${MAX_MARKS}})\\p{Mn}+`, "gu");

/** One line without control, direction or stray zero-width characters, at most `limit` code points. */
export function cleanText(raw: string, limit = TEXT_LIMIT): string {
  if (raw.length <= limit && PLAIN.test(raw)) return raw;
  const text = raw
    .slice(0, Math.max(MAX_READ, limit * 2))
    .replace(ZERO_WIDTH, "")
    .replace(STRAY_JOINER, "")
    .replace(ZALGO, "$1")
    .replace(/\s+/gu, " ");
  return sanitize(text, limit);
}

/** The text of `node` with line breaks as spaces, without laying the page out; stops at `MAX_READ` units. */
export function textOf(node: Node): string {
  let text = "";
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let next = walker.nextNode(); next !== null && text.length < MAX_READ; next = walker.nextNode()) {
    if (next.nodeType === Node.TEXT_NODE) text += (next.nodeValue ?? "").slice(0, MAX_READ);
    else if (next.nodeName === "BR") text += " ";
  }
  return cleanText(text);
}
