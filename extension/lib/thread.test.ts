import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Row, ScoreReply } from "./messages";
import { EverythingVisible, score, showFixture } from "./page.fixture";
import { type Comment, Thread } from "./thread";

let stop: AbortController;
let replies: { rows: Row[]; answer: (reply: ScoreReply) => void }[];

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", EverythingVisible);
  vi.useFakeTimers();
  stop = new AbortController();
  replies = [];
});

afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function read(fixture: string): { thread: Thread; anchors: Element[]; told: Map<Element, Comment | null> } {
  const anchors = showFixture(fixture);
  const send = (rows: Row[]): Promise<ScoreReply> => new Promise((answer) => replies.push({ rows, answer }));
  const thread = new Thread("shop.tests", send, stop.signal);
  const told = new Map<Element, Comment | null>();
  thread.listen((anchor, comment) => told.set(anchor, comment), stop.signal);
  thread.start();
  return { thread, anchors, told };
}

async function settle(ms = 200): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

async function answerAll(grade: number): Promise<void> {
  for (const { rows, answer } of replies.splice(0))
    answer({ ok: true, model: "m", scores: rows.map((row) => score(row.text, grade)) });
  await settle(0);
}

const gradeAt = (thread: Thread, anchor: Element | undefined): number | string => {
  const grading = anchor && thread.at(anchor)?.grading;
  return grading?.state === "scored" ? grading.score.grade : (grading?.state ?? "none");
};

it("asks once for every comment with words but the creator's own, telling twins apart, and grades each in its place", async () => {
  const { thread, anchors } = read("g4-drawer.html");
  await settle();
  expect(replies.map(({ rows }) => rows.map((row) => [row.text, row.nth]))).toEqual([
    [
      ["where can I buy this??", 0],
      ["does it ship to canada", 0],
      ["اس کی قیمت کیا ہے؟", 0],
      ["where can I buy this??", 1],
    ],
  ]);
  await answerAll(8);
  expect(anchors.map((anchor) => gradeAt(thread, anchor))).toEqual([8, "creator", 8, 8, "none", 8]);
  expect(anchors.map((anchor) => thread.at(anchor)?.byCreator)).toEqual([false, true, false, false, undefined, false]);
});

it("throws away a late answer for words that are gone, and asks for the new ones", async () => {
  const { thread, anchors } = read("g2-browse.html");
  await settle();
  const text = anchors[0]?.querySelector("span")?.firstChild;
  if (text) text.nodeValue = "not for me";
  await settle(0);
  expect(gradeAt(thread, anchors[0])).toBe("pending");
  await answerAll(9);
  expect(gradeAt(thread, anchors[0])).toBe("pending");
  await settle();
  expect(replies.flatMap(({ rows }) => rows.map((row) => row.text))).toContain("not for me");
  await answerAll(2);
  expect(gradeAt(thread, anchors[0])).toBe(2);
});

it("takes a row that is reused for another writer or id as another comment, even with the same words", async () => {
  const { thread, anchors } = read("g2-browse.html");
  await settle();
  await answerAll(8);
  const row = anchors[0]?.closest("[data-comment-ui-enabled]");
  row?.setAttribute("id", "7690150317979337777");
  await settle(0);
  expect(gradeAt(thread, anchors[0])).toBe("pending");
  expect(thread.at(anchors[0] as Element)?.row.cid).toBe("7690150317979337777");
});

it("shows a comment that scrolled away and back its grade without asking again", async () => {
  const { thread, anchors } = read("g2-browse.html");
  await settle();
  await answerAll(8);
  const item = anchors[3]?.closest('[class*="DivVirtualItemContainer"]');
  const list = item?.parentElement;
  item?.remove();
  await settle(0);
  expect(gradeAt(thread, anchors[3])).toBe("none");
  const again = item?.cloneNode(true) as Element;
  list?.append(again);
  await settle(0);
  expect(gradeAt(thread, again.querySelector('[data-e2e="comment-level-1"]') as Element)).toBe(8);
  await settle();
  expect(replies).toEqual([]);
});

it("reads replies anew when the comment they answer becomes another one", async () => {
  const { thread, anchors } = read("g4-drawer.html");
  await settle();
  await answerAll(8);
  const words = anchors[0]?.firstChild?.firstChild;
  if (words) words.nodeValue = "is it loud?";
  await settle(0);
  expect(thread.at(anchors[2] as Element)?.row.parent).toBe("is it loud?");
  expect(gradeAt(thread, anchors[2])).toBe("pending");
});

it("forgets a place whose comment lost its words", async () => {
  const { thread, anchors, told } = read("g4-drawer.html");
  await settle();
  anchors[3]?.replaceChildren();
  await settle(0);
  expect(thread.at(anchors[3] as Element)).toBeUndefined();
  expect(told.get(anchors[3] as Element)).toBeNull();
});

it("puts the user's grade on every place of that comment and takes it back", async () => {
  const { thread, anchors } = read("g2-browse.html");
  await settle();
  await answerAll(8);
  const comment = thread.at(anchors[0] as Element) as Comment;
  thread.corrected(comment.id, { grade: 3, signal: null });
  expect(thread.at(anchors[0] as Element)?.grading).toMatchObject({ score: { yours: { grade: 3 } } });
  thread.corrected(comment.id, null);
  expect(thread.at(anchors[0] as Element)?.grading).toMatchObject({ score: { yours: null } });
  expect(thread.seen().filter(({ id }) => id === comment.id)).toHaveLength(1);
});

it("is not fooled by marks that the page puts on its rows", async () => {
  const { thread, anchors } = read("g4-drawer.html");
  for (const anchor of anchors) {
    anchor.setAttribute("data-buysignal", "done");
    anchor.classList.add("buysignal-seen");
  }
  await settle();
  await answerAll(8);
  expect(gradeAt(thread, anchors[0])).toBe(8);
});
