import { expect, it } from "vitest";
import type { Score } from "../../lib/messages";
import { score } from "../../lib/page.fixture";
import type { Seen } from "../../lib/thread";
import { exportCsv, videoLink } from "./export";
import { pick, tallyOf } from "./tally";

let order = 0;

function seen(text: string, grade: number | null, rest: Partial<Score> = {}, byCreator = false): Seen {
  const row = { cid: null, handle: "secret.handle", text, level: 1 as const, nth: 0, parent: "" };
  const grading =
    grade === null
      ? ({ state: "pending" } as const)
      : ({ state: "scored", score: score(text, grade, rest), model: "m1" } as const);
  return { id: text, row, byCreator, order: order++, grading, place: new WeakRef(document.createElement("p")) };
}

const THREAD = [
  seen("lol", 2),
  seen("link??", 8.4),
  seen("how much", 8, { signal: "price" }),
  seen("too expensive", 2, { signal: "objection" }),
  seen("link in bio", 8, {}, true),
  seen("does it come in black", 7, { signal: "question", yours: { grade: 4, signal: null } }),
  seen("not read yet", null),
];

it("counts what others wrote and was graded, the user's own grade first", () => {
  const tally = tallyOf(THREAD);
  expect([tally.seen, tally.graded.length, tally.high]).toEqual([6, 5, 2]);
  expect(tally.share[0]).toBeCloseTo(0.1176, 4);
  expect(tally.share[1]).toBeCloseTo(0.7693, 4);
  expect(tally.asks).toEqual([
    { signal: "price", count: 1 },
    { signal: "availability", count: 1 },
    { signal: "question", count: 1 },
  ]);
  expect(tally.objections.map(({ seen: { row } }) => row.text)).toEqual(["too expensive"]);
});

it("filters and sorts its own copy", () => {
  const { graded } = tallyOf(THREAD);
  const texts = (...args: [Parameters<typeof pick>[1], Parameters<typeof pick>[2]]) =>
    pick(graded, ...args).map((each) => each.seen.row.text);
  expect(texts("all", "as-seen")).toEqual(["lol", "link??", "how much", "too expensive", "does it come in black"]);
  expect(texts("all", "buyers-first")).toEqual(["link??", "how much", "does it come in black", "lol", "too expensive"]);
  expect(texts("buyers", "buyers-first")).toEqual(["link??", "how much"]);
  expect(texts("questions", "as-seen")).toEqual(["link??", "how much", "does it come in black"]);
  expect(texts("objections", "as-seen")).toEqual(["too expensive"]);
});

it("exports grades, reasons and words, and nobody's name", () => {
  const csv = exportCsv(
    tallyOf([seen("=cmd|' /C calc'!A0", 8.4), seen("ok", 7, { yours: { grade: 4, signal: null } })]).graded,
    videoLink("shop", "7"),
  );
  expect(csv).toBe(
    "\ufeffgrade,interval_low,interval_high,high_intent,signal,sentiment,unsure,your_grade,model,is_reply,text,link\r\n" +
      "8.4,7.4,9.4,yes,availability,neutral,no,,m1,no,'=cmd|' /C calc'!A0,https://www.tiktok.com/@shop/video/7\r\n" +
      "7,6,8,no,availability,neutral,no,4,m1,no,ok,https://www.tiktok.com/@shop/video/7\r\n",
  );
  expect(csv).not.toContain("secret.handle");
});

it("knows nothing before a comment was graded", () => {
  expect(tallyOf([])).toEqual({ seen: 0, graded: [], high: 0, share: [0, 1], asks: [], objections: [] });
});
