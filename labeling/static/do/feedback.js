// In a practice round: the right answer and why, after each answer.

import { inWords } from "./draft.js";

/** Show what {right, why} says about the event just sent; null hides it. */
export function showFeedback(box, found, event) {
  box.hidden = !found;
  box.parentElement.toggleAttribute("data-told", Boolean(found));
  if (!found) return;
  const asked = Object.keys(found.right).filter((question) => event.answers[question] !== undefined);
  const same = asked.every((question) => event.answers[question] === found.right[question]);
  const near = !same && asked.every((question) => (question === "grade" ? Math.abs(event.answers.grade - found.right.grade) <= 1 : event.answers[question] === found.right[question]));
  const put = (name, words) => {
    box.querySelector(`[data-feedback-${name}]`).textContent = words;
  };
  put("title", same ? "As the guide has it" : near ? "Nearly as the guide has it" : "The guide sees it otherwise");
  put("yours", inWords(event));
  const told = asked.length ? Object.fromEntries(asked.map((question) => [question, found.right[question]])) : found.right;
  put("right", inWords({ action: "submit", answers: told }));
  put("why", found.why ?? "");
  box.dataset.same = String(same || near);
  box.querySelector("button").focus({ preventScroll: true });
}
