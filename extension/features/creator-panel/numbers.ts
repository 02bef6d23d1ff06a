/** Days and counts in the user's language. */
import { browser } from "wxt/browser";

let days: Intl.DateTimeFormat | undefined;
let counts: Intl.NumberFormat | undefined;

/** The day of an ISO moment, as it is written: no time zone moves it. */
export function day(moment: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment.slice(0, 10);
  days ??= new Intl.DateTimeFormat(browser.i18n.getUILanguage(), { dateStyle: "medium", timeZone: "UTC" });
  return days.format(at);
}

/** A count with its digits grouped. */
export function grouped(count: number): string {
  counts ??= new Intl.NumberFormat(browser.i18n.getUILanguage());
  return counts.format(count);
}
