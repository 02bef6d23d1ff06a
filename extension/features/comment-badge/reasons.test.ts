import { expect, it } from "vitest";
import type { Explanation } from "../../lib/messages";
import { score } from "../../lib/page.fixture";
import { marked, reasonsOf } from "./reasons";

const word = (text: string, start: number, end: number, effect: number) => ({ text, start, end, effect });

function show(parts: (Node | string)[]): HTMLElement {
  const box = document.createElement("div");
  box.append(...parts);
  return box;
}

it("marks words by code points, so that emoji before them do not shift the marks", () => {
  const box = show(marked("😭😭 need it", [word("need", 3, 7, 2.5), word("😭", 0, 1, -0.4)]));
  expect(box.textContent).toBe("😭😭 need it");
  expect([...box.querySelectorAll("mark")].map((mark) => [mark.className, mark.textContent])).toEqual([
    ["minus", "😭"],
    ["plus", "need"],
  ]);
});

it("leaves out places that overlap or lie outside the text", () => {
  const box = show(
    marked("need it", [word("need", 0, 4, 1), word("eed i", 1, 6, 1), word("x", 6, 99, 1), word("y", 5, 5, 1)]),
  );
  expect(box.textContent).toBe("need it");
  expect(box.querySelectorAll("mark")).toHaveLength(1);
});

it.each([
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "</style><script>alert(1)</script>",
  "javascript:alert(1)",
])("shows %s as words", (attack) => {
  const explanation: Explanation = {
    model: "m",
    score: score("1", 8),
    words: [word(attack, 0, attack.length, 1)],
    examples: [{ text: attack, grade: 8, signal: "want", source: "seed", similarity: 1 }],
  };
  const box = show(reasonsOf(attack, explanation));
  expect(box.querySelectorAll("img, svg, script, style, a")).toHaveLength(0);
  expect(box.querySelector("mark")?.textContent).toBe(attack);
  expect(box.querySelector("q")?.textContent).toBe(attack);
});

it("says more or less by sign, shape and name, not by colour alone", () => {
  const explanation: Explanation = {
    model: "m",
    score: score("1", 8),
    words: [word("need", 0, 4, 1.5), word("lol", 5, 8, -0.5)],
    examples: [],
  };
  const chips = [...show(reasonsOf("need lol", explanation)).querySelectorAll(".chips li")];
  expect(chips.map((chip) => [chip.textContent, chip.getAttribute("aria-label")])).toEqual([
    ["need+1.5", "“need” raises the grade by 1.5"],
    ["lol−0.5", "“lol” lowers the grade by 0.5"],
  ]);
});
