import { expect, it } from "vitest";
import { score } from "../../lib/page.fixture";
import { faceOf } from "./face";

const shown = { threshold: 0.5, quiet: true };
const graded = (grade: number, rest = {}) => ({ state: "scored", score: score("1", grade, rest), model: "m" }) as const;

it.each([
  [
    "a buyer",
    graded(8),
    { kind: "high", number: "8", word: "where?", name: "Buying intent 8 of 10, asks where to buy" },
  ],
  ["small talk", graded(2), { kind: "quiet", number: "", word: "", name: "Buying intent 2 of 10" }],
  [
    "undecided, perhaps a buyer",
    graded(6, { unsure: true, interval: [3.6, 8.4] }),
    { kind: "unsure", number: "?", word: "4–8", name: "Buying intent not sure, between 4 and 8 of 10" },
  ],
  [
    "undecided, surely no buyer",
    graded(3, { unsure: true, interval: [1, 5.2] }),
    { kind: "quiet", number: "", word: "", name: "Buying intent not sure, between 1 and 5 of 10" },
  ],
  [
    "corrected",
    graded(8, { yours: { grade: 4, signal: null } }),
    { kind: "low", number: "4", word: "yours", name: "Buying intent 4 of 10, your grade" },
  ],
  [
    "not read yet",
    { state: "pending" } as const,
    { kind: "pending", number: "", word: "", name: "Buying intent: being read…" },
  ],
])("%s", (_, grading, face) => {
  expect(faceOf(grading, shown)).toEqual(face);
});

it("says why nothing is known in the words of the popup", () => {
  expect(faceOf({ state: "down", link: { state: "unpaired" } }, shown).name).toMatch(/not paired/);
  expect(faceOf({ state: "down", link: { state: "offline", retryAt: 0 } }, shown).name).toMatch(/not running/);
});

it("shows the number of every comment where quiet dots are off, and obeys the threshold", () => {
  expect(faceOf(graded(2), { threshold: 0.5, quiet: false })).toMatchObject({ kind: "low", number: "2" });
  expect(faceOf(graded(5, { p_high: 0.3 }), { threshold: 0.2, quiet: true })).toMatchObject({
    kind: "mid",
    number: "5",
  });
});
