/** One comment of the page: its words, who wrote it, where it stands. */
import type { Row } from "./messages";
import { closest, first, type Layout, layoutOf, PAGE, type Slot } from "./surface";
import { cleanText, textOf } from "./text";

/** A comment read from the page at one moment. `key` changes whenever it is another comment or other words. */
export interface Reading {
  layout: Layout;
  element: Element;
  row: Omit<Row, "nth">;
  creatorMark: boolean;
  key: string;
}

const ROOT_TEXT = '[data-e2e="comment-level-1"]';
const COMMENT_ID = /^\d{17,20}$/;
const PINNED = new RegExp(PAGE.pinned, "u");
const MAX_HANDLE = 64;
const HANDLE = /\/@([^/?#]+)/;

/** Read the comment whose text stands in `anchor`; null where the layout is unknown or nobody wrote it. */
export function readRow(anchor: Element): Reading | null {
  const found = layoutOf(anchor);
  if (found === null) return null;
  const { layout, row: element } = found;
  const handle = handleOf(element, anchor, layout);
  if (handle === null) return null;
  const level = anchor.getAttribute("data-e2e") === "comment-level-2" ? 2 : 1;
  const cid = COMMENT_ID.test(element.id) ? element.id : null;
  const text = textOf(anchor);
  const parent = level === 2 ? parentText(element, layout) : "";
  return {
    layout,
    element,
    row: { cid, handle, text, level, parent },
    creatorMark: layout.creator.some((selector) => element.querySelector(selector) !== null),
    key: JSON.stringify([cid, handle, level, text, parent]),
  };
}

/** Where in this row a badge goes; null when the layout's header is gone. */
export function slotOf(reading: Reading): { target: Element; slot: Slot } | null {
  for (const slot of reading.layout.slot) {
    const target = reading.element.querySelector(slot.select);
    if (target !== null) return { target, slot };
  }
  return null;
}

/** Like count as the page abbreviates it ("12", "1.2K"), "" when there is none. */
export function likesOf(reading: Reading): string {
  for (const selector of reading.layout.likes) {
    const found = reading.element.querySelector(selector);
    if (found !== null) return textOf(found);
  }
  return "";
}

/** When the comment was written, in the page's words ("2d ago", "3-14"), "" when it does not say. */
export function timeOf(reading: Reading): string {
  const found = first(reading.element, reading.layout.time);
  return found === null ? "" : textOf(found);
}

/** Whether the page marks the comment as pinned. */
export function isPinned(reading: Reading): boolean {
  const note = first(reading.element, reading.layout.notes);
  return note !== null && PINNED.test(textOf(note));
}

/** The handle in the link to the writer. A mention inside the text also links to a person: not the writer. */
function handleOf(row: Element, anchor: Element, layout: Layout): string | null {
  for (const selector of layout.author) {
    for (const link of row.querySelectorAll(selector)) {
      if (anchor.contains(link)) continue;
      const handle = HANDLE.exec(link.getAttribute("href") ?? "")?.[1];
      if (handle !== undefined) return plainHandle(handle);
    }
  }
  return null;
}

/** Handles are the same in any case; the page and its data differ in it. */
export function plainHandle(handle: string): string {
  try {
    return cleanText(decodeURIComponent(handle), MAX_HANDLE).toLowerCase();
  } catch {
    return cleanText(handle, MAX_HANDLE).toLowerCase();
  }
}

/** The first comment of the thread around `row`; replies may sit in boxes of their own that look like threads. */
export function threadRoot(row: Element, layout: Layout): Element | null {
  for (let thread = closest(row, layout.thread); thread !== null; ) {
    const root = thread.querySelector(ROOT_TEXT);
    if (root !== null) return root;
    thread = thread.parentElement === null ? null : closest(thread.parentElement, layout.thread);
  }
  return null;
}

function parentText(row: Element, layout: Layout): string {
  const root = threadRoot(row, layout);
  return root === null ? "" : textOf(root);
}
