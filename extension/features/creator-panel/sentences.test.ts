/** The companion's sentences in English, where they fall back on its own words, and that there is one for each code. */

import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { LOCALES, messagesOf } from "../../lib/locale.fixture";
import type { Sentence } from "../../lib/messages";
import openapi from "../../protocol/openapi.json";
import { type Kind, PLACES, spoken } from "./sentences";

const ENGLISH = "what the companion itself says";
const WIRE: Record<string, Record<string, string>> = openapi.components.schemas.Sentence["x-values"];

const say = (code: string, values: Record<string, string | number> = {}): Sentence => ({ code, values }) as Sentence;
const marks = (text: string): string[] => [...new Set(text.match(/\$\d/g))].sort();

it.each([
  [[say("shares.no_likes")], "No likes yet."],
  [
    [say("shares.rank", { shares: 1_240, likes: 18_300, rank: 0.89 })],
    "Shares: 1,240, likes: 18,300. For each like that is more than 89\u00a0% of its category.",
  ],
  [[say("deviation.views", { by: 0.5 }), say("deviation.likes", { by: -0.25 })], "Views +0.5. Likes -0.25."],
  [[say("deviation.few", { earlier: 1 })], "Only 1 earlier video is known."],
  [[say("deviation.few", { earlier: 3 })], "Only 3 earlier videos are known."],
  [
    [say("score.without", { part: "share value" }), say("shares.unknown")],
    "Without “Passed on”: Shares are not known.",
  ],
  [[say("stage.likely", { pool: "second pool", share: 0.075 })], "Probability of “second pool”: 7.5\u00a0%."],
  [[say("found.own_word", { word: "casino", subject: "gambling" })], "“casino” (gambling) in its caption or hashtags."],
  [[say("tip.reply", { n: 1, more: 1, answered: 0 })], "Reply to your one top comment; it has no answer yet."],
  [
    [say("tip.reply", { n: 1_200, more: 35, answered: 0 })],
    "Reply to 35 more of your 1,200 top comments; answered so far: 0.",
  ],
])("says %j", (said, words) => {
  expect(spoken(said, ENGLISH)).toBe(words);
});

it.each([
  ["an older companion sends no codes", undefined],
  ["nothing has a code", []],
  ["a code is newer than this version", [say("shares.no_likes"), say("shares.of_the_moon", { n: 1 })]],
  ["a code is the name of something else", [say("constructor")]],
  ["a value is missing", [say("shares.rank", { shares: 1, likes: 2 })]],
  ["a value is of another kind", [say("found.popular", { rank: "most" })]],
])("uses the companion's own words where %s", (_, said) => {
  expect(spoken(said, ENGLISH)).toBe(ENGLISH);
});

it("knows each code of the wire, with all its values", () => {
  const kindOf = (kind: Kind) => (kind === "plural" ? "count" : kind);
  const known = Object.entries(PLACES).map(([code, places]) => {
    const pairs = places.map((place) => place.split(":") as [string, Kind]);
    return [code, Object.fromEntries(pairs.map(([name, kind]) => [name, kindOf(kind)]))];
  });
  expect(Object.fromEntries(known)).toEqual(WIRE);
});

it.each(readdirSync(LOCALES))("%s has words for each code, with a mark for each value", (locale) => {
  const messages = messagesOf(locale);
  const wrong = Object.entries(PLACES).filter(([code, places]) => {
    const key = `say_${code.replace(".", "_")}`;
    const hasForms = places.some((place) => place.endsWith(":plural"));
    const text = messages[hasForms ? `${key}_other` : key]?.message;
    const all = places.map((_, index) => `$${index + 1}`);
    return text === undefined || String(marks(text)) !== String(all) || (hasForms && !messages[`${key}_one`]);
  });
  expect(wrong).toEqual([]);
});
