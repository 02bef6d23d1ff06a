import fc from "fast-check";
import { expect, it } from "vitest";
import { placeBeside } from "./place";
import { Returns } from "./presence";

it("stands below its badge where it fits, else above", () => {
  const card = { width: 300, height: 200 };
  const view = { width: 1000, height: 600 };
  expect(placeBeside({ left: 100, top: 100, right: 180, bottom: 124 }, card, view)).toEqual({ left: 100, top: 130 });
  expect(placeBeside({ left: 900, top: 500, right: 980, bottom: 524 }, card, view)).toEqual({ left: 692, top: 294 });
});

it("never leaves a screen that is large enough for it", () => {
  const size = fc.integer({ min: 0, max: 3_000 });
  fc.assert(
    fc.property(
      size,
      size,
      fc.integer({ min: 360, max: 3_000 }),
      fc.integer({ min: 540, max: 3_000 }),
      (left, top, width, height) => {
        const card = { width: 340, height: 520 };
        const at = placeBeside({ left, top, right: left + 84, bottom: top + 24 }, card, { width, height });
        expect(at.left).toBeGreaterThanOrEqual(8);
        expect(at.top).toBeGreaterThanOrEqual(8);
        expect(at.left + card.width).toBeLessThanOrEqual(width);
        expect(at.top + card.height).toBeLessThanOrEqual(height);
      },
    ),
  );
});

it("waits longer each time something is swept away again, and starts over after a calm", () => {
  const returns = new Returns();
  expect(Array.from({ length: 6 }, () => returns.wait(0))).toEqual([0, 0, 0, 1_000, 2_000, 4_000]);
  expect(returns.wait(60_000)).toBe(0);
});
