/** Every visible string comes from `_locales` through here; a key that does not exist is a type error. */
import { browser } from "wxt/browser";
import type messages from "../public/_locales/en/messages.json";

export type MessageKey = keyof typeof messages;

/** A language's texts do not change under a page: each is asked for once, its values as marks to put others into. */
const texts = new Map<MessageKey, string>();
const MARKS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((place) => `{${place}}`);
const MARK = /\{([1-9])\}/g;

/** The string for `key` in the user's language, `$1`…`$9` replaced by `values`. */
export function t(key: MessageKey, ...values: (string | number)[]): string {
  const text = texts.get(key) ?? ask(key);
  return values.length === 0 ? text : text.replace(MARK, (_, place: string) => String(values[Number(place) - 1] ?? ""));
}

function ask(key: MessageKey): string {
  const text = browser.i18n.getMessage(key as Parameters<typeof browser.i18n.getMessage>[0], MARKS);
  texts.set(key, text);
  return text;
}

type PluralBase = Extract<MessageKey, `${string}_other`> extends `${infer Base}_other` ? Base : never;

let rules: Intl.PluralRules | undefined;
let format: Intl.NumberFormat | undefined; // costs a page some 7 ms: only where digits need grouping
const GROUPED_FROM = 1_000;

/** The form of `base` that `count` needs (`base_one`, `base_other`); `$1` is the count, further values follow. */
export function plural(base: PluralBase, count: number, ...values: (string | number)[]): string {
  rules ??= new Intl.PluralRules(browser.i18n.getUILanguage());
  if (count >= GROUPED_FROM) format ??= new Intl.NumberFormat(browser.i18n.getUILanguage());
  const category = rules.select(count);
  const shown = count >= GROUPED_FROM && format ? format.format(count) : String(count);
  return t(`${base}_${category}` as MessageKey, shown, ...values) || t(`${base}_other` as MessageKey, shown, ...values);
}
