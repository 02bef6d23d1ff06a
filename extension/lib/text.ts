/** A comment's words as the page shows them, made safe to compare, score and print. */
import { sanitize, TEXT_LIMIT } from "./sanitize";

const MAX_READ = TEXT_LIMIT * 4; // UTF-16 units gathered from the page: a 10 MB comment costs no more than this
const MAX_MARKS = 3; // combining marks kept on one letter; more is zalgo

const PLAIN = /^[!-~]+(?: [!-~]+)*$/; // most comments: nothing to clean
const ZERO_WIDTH = /[\u00ad\u200b\u2060\ufeff]/gu;
// Joiners belong inside an emoji ("family") or between Persian letters; anywhere else, or in a row, they only hide.
const STRAY_JOINER =
  /(?<!\p{L}|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier})(?:\u200c|\u200d)|(?:\u200c|\u200d)(?=\u200c|\u200d|\s|$)/gu;
// "3 @5.00" is a price, "a@b.example" an address: the companion masks addresses
const MENTION =
  /(?<![\p{L}\p{N}._%+-])[@\uff20](?![\d.,]+(?:[^\p{L}\p{N}]|$))[\p{L}\p{N}_](?:[\p{L}\p{N}_.]*[\p{L}\p{N}_])?/gu;
const IN_ADDRESS = /[\p{L}\p{N}._%+-]$/u; // "a" before a link "@b.example"
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
  return cleanText(read(node, () => false));
}

/** As `textOf`, with "@user" for everybody who is mentioned: links may show a name of several words. */
export function anonymousTextOf(node: Node): string {
  return cleanText(read(node, isMention).replace(MENTION, "@user"));
}

function read(node: Node, stands: (element: Element) => boolean): string {
  let text = "";
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let next = walker.nextNode(); next !== null && text.length < MAX_READ; ) {
    if (next instanceof Element && stands(next) && !IN_ADDRESS.test(text)) {
      text += "@user";
      next = after(walker);
      continue;
    }
    if (next.nodeType === Node.TEXT_NODE) text += (next.nodeValue ?? "").slice(0, MAX_READ);
    else if (next.nodeName === "BR") text += " ";
    next = walker.nextNode();
  }
  return text;
}

/** The next node that is not inside the present one. */
function after(walker: TreeWalker): Node | null {
  do {
    const beside = walker.nextSibling();
    if (beside !== null) return beside;
  } while (walker.parentNode() !== null);
  return null;
}

function isMention(element: Element): boolean {
  return element.nodeName === "A" && /\/@/.test(element.getAttribute("href") ?? "");
}
