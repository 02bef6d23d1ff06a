/** Days and numbers in the user's language. */
import { browser } from "wxt/browser";

/** Costs a page some 7 ms each: made when the first such number is shown. */
class Lazy<T> {
  #made: T | undefined;

  constructor(private readonly make: (language: string) => T) {}

  get it(): T {
    this.#made ??= this.make(browser.i18n.getUILanguage());
    return this.#made;
  }
}

const days = new Lazy((language) => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }));
const numbers = new Lazy((language) => new Intl.NumberFormat(language, { maximumFractionDigits: 2 }));
const signs = new Lazy(
  (language) => new Intl.NumberFormat(language, { maximumFractionDigits: 2, signDisplay: "exceptZero" }),
);

/** The day of an ISO moment, as it is written: no time zone moves it. */
export function day(moment: string): string {
  const at = new Date(moment);
  return Number.isNaN(at.getTime()) ? moment.slice(0, 10) : days.it.format(at);
}

/** A count with its digits grouped. */
export function grouped(count: number): string {
  return numbers.it.format(Math.round(count));
}

/** A number with as many decimals as say something, at most two. */
export function decimal(number: number): string {
  return numbers.it.format(number);
}

/** The same with its sign. */
export function signed(number: number): string {
  return signs.it.format(number);
}

/** A share of 1 as a percentage; the companion rounded it as far as it is known. */
export function share(part: number): string {
  return `${numbers.it.format(100 * part)}\u00a0%`;
}
