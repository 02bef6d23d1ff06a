/** Prices as the user's language writes them. */
import { browser } from "wxt/browser";

export function money(price: number, currency: string): string {
  const language = browser.i18n.getUILanguage();
  try {
    return new Intl.NumberFormat(language, { style: "currency", currency }).format(price);
  } catch {
    return `${price.toLocaleString(language)} ${currency}`.trim(); // no currency, or none that is known
  }
}
