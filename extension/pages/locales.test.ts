// @vitest-environment node
/** The translations: every one of them whole, with the same values in the same messages as English. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import english from "../public/_locales/en/messages.json";

const FOLDER = join(import.meta.dirname, "..", "public", "_locales");
type Messages = Record<string, { message: string }>;

const source: Messages = english;
const read = (locale: string): Messages => JSON.parse(readFileSync(join(FOLDER, locale, "messages.json"), "utf8"));
const marks = (message = ""): string[] => [...message.matchAll(/\$[1-9]/g)].map(([mark]) => mark).sort();

describe.each(readdirSync(FOLDER).filter((locale) => locale !== "en"))("%s", (locale) => {
  const messages = read(locale);

  test("says everything that English says, and nothing else", () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(source).sort());
    expect(Object.entries(messages).filter(([, { message }]) => message.trim() === "")).toEqual([]);
  });

  test("puts each value where English puts one", () => {
    const wrong = Object.keys(source).filter(
      (key) => String(marks(messages[key]?.message)) !== String(marks(source[key]?.message)),
    );
    expect(wrong).toEqual([]);
  });
});

test.each(readdirSync(FOLDER))("%s marks words that stand in its samples", (locale) => {
  const messages = read(locale);
  for (const place of [1, 2, 3, 4, 5]) {
    const text = messages[`sample_${place}_text`]?.message ?? "";
    for (const words of (messages[`sample_${place}_words`]?.message ?? "").split(" | ")) {
      expect(text, locale).toContain(words || "?");
    }
  }
});
