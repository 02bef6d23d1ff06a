/** The lookup of words that browsers do, over our real messages, so that tests see the words users see. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

type Entry = { message: string; placeholders?: Record<string, { content: string }> };
export type Messages = Record<string, Entry>;

export const LOCALES = join(import.meta.dirname, "../public/_locales");

/** The messages of one language, by the name of its folder. */
export function messagesOf(locale: string): Messages {
  return JSON.parse(readFileSync(join(LOCALES, locale, "messages.json"), "utf8"));
}

/** What `browser.i18n` offers in that language. */
export function i18nOf(locale: string, messages = messagesOf(locale)) {
  return {
    getUILanguage: () => locale.replace("_", "-"),
    getMessage(key: string, substitutions?: string | string[]): string {
      const entry = Object.hasOwn(messages, key) ? messages[key] : undefined;
      if (entry === undefined) return "";
      const values = substitutions === undefined ? [] : [substitutions].flat();
      return entry.message
        .replace(/\$(\w+)\$/g, (_, name: string) => entry.placeholders?.[name.toLowerCase()]?.content ?? "")
        .replace(/\$(\d)/g, (_, index: string) => values[Number(index) - 1] ?? "")
        .replaceAll("$$", "$");
    },
  };
}
