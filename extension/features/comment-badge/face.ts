/** What a badge says about a comment: pure, from its grade and the user's settings. */
import type { Grading } from "../../lib/grader";
import { t } from "../../lib/i18n";
import type { Score, Settings } from "../../lib/messages";
import { linkSentence } from "../../lib/status";
import { signalPhrase, signalWord } from "../../lib/words";

/** `high` 7-10, `mid` 5-6, `low` 1-4; the others are states. Each has its own shape, so colour is never alone. */
export type Kind = "high" | "mid" | "low" | "quiet" | "unsure" | "pending" | "down";

export interface Face {
  kind: Kind;
  number: string; // "" for a dot
  word: string;
  name: string; // what a screen reader says
}

type Display = Pick<Settings, "threshold" | "quiet">;
const HIGH = 7;
const MID = 5;

export function faceOf(grading: Grading, display: Display): Face {
  if (grading.state === "pending") return { kind: "pending", number: "", word: "", name: t("badge_pending") };
  if (grading.state === "down") return { kind: "down", number: "", word: "", name: linkSentence(grading.link) };
  if (grading.state === "creator") return { kind: "quiet", number: "", word: "", name: t("badge_creator") };
  const { score } = grading;
  if (score.yours) {
    const grade = score.yours.grade;
    return { kind: kindOf(grade), number: `${grade}`, word: t("badge_yours"), name: t("badge_name_yours", grade) };
  }
  return score.unsure ? unsureFace(score, display) : gradedFace(score, display);
}

/** The span of grades in whole numbers, as shown everywhere. */
export function spanOf(score: Score): [number, number] {
  return [Math.round(score.interval[0]), Math.round(score.interval[1])];
}

export function kindOf(grade: number): "high" | "mid" | "low" {
  if (grade >= HIGH) return "high";
  return grade >= MID ? "mid" : "low";
}

function gradedFace(score: Score, display: Display): Face {
  const { level, signal, p_high } = score;
  const name = signal === "none" ? t("badge_name", level) : t("badge_name_why", level, signalPhrase(signal));
  if (p_high < display.threshold && display.quiet) return { kind: "quiet", number: "", word: "", name };
  return { kind: kindOf(level), number: `${level}`, word: signalWord(signal), name };
}

/** An unsure comment that may still be a buyer's is worth a look; one that is not, is worth a dot. */
function unsureFace(score: Score, display: Display): Face {
  const [low, high] = spanOf(score);
  const name = t("badge_name_unsure", low, high);
  if (high < HIGH && display.quiet) return { kind: "quiet", number: "", word: "", name };
  return { kind: "unsure", number: "?", word: t("badge_span", low, high), name };
}
