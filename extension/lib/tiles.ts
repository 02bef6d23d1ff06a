/** The tiles of a grid: which video and creator each is about. */
import { plainHandle } from "./rows";
import { PAGE } from "./surface";

const LINK = new RegExp(PAGE.tileLink);
const TILES = PAGE.tile.join(", ");
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
