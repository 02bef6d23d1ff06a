import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteLru } from "./lru";

test("the entry used longest ago goes first", () => {
  const lru = new ByteLru<string>(30);
  for (const key of ["a", "b", "c"]) expect(lru.set(key, key, 10)).toEqual([]);
  expect(lru.get("a")).toBe("a");
  expect(lru.set("d", "d", 15)).toEqual(["b", "c"]);
  expect([lru.get("a"), lru.get("b"), lru.get("d")]).toEqual(["a", undefined, "d"]);
  expect(lru.bytes).toBe(25);
});

test("a value bigger than the whole is not kept", () => {
  const lru = new ByteLru<string>(30);
  lru.set("a", "a", 10);
  expect(lru.set("b", "b", 31)).toEqual(["a", "b"]);
  expect([lru.size, lru.bytes]).toEqual([0, 0]);
});

test("whatever is stored, bytes are counted and bounded", () => {
  const entries = fc.array(fc.tuple(fc.constantFrom(..."abcdefgh"), fc.integer({ min: 1, max: 40 })));
  fc.assert(
    fc.property(entries, (steps) => {
      const lru = new ByteLru<number>(100);
      const model = new Map<string, number>();
      for (const [key, bytes] of steps) {
        model.delete(key);
        model.set(key, bytes);
        for (const gone of lru.set(key, bytes, bytes)) model.delete(gone);
        const sum = [...model.values()].reduce((total, weight) => total + weight, 0);
        expect([lru.bytes, lru.size]).toEqual([sum, model.size]);
        expect(sum).toBeLessThanOrEqual(100);
      }
    }),
  );
});
