import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cut, sanitize, TEXT_LIMIT } from "./sanitize";

const noise = fc.string({ unit: "binary", maxLength: 3000 });
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 3000 })
  .map((units) => String.fromCharCode(...units));

describe("sanitize", () => {
  test.each([
    ["e\u0301", "é"],
    ["buy\u202eyub", "buyyub"],
    ["a\u0000b\u0007c", "abc"],
    ["two\r\nlines\there", "two lines here"],
    ["  spaces  ", "spaces"],
    ["\ud83d lone", "\ufffd lone"],
    ["👩‍👧 family", "👩‍👧 family"],
    ["", ""],
    ["\u202e\u200f", ""],
  ])("%j becomes %j", (raw, clean) => {
    expect(sanitize(raw)).toBe(clean);
  });

  test("counts code points, not units, and never splits one", () => {
    expect(sanitize("😀".repeat(1001))).toBe("😀".repeat(1000));
    expect(cut("a😀b", 2)).toBe("a😀");
  });

  test("a 10 MB comment costs far less than normalising all of it", () => {
    const huge = "e\u0301".repeat(5_000_000);
    expect(sanitize(huge)).toBe("é".repeat(1000));
    expect(fastest(() => sanitize(huge)) * 5).toBeLessThan(fastest(() => huge.normalize("NFC")));
  });

  test.each([
    ["text", noise],
    ["any code units", anyUnits],
  ] as const)("whatever the %s: clean, short, well-formed, stable", (_, source) => {
    fc.assert(
      fc.property(source, (raw) => {
        const clean = sanitize(raw);
        expect(clean.isWellFormed()).toBe(true);
        expect([...clean].length).toBeLessThanOrEqual(TEXT_LIMIT);
        expect(clean).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(clean.normalize("NFC")).toBe(clean);
        expect(sanitize(clean)).toBe(clean);
      }),
    );
  });
});

/** The shortest of three runs, in ms: other programs on the machine only ever make one longer. */
function fastest(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}
