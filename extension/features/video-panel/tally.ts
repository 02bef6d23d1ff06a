/** The video in numbers: what was seen on this page, and nothing beyond it. Pure. */
import type { Score, Signal } from "../../lib/messages";
import { isHigh, type Seen } from "../../lib/thread";
import { wilson } from "../../lib/wilson";

/** A seen comment with its grade. */
export interface Graded {
  seen: Seen;
  score: Score;
  model: string;
  grade: number; // the user's own, else the model's
  signal: Signal;
  isHigh: boolean;
}

/** What people ask for or say, in the order of the panel. */
export const ASKS = ["price", "availability", "question", "want", "bought"] as const satisfies readonly Signal[];

export interface Tally {
  seen: number; // comments by others than the creator
  graded: Graded[]; // of those, in order of appearance
  high: number;
  share: [number, number]; // 95 % interval of the share of high intent among the graded
  asks: { signal: Signal; count: number }[]; // most frequent first, zeros left out
  objections: Graded[];
}

/** Count `all` comments seen, each once. The creator's own are not a buyer's and are left out. */
export function tallyOf(all: readonly Seen[]): Tally {
  const byOthers = all.filter((seen) => !seen.byCreator);
  const graded = byOthers.flatMap(gradedOf);
  const high = graded.filter((each) => each.isHigh).length;
  const asks = ASKS.map((signal) => ({ signal, count: graded.filter((each) => each.signal === signal).length }));
  return {
    seen: byOthers.length,
    graded,
    high,
    share: wilson(high, graded.length),
    asks: asks.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count),
    objections: graded.filter((each) => each.signal === "objection"),
  };
}

export const FILTERS = ["all", "buyers", "questions", "objections"] as const;
export type Filter = (typeof FILTERS)[number];
export type Order = "buyers-first" | "as-seen";

const QUESTIONS: readonly Signal[] = ["question", "price", "availability"];
const KEEP: Record<Filter, (each: Graded) => boolean> = {
  all: () => true,
  buyers: (each) => each.isHigh,
  questions: (each) => QUESTIONS.includes(each.signal),
  objections: (each) => each.signal === "objection",
};

/** The comments that `filter` keeps, in `order`. */
export function pick(graded: readonly Graded[], filter: Filter, order: Order): Graded[] {
  const kept = graded.filter(KEEP[filter]);
  if (order === "as-seen") return kept;
  return kept.sort((a, b) => Number(b.isHigh) - Number(a.isHigh) || b.grade - a.grade || a.seen.order - b.seen.order);
}

function gradedOf(seen: Seen): Graded[] {
  if (seen.grading.state !== "scored") return [];
  const { score, model } = seen.grading;
  const grade = score.yours?.grade ?? score.grade;
  const signal = score.yours?.signal ?? score.signal;
  return [{ seen, score, model, grade, signal, isHigh: isHigh(seen.grading) }];
}
