/** The sample thread as a list with the badges that stand on TikTok; a click on one opens the reason below it. */
import { Badge } from "../features/comment-badge/badge";
import { faceOf } from "../features/comment-badge/face";
import { h } from "../lib/dom";
import { t } from "../lib/i18n";
import type { Settings } from "../lib/messages";
import { type Sample, sampleThread } from "./sample";

type Display = Pick<Settings, "threshold" | "quiet">;

export interface SampleList {
  element: HTMLElement;
  /** Shows the badges as these settings would. */
  paint(display: Display): void;
}

export function sampleList(): SampleList {
  const rows = sampleThread().map(rowOf);
  return {
    element: h("ul", { class: "sample", "aria-label": t("onboarding_sample_list") }, ...rows.map((row) => row.element)),
    paint: (display) => {
      for (const row of rows) row.paint(display);
    },
  };
}

function rowOf(sample: Sample): SampleList {
  const text = h("p", { class: "sample-text" }, sample.text);
  const why = reason(sample);
  const badge = new Badge(text, "box", {
    open: (opened) => {
      why.hidden = !why.hidden;
      opened.expanded = !why.hidden;
    },
    move: () => false,
  });
  badge.tabStop = true; // seven, not two hundred: each may be a stop
  const head = h("p", { class: "sample-head" }, h("b", {}, sample.name), badge.host);
  const face = h("span", { class: "face", "aria-hidden": "true" }, sample.name.slice(0, 1).toUpperCase());
  return {
    element: h("li", {}, face, h("div", {}, head, text, why)),
    paint: (display) => {
      badge.wear(document.documentElement.getAttribute("data-theme") === "dark" ? "dark" : "light");
      badge.paint(faceOf({ state: "scored", score: sample.score, model: "" }, display));
    },
  };
}

function reason({ score, why, words }: Sample): HTMLElement {
  const counted = words.flatMap((word) => [h("mark", {}, word), " "]);
  return h(
    "div",
    { class: "sample-why", hidden: true },
    h("p", {}, h("b", {}, t("onboarding_sample_grade", score.level)), ` · ${why}`),
    words.length > 0
      ? h("p", { class: "muted" }, t("onboarding_sample_moved"), ": ", ...counted)
      : h("p", { class: "muted" }, t("onboarding_sample_nothing")),
  );
}
