/** Every visible string comes from `_locales` through here; a key that does not exist is a type error. */
import { browser } from "wxt/browser";
import type messages from "../public/_locales/en/messages.json";

export type MessageKey = keyof typeof messages;

/** The string for `key` in the user's language, `$1`…`$9` replaced by `values`. */
export function t(key: MessageKey, ...values: (string | number)[]): string {
  return browser.i18n.getMessage(key as Parameters<typeof browser.i18n.getMessage>[0], values.map(String));
}

type PluralBase = Extract<MessageKey, `${string}_other`> extends `${infer Base}_other` ? Base : never;

/** The form of `base` that `count` needs (`base_one`, `base_other`); `$1` is the count, further values follow. */
export function plural(base: PluralBase, count: number, ...values: (string | number)[]): string {
  const category = new Intl.PluralRules(browser.i18n.getUILanguage()).select(count);
  const shown = new Intl.NumberFormat(browser.i18n.getUILanguage()).format(count);
  return t(`${base}_${category}` as MessageKey, shown, ...values) || t(`${base}_other` as MessageKey, shown, ...values);
}
