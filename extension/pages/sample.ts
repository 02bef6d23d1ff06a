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

type Facts = { level: number; p: number; signal: Signal; span: [number, number]; words: string[]; unsure?: boolean };

const FACTS: [name: string, facts: Facts][] = [
  ["mira.k", { level: 9, p: 0.94, signal: "availability", span: [8, 10], words: ["need this in white", "in stock"] }],
  ["dorm.diaries", { level: 10, p: 0.98, signal: "bought", span: [9, 10], words: ["just ordered"] }],
  ["jonah_builds", { level: 8, p: 0.81, signal: "price", span: [7, 9], words: ["how much", "shipping to Canada"] }],
  [
    "tea.and.tabs",
    { level: 5, p: 0.32, signal: "objection", span: [4, 7], words: ["looks nice", "broke after a month"] },
  ],
  ["nightowl.notes", { level: 6, p: 0.48, signal: "praise", span: [3, 8], words: ["might fix"], unsure: true }],
  ["pixelpaws", { level: 2, p: 0.02, signal: "none", span: [1, 3], words: [] }],
  ["leo.not.leo", { level: 1, p: 0.01, signal: "none", span: [1, 2], words: [] }],
];

/** The sample thread in the user's language. */
export function sampleThread(): Sample[] {
  return FACTS.map(([name, facts], index) => ({
    name,
    text: t(`sample_${index + 1}_text` as MessageKey),
    why: t(`sample_${index + 1}_why` as MessageKey),
    words: facts.words,
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
