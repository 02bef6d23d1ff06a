/** What is known of a creator, and of a video: figures, parts, stage, what stands out, and what would help. */
import { h } from "../../lib/dom";
import { plural, t } from "../../lib/i18n";
import type { CreatorQuality, IntentRate, VideoQuality } from "../../lib/messages";
import { percent } from "../../lib/rate-words";
import type { Explained } from "./explained";
import { day } from "./numbers";
import { breakdown, figures } from "./score";
import { spoken } from "./sentences";
import { foundWords, PARTS, stageWords } from "./words";

type Stage = Pick<VideoQuality, "stage" | "chance">;

export function creatorSection(explained: Explained, creator: CreatorQuality): HTMLElement {
  const { handle, intent, score, latest, badge, tip, known } = creator;
  return h(
    "section",
    {},
    h(
      "header",
      {},
      h("h3", { dir: "auto" }, `@${handle}`),
      badge === null
        ? null
        : explained.number(
            "badge",
            [t("quality_means_badge"), spoken(badge.said, badge.evidence)],
            "✓\u00a0",
            t("quality_badge"),
          ),
    ),
    known ? h("p", { class: "muted" }, stored(creator)) : null,
    ...(known ? [figures(explained, "quality_of_creator", intent, score), written(intent)] : []),
    ...breakdown(explained, score),
    latest === null
      ? null
      : stageRow(explained, t("quality_latest", latest.posted === null ? "" : day(latest.posted)), latest),
    ...tipOf(tip),
  );
}

export function videoSection(explained: Explained, video: VideoQuality): HTMLElement {
  const { intent, score, stage, tip } = video;
  return h(
    "section",
    {},
    figures(explained, "quality_of_video", intent, score),
    written(intent),
    ...breakdown(explained, score),
    stage === null ? null : stageRow(explained, t("quality_stage"), { ...video, stage }),
    ...standingOut(explained, video),
    ...tipOf(tip),
  );
}

function stored({ followers, videos }: CreatorQuality): string {
  const count = plural("quality_stored", videos);
  return followers === null ? count : `${plural("quality_followers", followers)} · ${count}`;
}

function written(rate: IntentRate | null): HTMLElement | null {
  const { first, last } = rate ?? { first: null, last: null };
  return first && last ? h("p", { class: "muted" }, t("quality_written", day(first), day(last))) : null;
}

function stageRow(
  explained: Explained,
  label: string,
  { stage, chance }: Stage & { stage: NonNullable<Stage["stage"]> },
): Node {
  const next =
    chance === null ? "" : t("quality_chance", percent(chance.value), percent(chance.low), percent(chance.high));
  return explained.number(
    "row",
    [t("quality_means_stage"), spoken(stage.said, stage.evidence), next],
    h("span", { class: "label" }, label),
    h("b", {}, stageWords(stage.words)),
  );
}

/** What detectors found, each with its evidence; else how many looked and how many could not say. */
function standingOut(explained: Explained, { findings, looked, unclear, known }: VideoQuality): Node[] {
  if (!known) return [];
  if (findings.length === 0) {
    const words = looked === 0 ? t("quality_not_looked") : t("quality_nothing_found", looked, unclear);
    return [h("p", { class: "muted" }, words)];
  }
  const rows = findings.map(({ words, evidence, said }) => {
    const numbers = spoken(said, evidence);
    return h(
      "li",
      {},
      explained.number("found", [t("quality_means_found"), numbers], h("b", {}, foundWords(words))),
      h("small", {}, numbers),
    );
  });
  return [h("h4", {}, t("quality_found")), h("ul", { class: "findings" }, ...rows)];
}

function tipOf(tip: CreatorQuality["tip"]): Node[] {
  if (tip === null) return [];
  return [
    h(
      "div",
      { class: "tip" },
      h("h4", {}, t("quality_tip", t(PARTS[tip.part].name))),
      tip.about === "" ? null : h("p", { class: "about", dir: "auto" }, tip.about),
      h("p", {}, spoken(tip.said, tip.words)),
    ),
  ];
}
