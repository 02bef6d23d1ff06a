import { expect, it } from "vitest";
import { h } from "../../lib/dom";
import { tabWithin } from "./tab-cycle";

const close = h("button", {}, "×");
const grade = h("button", {}, 1);
const hidden = h("div", { hidden: true }, h("button", {}, "undo"));
const card = h("div", { tabindex: -1 }, close, h("p", {}, "why"), grade, hidden);

it("leads from the last button to the first, and back", () => {
  expect(tabWithin(card, grade, false)).toBe(close);
  expect(tabWithin(card, close, true)).toBe(grade);
});

it("leads backwards from the card itself, which has the focus when it opens, to its last button", () => {
  expect(tabWithin(card, card, true)).toBe(grade);
});

it("leaves steps within the card to the browser", () => {
  expect(tabWithin(card, card, false)).toBeNull();
  expect(tabWithin(card, close, false)).toBeNull();
  expect(tabWithin(card, grade, true)).toBeNull();
});

it("has nowhere to lead in a card without buttons", () => {
  expect(tabWithin(h("div", {}), null, false)).toBeNull();
});
