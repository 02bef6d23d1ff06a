import { describe, expect, it } from "vitest";
import { showFixture } from "./page.fixture";
import { likesOf, readRow, slotOf } from "./rows";
import { closest, first, LAYOUTS, layoutOf } from "./surface";

const WHERE = "where can I buy this??";
const EXPECTED = [
  { handle: "mia.tests", text: WHERE, level: 1, parent: "" },
  { handle: "shop.tests", text: "@Mia ✨ link in bio!", level: 2, parent: WHERE },
  { handle: "zara.tests", text: "does it ship to canada", level: 2, parent: WHERE },
  { handle: "noor.tests", text: "اس کی قیمت کیا ہے؟", level: 1, parent: "" },
  { handle: "pic.tests", text: "", level: 1, parent: "" },
  { handle: "mia.tests", text: WHERE, level: 1, parent: "" },
];
const IDS = ["493", "494", "495", "496", "497", "498"].map((end) => `7690150317979337${end}`);

describe.each(LAYOUTS.map((layout) => [layout.id, layout] as const))("the layout %s on its fixture", (id, layout) => {
  const hasIds = id === "g1-classic" || id === "g2-browse";

  it("is dated and recognised in every row", () => {
    const anchors = showFixture(layout.fixture);
    expect(layout.date).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(anchors.map((anchor) => layoutOf(anchor)?.layout.id)).toEqual(EXPECTED.map(() => id));
  });

  it("reads writer, words, level, parent and id; a mention is not the writer, an image has no words", () => {
    const rows = showFixture(layout.fixture).map((anchor) => readRow(anchor)?.row);
    expect(rows).toEqual(EXPECTED.map((row, index) => ({ ...row, cid: hasIds ? IDS[index] : null })));
  });

  it("finds likes, list, thread and a place for the badge outside the text in every row", () => {
    for (const anchor of showFixture(layout.fixture)) {
      const reading = readRow(anchor);
      if (reading === null) throw new Error("row not read");
      expect(likesOf(reading)).toMatch(/^[\d.K]+$/);
      expect(closest(anchor, layout.list)).not.toBeNull();
      expect(closest(reading.element, layout.thread)).not.toBeNull();
      const place = slotOf(reading);
      expect(place).not.toBeNull();
      expect(anchor.contains(place?.target ?? anchor)).toBe(false);
    }
  });

  it("has no selector without a use: each one finds something in its fixture or backs up one that does", () => {
    showFixture(layout.fixture);
    for (const selectors of [layout.row, layout.thread, layout.list, layout.author, layout.likes, layout.recognise])
      expect(first(document, selectors)).not.toBeNull();
  });

  it.runIf(hasIds)("sees the creator's mark on the creator's reply only", () => {
    const marks = showFixture(layout.fixture).map((anchor) => readRow(anchor)?.creatorMark);
    expect(marks).toEqual([false, true, false, false, false, false]);
  });
});

it("reads nothing where the markup is unknown", () => {
  document.body.replaceChildren();
  const stray = document.createElement("b");
  stray.setAttribute("data-e2e", "comment-level-1");
  stray.textContent = "where?";
  document.body.append(stray);
  expect(readRow(stray)).toBeNull();
});
