/** The threshold in plain words. */
import { t } from "../lib/i18n";

/** What a full badge means at this threshold (`p`: 0.05 to 0.95), and how that feels. */
export function thresholdWords(p: number): { plain: string; feel: string } {
  const feel =
    p < 0.45 ? t("options_threshold_low") : p > 0.55 ? t("options_threshold_high") : t("options_threshold_mid");
  return { plain: t("options_threshold_plain", percent(p)), feel };
}

export function percent(p: number): number {
  return Math.round(p * 100);
}
