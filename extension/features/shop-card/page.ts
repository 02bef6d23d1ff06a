/** What of the page a card must keep clear of: videos, whatever can be pressed or typed into, open panels, and our own panels. */
import { ownBoxes } from "../../lib/dom";
import { PAGE } from "../../lib/surface";
import type { Box } from "./place";

const CONTROLS = PAGE.controls.join(", ");
const WHOLE = [...PAGE.player, ...PAGE.panel, ...PAGE.keepClear].join(", ");

/** The boxes to keep clear of, `host` (ours) left aside. */
export function takenBoxes(host: Element): Box[] {
  const controls = [...document.querySelectorAll(CONTROLS)].filter((each) => isOnTop(each, host));
  return [...controls, ...document.querySelectorAll(WHOLE)]
    .map((each) => each.getBoundingClientRect())
    .filter(isOnScreen)
    .concat(ownBoxes(host));
}

/** The box of the player nearest to the middle of the screen, null where no video is shown. */
export function playerBox(): Box | null {
  const middle = window.innerHeight / 2;
  const boxes = [...document.querySelectorAll(PAGE.player.join(", "))].map((each) => each.getBoundingClientRect());
  const away = (box: DOMRect): number => Math.abs((box.top + box.bottom) / 2 - middle);
  return boxes.filter(isOnScreen).sort((one, other) => away(one) - away(other))[0] ?? null;
}

function isOnScreen({ left, top, right, bottom, width, height }: DOMRect): boolean {
  return width > 0 && height > 0 && right > 0 && bottom > 0 && left < window.innerWidth && top < window.innerHeight;
}

/** What lies under an overlay cannot be pressed, so it may be covered. */
function isOnTop(control: Element, host: Element): boolean {
  const box = control.getBoundingClientRect();
  if (!isOnScreen(box)) return false;
  const x = Math.min(Math.max((box.left + box.right) / 2, 0), window.innerWidth - 1);
  const y = Math.min(Math.max((box.top + box.bottom) / 2, 0), window.innerHeight - 1);
  const hit = document.elementsFromPoint(x, y).find((each) => each !== host);
  return hit !== undefined && (control.contains(hit) || hit.contains(control));
}
