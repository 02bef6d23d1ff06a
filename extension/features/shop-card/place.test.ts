/** Free spots: never over anything, near the video, none where there is no room. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Box, freeSpot, GAP, isFree } from "./place";

const VIEW = { width: 1440, height: 900 };
const CARD = { width: 272, height: 300 };
const NAV: Box = { left: 0, top: 0, right: 220, bottom: 900 };
const PLAYER: Box = { left: 560, top: 16, right: 1048, bottom: 884 };
const ACTIONS: Box = { left: 1064, top: 500, right: 1120, bottom: 860 };

const box = fc
  .record({
    left: fc.integer({ min: -200, max: 1400 }),
    top: fc.integer({ min: -200, max: 880 }),
    w: fc.integer({ min: 1, max: 500 }),
    h: fc.integer({ min: 1, max: 500 }),
  })
  .map(({ left, top, w, h }) => ({ left, top, right: left + w, bottom: top + h }));

it("keeps clear of everything, whatever the page looks like", () => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 30 }), fc.option(box), (taken, beside) => {
      const spot = freeSpot(CARD, VIEW, taken, beside);
      if (spot === null) return;
      const roomy = { left: spot.left - GAP, top: spot.top - GAP, right: spot.right + GAP, bottom: spot.bottom + GAP };
      expect(isFree(roomy, VIEW, taken)).toBe(true);
      expect([spot.right - spot.left, spot.bottom - spot.top]).toEqual([CARD.width, CARD.height]);
    }),
  );
});

it("stands right beside the video, low on the screen", () => {
  const spot = freeSpot(CARD, VIEW, [NAV, PLAYER, ACTIONS], PLAYER) as Box;
  expect(spot.bottom).toBe(VIEW.height - GAP);
  const away = Math.min(Math.abs(PLAYER.left - spot.right), Math.abs(spot.left - PLAYER.right));
  expect(away).toBeLessThan(120);
});

it("finds the one gap that is left, and says where there is none", () => {
  const rest = { left: 1132, top: 0, right: 1440, bottom: 900 };
  const spot = freeSpot(CARD, VIEW, [NAV, PLAYER, ACTIONS, rest], PLAYER) as Box;
  expect(spot.left).toBeGreaterThanOrEqual(NAV.right + GAP);
  expect(spot.right).toBeLessThanOrEqual(PLAYER.left - GAP);
  expect(freeSpot(CARD, VIEW, [NAV, PLAYER, ACTIONS, rest, { ...PLAYER, left: 400 }], PLAYER)).toBeNull();
  expect(freeSpot(CARD, { width: 280, height: 900 }, [], null)).toBeNull();
});
