/** Where a card may stand: a free spot of the screen, as near to the video as there is one. Pure geometry. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Room kept to whatever stands around, and to the edge of the screen; pixels. */
export const GAP = 12;
const STEP = 12;

/** The free spot for `size` that is nearest to `beside`, the lower one of two; null where nothing is free. */
export function freeSpot(size: Size, view: Size, taken: readonly Box[], beside: Box | null): Box | null {
  let best: { box: Box; cost: number } | null = null;
  for (let top = view.height - GAP - size.height; top >= GAP; top -= STEP) {
    for (let left = GAP; left + size.width + GAP <= view.width; ) {
      const box = { left, top, right: left + size.width, bottom: top + size.height };
      const blocker = taken.find((each) => overlap(box, each, GAP));
      if (blocker !== undefined) {
        left = Math.max(left + STEP, Math.ceil(blocker.right + GAP));
        continue;
      }
      const cost = (beside === null ? 0 : distance(box, beside)) + (view.height - box.bottom) / 10;
      if (best === null || cost < best.cost) best = { box, cost };
      left += STEP;
    }
  }
  return best?.box ?? null;
}

/** Whether `box` keeps clear of everything in `taken` and within the screen. */
export function isFree(box: Box, view: Size, taken: readonly Box[]): boolean {
  const inside = box.left >= 0 && box.top >= 0 && box.right <= view.width && box.bottom <= view.height;
  return inside && !taken.some((each) => overlap(box, each, 0));
}

function overlap(one: Box, other: Box, gap: number): boolean {
  return (
    one.left < other.right + gap &&
    one.right > other.left - gap &&
    one.top < other.bottom + gap &&
    one.bottom > other.top - gap
  );
}

function distance(one: Box, other: Box): number {
  const across = Math.max(other.left - one.right, one.left - other.right, 0);
  const down = Math.max(other.top - one.bottom, one.top - other.bottom, 0);
  return Math.hypot(across, down);
}
