import fc from "fast-check";
import { expect, test } from "vitest";
import { backoff } from "./backoff";

test("doubles from 2 s to 60 s", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((failures) => backoff(failures, 0.5))).toEqual([
    2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000,
  ]);
});

test("is spread, but never under 2 s or over 60 s", () => {
  expect(backoff(3, 0)).toBe(6400);
  expect(backoff(3, 0.999)).toBe(9597);
  fc.assert(
    fc.property(fc.nat(2000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, random) => {
      const delay = backoff(failures, random);
      expect(delay).toBeGreaterThanOrEqual(2000);
      expect(delay).toBeLessThanOrEqual(60_000);
    }),
  );
});
