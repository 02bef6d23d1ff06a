/** A score: the number, its four parts as bars, why it is partial, and what decides it most in plain words. */
import { h } from "../../lib/dom";
import { t } from "../../lib/i18n";
import type { IntentRate, QualityScore } from "../../lib/messages";
import { percent, rateSentence } from "../../lib/rate-words";
import type { Explained } from "./explained";
import { spoken } from "./sentences";
import { PARTS, type Part } from "./words";

const USUAL = 50;
/** Points from usual below which a part is no reason for anything. */
const CLEAR = 5;
const MOST_REASONS = 3;

/** The share close to buying and the score side by side. `key` says whose comments were counted. */
export function figures(
  explained: Explained,
  key: "quality_of_creator" | "quality_of_video",
  rate: IntentRate | null,
  score: QualityScore | null,
): HTMLElement {
  return h("div", { class: "figures" }, rateFigure(explained, key, rate), scoreFigure(explained, score));
}

/** The parts, and what follows from them; nothing where there is no score. */
export function breakdown(explained: Explained, score: QualityScore | null): Node[] {
  if (score === null || score.parts.length === 0) return [];
  const reasons = score.value === null ? [] : reasonsOf(score.parts);
  const lacks = lacking(score);
  return [
    h("ul", { class: "parts" }, ...inOrder(score.parts).map((part) => h("li", {}, partRow(explained, part)))),
    lacks === "" ? null : h("p", { class: "muted" }, lacks),
    reasons.length === 0
      ? null
      : h(
          "ul",
          { class: "reasons", "aria-label": t("quality_why") },
          ...reasons.map(({ isUp, words }) =>
            h("li", {}, h("span", { class: isUp ? "up" : "down", "aria-hidden": true }, isUp ? "▲" : "▼"), words),
          ),
        ),
  ].filter((node) => node !== null);
}

/** " 65/100 · partial" for the pill; "" where there is no score. */
export function shortScore(score: QualityScore | null): string {
  if (score === null || score.value === null) return "";
  const number = ` ${Math.round(score.value)}/100`;
  return score.partial ? `${number} · ${t("quality_partial")}` : number;
}

/** The score as a sentence, with what it lacks; "" where there is none. */
export function scoreSentence(score: QualityScore | null): string {
  if (score === null || score.value === null) return "";
  return `${t("quality_score", Math.round(score.value))}. ${lacking(score)}`.trim();
}

/** What moves the score most, strongest first. */
export function reasonsOf(parts: readonly Part[]): { isUp: boolean; words: string }[] {
  return parts
    .flatMap(({ name, points, weight }) => (points === null ? [] : [{ name, off: points - USUAL, weight }]))
    .filter(({ off }) => Math.abs(off) >= CLEAR)
    .sort((a, b) => Math.abs(b.off) * b.weight - Math.abs(a.off) * a.weight)
    .slice(0, MOST_REASONS)
    .map(({ name, off }) => ({ isUp: off > 0, words: t(off > 0 ? PARTS[name].up : PARTS[name].down) }));
}

function rateFigure(
  explained: Explained,
  key: "quality_of_creator" | "quality_of_video",
  rate: IntentRate | null,
): Node {
  if (rate === null)
    return explained.number(
      "figure none",
      [t("quality_none"), t("quality_means_rate"), t("quality_counts_stored")],
      big("–"),
      small(t("panel_close_to_buying")),
      small(t("quality_none_stored")),
    );
  const open = rate.kinds === "open" ? t("quality_open_kinds") : "";
  return explained.number(
    "figure",
    [rateSentence(key, rate), t("quality_means_rate"), open],
    big(percent(rate.value)),
    small(t("panel_close_to_buying")),
    small(t("quality_of", rate.n)),
    small(t("quality_range", Math.round(rate.low * 100), percent(rate.high))),
  );
}

function scoreFigure(explained: Explained, score: QualityScore | null): Node {
  const value = score?.value ?? null;
  if (score === null || value === null)
    return explained.number(
      "figure none",
      [score === null ? t("quality_not_enough") : spoken(score.said, score.reason), t("quality_means_score")],
      big("–"),
      small(t("quality_score_short")),
      small(t("quality_not_enough")),
    );
  const { low, high, partial } = score;
  const why = partial ? spoken(score.said, score.reason) : "";
  return explained.number(
    "figure",
    [t("quality_score", Math.round(value)), t("quality_means_score"), why],
    big(`${Math.round(value)}`, t("quality_of_100")),
    small(t("quality_score_short"), partial ? t("quality_partial") : ""),
    small(isKnown(low) && isKnown(high) ? t("quality_range", Math.round(low), Math.round(high)) : ""),
  );
}

function partRow(explained: Explained, { name, points, weight, reason, said, low, high }: Part): HTMLElement {
  const { name: called, means } = PARTS[name];
  const range = isKnown(low) && isKnown(high) ? t("quality_range", Math.round(low), Math.round(high)) : "";
  return explained.number(
    points === null ? "part none" : "part",
    [t(means), spoken(said, reason), points === null ? "" : `${t("quality_weight", percent(weight))} ${range}`.trim()],
    h("span", { class: "label" }, t(called)),
    bar(points),
    h("b", {}, points === null ? "–" : Math.round(points)),
  );
}

/** In the same order for every creator and video, so that they can be compared by a glance. */
function inOrder(parts: readonly Part[]): Part[] {
  const order = Object.keys(PARTS);
  return [...parts].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

/** 0 to 100 with a mark at what is usual; empty where nothing is known. */
function bar(points: number | null): HTMLElement {
  const fill = h("span", { class: points !== null && points < USUAL ? "fill below" : "fill" });
  fill.style.inlineSize = `${points ?? 0}%`;
  return h("span", { class: "bar", "aria-hidden": true }, fill, h("span", { class: "usual" }));
}

/** What a partial score lacks; "" where it lacks nothing. */
function lacking({ partial, value, parts }: QualityScore): string {
  if (!partial || value === null) return "";
  const absent = inOrder(parts)
    .filter(({ points }) => points === null)
    .map(({ name }) => t("quality_quoted", t(PARTS[name].name)));
  return absent.length === 0 ? t("quality_one_video") : t("quality_without", absent.join(", "));
}

function big(value: string, unit = ""): HTMLElement {
  return h("span", { class: "value" }, h("b", {}, value), unit === "" ? null : h("i", {}, unit));
}

/** One line of small words; those that are empty leave no gap. */
function small(...words: string[]): HTMLElement | null {
  const said = words.filter((word) => word !== "");
  return said.length === 0 ? null : h("small", {}, said.join(" · "));
}

function isKnown(value: number | null | undefined): value is number {
  return typeof value === "number";
}
