// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Outcome } from "../protocol/client";
import { FakeCompanion, SECRETS, scoreOf } from "./fake-companion.fixture";
import type { Context, Score } from "./messages";
import { type Comment, ScoreQueue } from "./queue";

let server: FakeCompanion;
let port: number;
let slept: number[];
let failures: Outcome<unknown>[];
let queue: ScoreQueue;
const EMPTY: Context = { caption: "", hashtags: [], product: "", parent: "" };

beforeEach(async () => {
  server = new FakeCompanion();
  port = await server.start();
  slept = [];
  failures = [];
  queue = new ScoreQueue({
    session: async () => ({ ...SECRETS, port, model: "model-1", scopes: [] }),
    failed: (outcome) => {
      failures.push(outcome);
      return !outcome.ok && outcome.kind !== "refused";
    },
    scored: async ({ score }) => score,
    sleep: async (milliseconds) => void slept.push(milliseconds),
  });
});
afterEach(() => server.stop());

function comments(count: number, prefix = "c", text = (index: number) => "x".repeat(index % 10)): Comment[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, text: text(index), parent: "" }));
}

function sizes(): number[] {
  return server.asked("/v1/score").map((seen) => (seen.body.comments as unknown[]).length);
}

function expected(asked: Comment[]): Score[] {
  return asked.map((comment) => scoreOf(comment) as Score);
}

describe("batches", () => {
  test("hold at most 50 comments, one request at a time, answers in order", async () => {
    const asked = comments(120);
    expect(await queue.ask(1, EMPTY, asked)).toEqual(expected(asked));
    expect(sizes()).toEqual([50, 50, 20]);
    expect(server.mostInFlight).toBe(1);
    expect(server.seen[0]?.authorization).toBe(`Bearer ${SECRETS.token}`);
  });

  test("stay under the companion's body limit with the longest comments", async () => {
    const asked = comments(50, "c", () => "😀".repeat(1000)).map((comment) => ({
      ...comment,
      parent: "ß".repeat(1000),
    }));
    await queue.ask(1, EMPTY, asked);
    const bytes = server.seen.map((seen) => new TextEncoder().encode(JSON.stringify(seen.body)).length);
    expect(Math.max(...bytes)).toBeLessThan(256_000);
    expect(sizes().reduce((sum, size) => sum + size, 0)).toBe(50);
  });

  test("hold one context each, without a parent of their own", async () => {
    const other = { ...EMPTY, caption: "lip gloss", parent: "not for all" };
    await Promise.all([queue.ask(1, EMPTY, comments(2, "a")), queue.ask(1, other, comments(3, "b"))]);
    expect(sizes()).toEqual([2, 3]);
    expect(server.seen[1]?.body.context).toEqual({ ...other, parent: "" });
  });

  test("take turns between tabs", async () => {
    await Promise.all([queue.ask(1, EMPTY, comments(100, "a")), queue.ask(2, EMPTY, comments(10, "b"))]);
    const order = server.seen.map((seen) => (seen.body.comments as Comment[])[0]?.id[0]);
    expect(order).toEqual(["a", "b", "a"]);
  });
});

describe("the same comment", () => {
  test("is sent once for several askers, also while on its way", async () => {
    const asked = comments(3);
    const answers = await Promise.all([
      queue.ask(1, EMPTY, asked),
      queue.ask(2, EMPTY, asked),
      queue.ask(1, EMPTY, asked),
    ]);
    expect(sizes()).toEqual([3]);
    expect(answers).toEqual([expected(asked), expected(asked), expected(asked)]);
    expect(queue.waiting).toBe(0);
  });

  test("is sent again when its text or its parent differs", async () => {
    const one = { id: "c", text: "how much", parent: "" };
    await queue.ask(1, EMPTY, [one, { ...one, text: "how much?" }, { ...one, parent: "buy it" }]);
    expect(sizes()).toEqual([3]);
  });
});

describe("a busy companion", () => {
  test.each([429, 503])("%i: waits as long as Retry-After says, then sends the same batch", async (status) => {
    let refusals = 2;
    server.script = () =>
      refusals-- > 0
        ? { status, headers: { "Retry-After": "7" }, body: { error: "busy", message: "try later" } }
        : null;
    const asked = comments(2);
    expect(await queue.ask(1, EMPTY, asked)).toEqual(expected(asked));
    expect(slept).toEqual([7000, 7000]);
    expect(sizes()).toEqual([2, 2, 2]);
    expect(failures).toEqual([]);
  });

  test("is given up on after five tries, with its own words", async () => {
    server.script = () => ({ status: 503, body: { error: "busy", message: "the model is busy" } });
    await expect(queue.ask(1, EMPTY, comments(1))).rejects.toThrow("the model is busy");
    expect(sizes()).toHaveLength(5);
  });
});

describe("failures", () => {
  test("a lost companion fails everything that waits, and the queue goes on afterwards", async () => {
    server.script = () => ({ type: "text/html", body: "<html>" });
    const both = await Promise.allSettled([
      queue.ask(1, EMPTY, comments(60, "a")),
      queue.ask(2, EMPTY, comments(5, "b")),
    ]);
    expect(both.map((result) => result.status)).toEqual(["rejected", "rejected"]);
    expect(sizes()).toEqual([50]);
    expect(failures).toEqual([{ ok: false, kind: "stranger" }]);
    server.script = () => null;
    expect(await queue.ask(1, EMPTY, comments(1))).toHaveLength(1);
  });

  test("a refused batch fails alone", async () => {
    server.script = ({ body }) =>
      (body.comments as Comment[])[0]?.id === "a0" ? { status: 422, body: { error: "bad", message: "no" } } : null;
    const both = await Promise.allSettled([
      queue.ask(1, EMPTY, comments(1, "a")),
      queue.ask(2, EMPTY, comments(1, "b")),
    ]);
    expect(both.map((result) => result.status)).toEqual(["rejected", "fulfilled"]);
  });

  test("answers to other ids or too few of them are not taken", async () => {
    server.script = ({ body }) => ({
      body: { model: "m", scores: (body.comments as Comment[]).map(scoreOf).reverse() },
    });
    await expect(queue.ask(1, EMPTY, comments(2))).rejects.toThrow("cannot be reached");
    expect(failures).toEqual([{ ok: false, kind: "stranger" }]);
  });

  test("a closed tab's comments are not sent any more", async () => {
    const first = queue.ask(1, EMPTY, comments(1, "a"));
    const second = queue.ask(2, EMPTY, comments(1, "b"));
    queue.drop(2);
    await expect(second).rejects.toThrow("closed");
    expect(await first).toHaveLength(1);
    expect(sizes()).toEqual([1]);
  });
});
