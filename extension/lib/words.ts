/** The model's answers in plain words. */
import { t } from "./i18n";
import type { Sentiment, Signal } from "./messages";

/** "asks where to buy": completes a sentence about the writer. */
export function signalPhrase(signal: Signal): string {
  return t(`popover_signal_${signal}`);
}

/** The same in one short word for a badge; "" where there is nothing to say. */
export function signalWord(signal: Signal): string {
  return signal === "none" ? "" : t(`badge_word_${signal}`);
}

export function sentimentPhrase(sentiment: Sentiment): string {
  return t(`popover_sentiment_${sentiment}`);
}
