/** Invented comments with grades set by hand: a demonstration that needs no companion and asks no model. */
import { type MessageKey, t } from "../lib/i18n";
import type { Score, Signal } from "../lib/messages";

export interface Sample {
  name: string;
  text: string;
  why: string;
  /** The words that counted, as they stand in `text`. */
  words: string[];
  score: Score;
}

type Facts = { level: number; p: number; signal: Signal; span: [number, number]; reasons?: boolean; unsure?: boolean };

const FACTS: [name: string, facts: Facts][] = [
  ["mira.k", { level: 9, p: 0.94, signal: "availability", span: [8, 10], reasons: true }],
  ["dorm.diaries", { level: 10, p: 0.98, signal: "bought", span: [9, 10], reasons: true }],
  ["jonah_builds", { level: 8, p: 0.81, signal: "price", span: [7, 9], reasons: true }],
  ["tea.and.tabs", { level: 5, p: 0.32, signal: "objection", span: [4, 7], reasons: true }],
  ["nightowl.notes", { level: 6, p: 0.48, signal: "praise", span: [3, 8], reasons: true, unsure: true }],
  ["pixelpaws", { level: 2, p: 0.02, signal: "none", span: [1, 3] }],
  ["leo.not.leo", { level: 1, p: 0.01, signal: "none", span: [1, 2] }],
];

/** Between the marked words of a sample, in its message. */
const BETWEEN = " | ";

/** The sample thread in the user's language. */
export function sampleThread(): Sample[] {
  return FACTS.map(([name, facts], index) => ({
    name,
    text: t(`sample_${index + 1}_text` as MessageKey),
    why: t(`sample_${index + 1}_why` as MessageKey),
    words: facts.reasons ? t(`sample_${index + 1}_words` as MessageKey).split(BETWEEN) : [],
    score: scoreOf(name, facts),
  }));
}

function scoreOf(id: string, { level, p, signal, span, unsure = false }: Facts): Score {
  return {
    id,
    grade: level,
    level,
    p_high: p,
    signal,
    sentiment: "neutral",
    interval: span,
    unsure,
    lang: "en",
    truncated: false,
    yours: null,
  };
}
