/** A stored share of likely buyers in words: never a number without its n. */
import { type MessageKey, t } from "./i18n";
import type { IntentRate } from "./messages";

type Shown = Pick<IntentRate, "value" | "low" | "high" | "n">;

export function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}

/** "12 % · 40": the share and how many comments it rests on. */
export function shortRate({ value, n }: Pick<Shown, "value" | "n">): string {
  return `${percent(value)} · ${n}`;
}

/** The whole sentence, with the interval. `key` says whose comments were counted. */
export function rateSentence(key: Extract<MessageKey, `quality_of_${string}`>, rate: Shown): string {
  const { value, low, high, n } = rate;
  return t(key, Math.round(value * n), n, percent(low), percent(high));
}
