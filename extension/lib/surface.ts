/** What TikTok's pages look like, read from `surfaces/tiktok/*.json`: a change of markup is a change of data. */
import g1 from "../surfaces/tiktok/g1-classic.json";
import g2 from "../surfaces/tiktok/g2-browse.json";
import g3 from "../surfaces/tiktok/g3-panel.json";
import g4 from "../surfaces/tiktok/g4-drawer.json";
import page from "../surfaces/tiktok/page.json";
import type { PageReport } from "./messages";

/** In every layout of four years: the element that holds a comment's text. */
export const ANCHOR = '[data-e2e="comment-level-1"], [data-e2e="comment-level-2"]';

/** Each list is tried in order; the first selector that matches wins. */
export interface Layout {
  id: string;
  name: string;
  date: string;
  fixture: string;
  recognise: string[]; // in the row: any one tells this layout from the others
  row: string[]; // around the text
  thread: string[]; // around the row: a comment and its replies
  list: string[]; // around the threads
  author: string[]; // in the row: the link to the writer
  creator: string[]; // in the row: the mark of the video's own creator
  likes: string[]; // in the row
  time: string[]; // in the row: when it was written, in words
  notes: string[]; // in the row: what TikTok notes of it, such as "Pinned"
  slot: Slot[]; // in the row: where a badge goes
}

/** `box`: the badge takes its own room in the line; `line`: it takes none and sits at the end of the line above it. */
export interface Slot {
  select: string;
  at: string; // "end" (inside) | "after" (beside)
  as: string; // "box" | "line"
}

/** The order matters: the first that recognises a row is taken. */
export const LAYOUTS: readonly Layout[] = [g3, g4, g2, g1];
export const PAGE = page;

export type SurfaceName = PageReport["surface"];

/** The layout of the comment whose text is `anchor`, with its row; null where no known layout fits. */
export function layoutOf(anchor: Element): { layout: Layout; row: Element } | null {
  for (const layout of LAYOUTS) {
    const row = closest(anchor, layout.row);
    if (row !== null && first(row, layout.recognise) !== null) return { layout, row };
  }
  return null;
}

const ROUTES = Object.entries(PAGE.routes).map(
  ([name, pattern]) => [name as SurfaceName, new RegExp(pattern)] as const,
);

/** The kind of page at `path`. */
export function surfaceOf(path: string): SurfaceName {
  return ROUTES.find(([, pattern]) => pattern.test(path))?.[0] ?? "other";
}

/** The first element under `root` that the earliest matching selector finds. */
export function first(root: ParentNode, selectors: readonly string[]): Element | null {
  for (const selector of selectors) {
    const found = root.querySelector(selector);
    if (found !== null) return found;
  }
  return null;
}

/** The nearest element around `element` that the earliest matching selector finds. */
export function closest(element: Element, selectors: readonly string[]): Element | null {
  for (const selector of selectors) {
    const found = element.closest(selector);
    if (found !== null) return found;
  }
  return null;
}
