/** The panel's parts: the rate with its interval and n, the score with its parts and reasons, the stage and what stands out. */
import { h } from "../../lib/dom";
import { type MessageKey, t } from "../../lib/i18n";
import type { CreatorQuality, IntentRate, VideoQuality } from "../../lib/messages";
import { percent, rateSentence } from "../../lib/rate-words";

type QualityScore = NonNullable<VideoQuality["score"]>;

const PARTS: Record<QualityScore["parts"][number]["name"], MessageKey> = {
  deviation: "quality_part_deviation",
  sentiment: "quality_part_sentiment",
  "share value": "quality_part_shares",
  engagement: "quality_part_engagement",
};

export function creatorSection(creator: CreatorQuality): HTMLElement {
  return h(
    "section",
    {},
    h("h3", { dir: "auto" }, `@${creator.handle}`),
    ...rateOf("quality_of_creator", creator.intent ?? null),
    creator.intent?.kinds === "open" ? h("p", { class: "muted" }, t("quality_open_kinds")) : null,
    ...scoreOf(creator.score ?? null),
  );
}

export function videoSection(video: VideoQuality): HTMLElement {
  const { stage, findings = [] } = video;
  return h(
    "section",
    {},
    h("h3", {}, t("quality_video")),
    ...rateOf("quality_of_video", video.intent ?? null),
    stage ? h("p", { title: stage.evidence }, h("b", {}, stage.words), h("small", {}, stage.evidence)) : null,
    ...findings.map(({ words, evidence }) => h("p", { title: evidence }, words, h("small", {}, evidence))),
    ...scoreOf(video.score ?? null),
  );
}

function rateOf(key: "quality_of_creator" | "quality_of_video", rate: IntentRate | null): Node[] {
  if (rate === null) return [h("p", { class: "muted" }, t("quality_none"))];
  const { first, last } = rate;
  return [
    h("p", { class: "big" }, h("b", {}, percent(rate.value)), " ", h("span", {}, t("panel_close_to_buying"))),
    h("p", { class: "muted" }, rateSentence(key, rate)),
    first && last ? h("p", { class: "muted" }, t("quality_written", day(first), day(last))) : null,
  ].filter((node) => node !== null);
}

function scoreOf(score: QualityScore | null): Node[] {
  if (score === null) return [];
  const value = score.value ?? null;
  if (value === null) return [h("p", { class: "muted" }, score.reason)];
  const parts = score.parts.map(({ name, points, reason }) =>
    h(
      "li",
      { title: reason },
      h("span", { class: "label" }, t(PARTS[name])),
      h("b", {}, points === null ? "–" : Math.round(points)),
      h("small", {}, reason),
    ),
  );
  return [
    h(
      "p",
      { class: "score" },
      h("b", {}, t("quality_score", Math.round(value))),
      score.partial ? ` ${t("quality_partial")}` : "",
    ),
    h("ul", { class: "parts" }, ...parts),
  ];
}

/** The day of an ISO moment, as it is written: no time zone moves it. */
function day(moment: string): string {
  return moment.slice(0, 10);
}
