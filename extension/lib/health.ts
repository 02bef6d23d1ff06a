/** Noticing that TikTok changed its page: comments are there, and no known layout finds them. */
import { readRow } from "./rows";
import { ANCHOR, first, PAGE } from "./surface";
import { commentCount } from "./video";

/** How long comments may be missing before it is said. */
const PATIENCE_MS = 8_000;
const LOOK_EVERY_MS = 1_000;
const PERSON = 'a[href*="/@"]';
const VIDEO = 'a[href*="/video/"]';
const NOT_COMMENTS =
  'nav, header, footer, [role="navigation"], [data-e2e^="suggest"], [data-e2e^="following-accounts"], [data-e2e="recommend-list-item-container"]';
const ENOUGH = 3; // people, or rows that look like somebody's words
const MAX_PICTURES = 300;

/** Calls `changed` with true once comments were unreadable for 8 s, with false when they are readable again. */
export function watchHealth(videoId: string, changed: (isChanged: boolean) => void, signal: AbortSignal): void {
  let since: number | null = null;
  let told = false;
  const look = (): void => {
    if (document.hidden) return;
    const missing = commentsUnreadable(videoId);
    if (!missing) since = null;
    else since ??= Date.now();
    const isChanged = since !== null && Date.now() - since >= PATIENCE_MS - LOOK_EVERY_MS;
    if (isChanged !== told) changed(isChanged);
    told = isChanged;
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/** Whether comments stand on the page in a shape that no known layout reads. */
export function commentsUnreadable(videoId: string): boolean {
  const anchor = document.querySelector(ANCHOR);
  if (anchor !== null && readRow(anchor) !== null) return false;
  if (anchor !== null)
    return [...document.querySelectorAll(ANCHOR)].slice(0, 5).every((each) => readRow(each) === null);
  const count = commentCount(videoId);
  if (count === 0) return false;
  const panel = first(document, PAGE.panel);
  // An open panel that names people shows comments; one that names nobody is still loading, or asks for a login.
  return (panel !== null && namesPeople(panel)) || showsRowsOfWords();
}

function namesPeople(element: Element): boolean {
  const people = new Set<string>();
  for (const link of element.querySelectorAll(PERSON)) people.add(link.getAttribute("href") ?? "");
  return people.size >= ENOUGH;
}

/** Several like siblings, each a picture with a name and words, no link to a video: a comment list in any markup. */
function showsRowsOfWords(): boolean {
  const rows = new Map<Element, Set<Element>>();
  for (const picture of [...document.querySelectorAll("img")].slice(0, MAX_PICTURES)) {
    if (picture.closest(NOT_COMMENTS) !== null) continue;
    let row: Element | null = picture.parentElement;
    while (row !== null && wordsIn(row) === 0) row = row.parentElement;
    for (let step = 0; row?.parentElement && step < 3; step += 1, row = row.parentElement) {
      if (wordsIn(row) < 2 || row.querySelectorAll("img").length > ENOUGH || row.querySelector(VIDEO) !== null)
        continue;
      const around = row.parentElement;
      const found = rows.get(around) ?? new Set();
      rows.set(around, found.add(row));
      if ([...found].filter((each) => each.tagName === row?.tagName).length >= ENOUGH) return true;
    }
  }
  return false;
}

/** Pieces of text in `element`, counted to three. */
function wordsIn(element: Element): number {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let count = 0;
  while (count < 3 && walker.nextNode() !== null) if (walker.currentNode.nodeValue?.trim()) count += 1;
  return count;
}
