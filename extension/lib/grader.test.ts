import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Gradable, Grader, type Grading } from "./grader";
import type { Failure, Row, ScoreReply } from "./messages";
import { score } from "./page.fixture";

let stop: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  stop = new AbortController();
});

afterEach(() => {
  stop.abort();
  vi.useRealTimers();
});

function comment(text: string): Gradable {
  return { row: { cid: null, handle: "a", text, level: 1, nth: 0, parent: "" }, grading: { state: "pending" } };
}

function graderThatAnswers(answer: (rows: Row[]) => ScoreReply | Promise<ScoreReply>) {
  const asked: string[][] = [];
  const got = new Map<string, Grading>();
  const send = async (rows: Row[]): Promise<ScoreReply> => {
    asked.push(rows.map((row) => row.text));
    return answer(rows);
  };
  const grader = new Grader<Gradable>(send, ({ row }, grading) => got.set(row.text, grading), stop.signal);
  return { grader, asked, got };
}

const good = (rows: Row[]): ScoreReply => ({ ok: true, model: "m", scores: rows.map((row) => score(row.text, 8)) });
const offline: Failure = { ok: false, link: { state: "offline", retryAt: 0 }, message: "" };

it("collects for 150 ms, then asks for at most 50 at a time, one request in flight", async () => {
  let inFlight = 0;
  let most = 0;
  const { grader, asked, got } = graderThatAnswers(async (rows) => {
    most = Math.max(most, ++inFlight);
    await new Promise((resolve) => setTimeout(resolve, 100));
    inFlight -= 1;
    return good(rows);
  });
  for (let index = 0; index < 120; index += 1) grader.want(comment(`c${index}`));
  await vi.advanceTimersByTimeAsync(149);
  expect(asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.map((batch) => batch.length)).toEqual([50, 50, 20]);
  expect(most).toBe(1);
  expect(got.size).toBe(120);
});

it("does not ask for what left the screen meanwhile", async () => {
  const { grader, asked } = graderThatAnswers(good);
  const [kept, left] = [comment("kept"), comment("left")];
  grader.want(kept);
  grader.want(left);
  grader.unwant(left);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([["kept"]]);
});

it("says offline on every waiting comment, looks again after 2, 4, 8 s, and catches up when it answers", async () => {
  let isUp = false;
  const { grader, asked, got } = graderThatAnswers((rows) => (isUp ? good(rows) : offline));
  grader.want(comment("first"));
  await vi.advanceTimersByTimeAsync(200);
  grader.want(comment("second"));
  expect([...got].map(([text, grading]) => [text, grading.state])).toEqual([
    ["first", "down"],
    ["second", "down"],
  ]);
  await vi.advanceTimersByTimeAsync(6_500);
  expect(asked).toHaveLength(3);
  isUp = true;
  await vi.advanceTimersByTimeAsync(8_000);
  expect([...got.values()].map((grading) => grading.state)).toEqual(["scored", "scored"]);
});

it("asks at once when the worker says the companion is back", async () => {
  let isUp = false;
  const { grader, got } = graderThatAnswers((rows) => (isUp ? good(rows) : offline));
  grader.want(comment("first"));
  await vi.advanceTimersByTimeAsync(200);
  isUp = true;
  grader.linkChanged({ state: "ready", model: "m", version: "1" });
  await vi.advanceTimersByTimeAsync(200);
  expect(got.get("first")?.state).toBe("scored");
});

it("stays silent in a hidden tab until it is shown", async () => {
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  const { grader, asked } = graderThatAnswers(good);
  grader.want(comment("first"));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual([]);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toEqual([["first"]]);
});

it("asks nothing after navigation", async () => {
  const { grader, asked } = graderThatAnswers(good);
  grader.want(comment("first"));
  stop.abort();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual([]);
});
