// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { browser } from "wxt/browser";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { contentKey, ScoreCache } from "./cache";
import { scoreOf } from "./fake-companion.fixture";
import type { Context, Score } from "./messages";

const CONTEXT: Context = { caption: "lip gloss", hashtags: ["beauty"], product: "", parent: "" };
const SCORE = scoreOf({ id: "c1", text: "how much" }) as Score;
const made: ScoreCache[] = [];
const YOURS = { grade: 9, signal: "want" as const };

beforeEach(() => fakeBrowser.reset());
afterEach(() => Promise.all(made.splice(0).map((cache) => cache.clear()))); // no late write into the next test

function cacheOf(limit?: number): ScoreCache {
  const cache = new ScoreCache(limit);
  made.push(cache);
  return cache;
}

describe("contentKey", () => {
  test("differs with text, context, parent and model, and shows none of them", async () => {
    const key = await contentKey("how much", CONTEXT, "", "m1");
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    const keys = await Promise.all([
      contentKey("how much?", CONTEXT, "", "m1"),
      contentKey("how much", { ...CONTEXT, caption: "" }, "", "m1"),
      contentKey("how much", { ...CONTEXT, hashtags: [] }, "", "m1"),
      contentKey("how much", CONTEXT, "buy it", "m1"),
      contentKey("how much", CONTEXT, "", "m2"),
    ]);
    expect(new Set([key, ...keys]).size).toBe(6);
    expect(await contentKey("how much", { ...CONTEXT, parent: "ignored: given apart" }, "", "m1")).toBe(key);
  });
});

describe("ScoreCache", () => {
  test("answers for the id it was told, and asks for another id's own grade", () => {
    const cache = cacheOf();
    cache.put("k", SCORE, 0);
    expect(cache.get("c1", "k")).toEqual(SCORE);
    expect(cache.get("c1", "other")).toBeNull();
    expect(cache.get("c2", "k")).toBeNull(); // same words, but c2 might have been corrected
  });

  test("a correction and its undo show at once", () => {
    const cache = cacheOf();
    cache.put("k", SCORE, 0);
    cache.setYours("c1", YOURS);
    expect(cache.get("c1", "k")).toEqual({ ...SCORE, yours: YOURS });
    cache.setYours("c1", null);
    expect(cache.get("c1", "k")).toEqual(SCORE);
  });

  test("an answer asked for before a correction does not take it back; a later one does", () => {
    const cache = cacheOf();
    const before = Date.now() - 10;
    cache.setYours("c1", YOURS);
    expect(cache.put("k", SCORE, before)).toEqual({ ...SCORE, yours: YOURS });
    expect(cache.get("c1", "k")).toEqual({ ...SCORE, yours: YOURS });
    expect(cache.put("k", SCORE, Date.now() + 10)).toEqual(SCORE);
  });

  test("survives a stop of the worker, in as few writes as possible", async () => {
    const cache = cacheOf();
    let writes = 0;
    browser.storage.onChanged.addListener(() => void writes++);
    for (let index = 0; index < 100; index++) cache.put(`k${index}`, { ...SCORE, id: `c${index}` }, 0);
    await cache.flush();
    expect(writes).toBe(1);
    const next = cacheOf();
    await next.load();
    expect(next.get("c42", "k42")).toEqual({ ...SCORE, id: "c42" });
    expect(next.stats).toEqual(cache.stats);
  });

  test("keeps within its bytes, in memory and in storage", async () => {
    const cache = cacheOf(5_000);
    for (let index = 0; index < 200; index++) cache.put(`k${index}`, { ...SCORE, id: `c${index}` }, 0);
    await cache.flush();
    expect(cache.stats.bytes).toBeLessThanOrEqual(5_000);
    const stored = Object.entries(await browser.storage.session.get(null));
    expect(stored).toHaveLength(cache.stats.entries);
    expect(stored.reduce((sum, [key, value]) => sum + key.length + JSON.stringify(value).length, 0)).toBe(
      cache.stats.bytes,
    );
    expect(cache.get("c199", "k199")).not.toBeNull();
    expect(cache.get("c0", "k0")).toBeNull();
  });

  test("forgets everything, and leaves others' keys alone", async () => {
    await browser.storage.session.set({ "report:1": { seen: 1 } });
    const cache = cacheOf();
    cache.put("k", SCORE, 0);
    await cache.flush();
    cache.put("k2", SCORE, 0);
    await cache.clear();
    await cache.flush();
    expect(cache.get("c1", "k")).toBeNull();
    expect(Object.keys(await browser.storage.session.get(null))).toEqual(["report:1"]);
  });
});
