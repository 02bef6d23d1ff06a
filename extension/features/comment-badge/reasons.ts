/** What the card says about a comment: its grade in words, the words that moved it, comments like it. */
import { h } from "../../lib/dom";
import { t } from "../../lib/i18n";
import type { Explanation, Score } from "../../lib/messages";
import type { Comment } from "../../lib/thread";
import { sentimentPhrase, signalPhrase } from "../../lib/words";
import { kindOf, spanOf } from "./face";

type Word = Explanation["words"][number];

const MAX_WORDS = 6;
const MAX_EXAMPLES = 3;

/** Grade, signal, interval and feeling, as elements. */
export function headOf({ grading }: Comment): Node[] {
  if (grading.state === "pending") return [h("h2", {}, t("badge_pending"))];
  if (grading.state === "creator") return [h("h2", {}, t("popover_creator"))];
  if (grading.state === "down") return [h("h2", {}, t("popover_no_grade"))];
  const { score } = grading;
  const grade = score.yours?.grade ?? score.level;
  const shape = h(
    "span",
    { class: `grade ${kindOf(grade)}` },
    h("i"),
    h("b", {}, grade),
    h("small", {}, t("popover_of_ten")),
  );
  const why = h("span", {}, score.yours ? t("popover_yours") : signalPhrase(score.signal));
  const parts = [h("h2", {}, shape, why), h("p", {}, ...opinion(score))];
  if (score.truncated) parts.push(h("p", { class: "muted" }, t("popover_truncated")));
  return parts;
}

/** What the model makes of it: its own grade where the user's is shown, how sure it is, the feeling. */
function opinion(score: Score): (Node | string)[] {
  const [low, high] = spanOf(score);
  const said = score.yours ? [`${t("popover_model_said", score.level, signalPhrase(score.signal))} `] : [];
  const unsure = score.unsure ? [h("strong", {}, t("popover_unsure")), " "] : [];
  const range = low === high ? t("popover_surely", low) : t("popover_span", low, high);
  return [...said, ...unsure, range, " ", sentimentPhrase(score.sentiment)];
}

/** The comment with the words that moved its grade marked, a list of them, and the nearest tagged examples. */
export function reasonsOf(text: string, explanation: Explanation): Node[] {
  const words = explanation.words.slice(0, MAX_WORDS);
  const parts: Node[] = [h("p", { class: "quote", dir: "auto" }, ...marked(text, words))];
  if (words.length === 0) parts.push(h("p", { class: "muted" }, t("popover_no_words")));
  else parts.push(h("h3", {}, t("popover_words")), h("ul", { class: "chips" }, ...words.map(chip)));
  const examples = explanation.examples.slice(0, MAX_EXAMPLES);
  if (examples.length > 0) {
    parts.push(h("h3", {}, t("popover_examples")));
    parts.push(h("ul", { class: "examples" }, ...examples.map(exampleItem)));
  }
  return parts;
}

/** The text cut at the words' places (code points), those words wrapped in marks. */
export function marked(text: string, words: readonly Word[]): (Node | string)[] {
  const points = Array.from(text);
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const word of [...words].sort((a, b) => a.start - b.start)) {
    if (word.start < at || word.end > points.length || word.end <= word.start) continue;
    parts.push(points.slice(at, word.start).join(""));
    const sign = word.effect > 0 ? "plus" : "minus";
    parts.push(h("mark", { class: sign }, points.slice(word.start, word.end).join("")));
    at = word.end;
  }
  parts.push(points.slice(at).join(""));
  return parts.filter((part) => part !== "");
}

function chip(word: Word): HTMLElement {
  const isPlus = word.effect > 0;
  const size = Math.abs(word.effect).toFixed(1);
  const name = isPlus ? t("popover_raises", word.text, size) : t("popover_lowers", word.text, size);
  return h(
    "li",
    { class: isPlus ? "plus" : "minus", "aria-label": name },
    h("bdi", {}, word.text),
    h("b", { "aria-hidden": true }, `${isPlus ? "+" : "−"}${size}`),
  );
}

function exampleItem(example: Explanation["examples"][number]): HTMLElement {
  const source = example.source === "yours" ? t("popover_example_yours") : t("popover_example_seed");
  return h(
    "li",
    {},
    h(
      "b",
      { class: `example-grade ${kindOf(example.grade)}`, "aria-label": t("badge_name", example.grade) },
      example.grade,
    ),
    h(
      "span",
      {},
      h("q", { dir: "auto" }, example.text),
      " ",
      h("small", {}, `${signalPhrase(example.signal)}, ${source}`),
    ),
  );
}
