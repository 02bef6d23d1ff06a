/** Where a card of a given size goes: near its badge, wholly on screen. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const GAP = 6;
const EDGE = 8;

/** Top left corner (CSS px): below `near` if it fits, else above, else wherever it fits best. */
export function placeBeside(
  near: Box,
  card: { width: number; height: number },
  view: { width: number; height: number },
) {
  const below = near.bottom + GAP;
  const above = near.top - GAP - card.height;
  const fitsBelow = below + card.height + EDGE <= view.height;
  const top = fitsBelow || above < EDGE ? below : above;
  return {
    left: clamp(near.left, EDGE, view.width - card.width - EDGE),
    top: clamp(top, EDGE, view.height - card.height - EDGE),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
