/** Which video the page is about right now, and what it says about that video. */
import { plainHandle } from "./rows";
import { closest, first, PAGE } from "./surface";

const VIDEO_PATH = new RegExp(PAGE.routes.video);
const PLAYER_ID = new RegExp(PAGE.playerId);

/** The id of the video in the address, else of the player nearest the middle of the screen, else "". */
export function currentVideo(): string {
  const named = VIDEO_PATH.exec(location.pathname)?.[1];
  if (named !== undefined) return named;
  const middle = window.innerHeight / 2;
  let best = { id: "", distance: window.innerHeight };
  for (const player of document.querySelectorAll(PAGE.player.join(", "))) {
    const id = PLAYER_ID.exec(player.id)?.[1];
    const box = player.getBoundingClientRect();
    const distance = Math.abs((box.top + box.bottom) / 2 - middle);
    if (id !== undefined && distance < best.distance) best = { id, distance };
  }
  return best.id;
}

/** The part of the page that belongs to `videoId`: the overlay, its feed card, or the whole page. */
export function videoScope(videoId: string): ParentNode {
  const overlay = VIDEO_PATH.test(location.pathname) ? first(document, PAGE.overlay) : null;
  if (overlay !== null) return overlay;
  for (const player of document.querySelectorAll(PAGE.player.join(", "))) {
    if (PLAYER_ID.exec(player.id)?.[1] !== videoId) continue;
    const card = closest(player, PAGE.card);
    if (card !== null) return card;
  }
  return document;
}

/** Handle of the creator of `videoId`, lower case, "" when the page does not say. */
export function creatorOf(videoId: string): string {
  const named = /^\/@([^/]+)\/(?:video|photo)\/(\d+)/.exec(location.pathname);
  if (named?.[1] !== undefined && named[1] !== "i" && named[2] === videoId) return plainHandle(named[1]);
  const link = first(videoScope(videoId), PAGE.author);
  return plainHandle((link?.textContent || link?.getAttribute("href") || "").trim().replace(/^\/?@/, ""));
}

/** The comment count the page shows, null when it shows none. */
export function commentCount(videoId: string): number | null {
  const digits = first(videoScope(videoId), PAGE.commentCount)?.textContent?.trim() ?? "";
  if (!/\d/.test(digits)) return null;
  return /^0+$/.test(digits) ? 0 : Number.parseFloat(digits.replace(",", ".")) || 1;
}
