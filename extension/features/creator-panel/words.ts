/** Parts, stages, detectors and subjects as they are called in the user's language; what an older or newer companion names stays as it is. */
import { type MessageKey, t } from "../../lib/i18n";
import type { QualityScore } from "../../lib/messages";

export type Part = QualityScore["parts"][number];

interface Words {
  name: MessageKey;
  means: MessageKey;
  up: MessageKey; // clearly above usual
  down: MessageKey;
}

export const PARTS: Record<Part["name"], Words> = {
  deviation: {
    name: "quality_part_deviation",
    means: "quality_means_deviation",
    up: "quality_up_deviation",
    down: "quality_down_deviation",
  },
  sentiment: {
    name: "quality_part_sentiment",
    means: "quality_means_sentiment",
    up: "quality_up_sentiment",
    down: "quality_down_sentiment",
  },
  "share value": {
    name: "quality_part_shares",
    means: "quality_means_shares",
    up: "quality_up_shares",
    down: "quality_down_shares",
  },
  engagement: {
    name: "quality_part_engagement",
    means: "quality_means_engagement",
    up: "quality_up_engagement",
    down: "quality_down_engagement",
  },
};

const STAGES: Record<string, MessageKey> = {
  "first pool": "quality_stage_first",
  "second pool": "quality_stage_second",
  wide: "quality_stage_wide",
  resting: "quality_stage_resting",
  "second life": "quality_stage_life",
  unsure: "quality_stage_unsure",
  "insufficient data": "quality_not_enough",
};

const FOUND: Record<string, MessageKey> = {
  "above expectation": "quality_found_above",
  "many shares, few views": "quality_found_shared",
  "watched more than liked": "quality_found_watched",
  "popular but resented": "quality_found_resented",
  "unusual comments": "quality_found_unusual",
  "sensitive subject": "quality_found_sensitive",
  breakout: "quality_found_breakout",
  "second life": "quality_found_life",
  "stirs again": "quality_found_stirs",
};

/** Subjects beside which many brands do not want to stand. */
const SUBJECTS: Record<string, MessageKey> = {
  violence: "say_subject_violence",
  "drugs and alcohol": "say_subject_drugs",
  gambling: "say_subject_gambling",
  sexual: "say_subject_sexual",
  hate: "say_subject_hate",
  "self-harm": "say_subject_self_harm",
  politics: "say_subject_politics",
  "health claims": "say_subject_health",
};

export function partWords(name: string): string {
  return Object.hasOwn(PARTS, name) ? t(PARTS[name as Part["name"]].name) : name;
}

export function stageWords(name: string): string {
  return named(STAGES, name);
}

export function foundWords(name: string): string {
  return named(FOUND, name);
}

export function subjectWords(name: string): string {
  return named(SUBJECTS, name);
}

function named(words: Record<string, MessageKey>, name: string): string {
  const key = Object.hasOwn(words, name) ? words[name] : undefined;
  return key === undefined ? name : t(key);
}
