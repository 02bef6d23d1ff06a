/** The panel in each language: nothing that the companion wrote in English is left, and numbers are written as they are there. */
import { readdirSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { i18nOf, LOCALES, messagesOf } from "../../lib/locale.fixture";
import type { CreatorQuality, Sentence, VideoQuality } from "../../lib/messages";
import openapi from "../../protocol/openapi.json";
import type { PanelScene } from "./panel.fixture";

const WRITTEN = "Written by the companion";
const SAMPLES: Record<string, string | number> = {
  ...{ count: 1_234, number: 2.5, signed: -0.5, percent: 0.125 },
  ...{ part: "engagement", pool: "wide", subject: "gambling", word: "casino", quote: "wow" },
};
const said = Object.entries(openapi.components.schemas.Sentence["x-values"]).map(([code, kinds]) => {
  const values = Object.entries(kinds).map(([name, kind]) => [name, SAMPLES[kind]]);
  return { code, values: Object.fromEntries(values) } as Sentence;
});
const DETECTORS = [
  ...["above expectation", "many shares, few views", "watched more than liked", "popular but resented"],
  ...["unusual comments", "sensitive subject", "breakout", "second life", "stirs again"],
];
const OTHERS = readdirSync(LOCALES).filter((locale) => locale !== "en");
const finding = (words: string) => ({ words, evidence: WRITTEN, said });

/** Runs of three English words or more, as our messages have them: none of them may stand in another language's panel. */
const RUNS = Object.entries(messagesOf("en"))
  .filter(([key]) => /^(?:say|quality)_/.test(key))
  .flatMap(([, { message }]) => message.split(/\$\d/))
  .map((run) => run.replace(/^[\s.,:;()]+|[\s.,:;()]+$/g, ""))
  .filter((run) => run.split(" ").length >= 3);

let scene: PanelScene | undefined;

afterEach(() => scene?.end());

/** The panel, unfolded, of a video about which the companion says everything that it can say. */
async function panelIn(locale: string): Promise<PanelScene> {
  vi.resetModules(); // each text is asked of the browser once
  Object.assign(fakeBrowser.i18n, i18nOf(locale));
  const { PanelScene, REPLY } = await import("./panel.fixture");
  const made = new PanelScene();
  scene = made;
  const score = (value: number | null) => ({
    ...{ value, partial: true, reason: WRITTEN, low: null, high: null, said },
    parts: REPLY.creator.score.parts.map((part) => ({ ...part, reason: WRITTEN, said })),
  });
  const tip = { ...REPLY.creator.tip, words: WRITTEN, said };
  const video: VideoQuality = {
    ...{ ...REPLY.video, intent: { ...REPLY.creator.intent, kinds: "all" as const } },
    ...{ score: score(null), stage: finding("second pool"), findings: DETECTORS.map(finding), tip },
  };
  const creator: CreatorQuality = {
    ...{ ...REPLY.creator, score: score(61), tip, badge: finding("consistent creator") },
    latest: { id: video.id, posted: "2026-11-22T10:00:00.000Z", stage: finding("insufficient data"), chance: null },
  };
  made.reply = { ok: true, model: "m", video, creator };
  await made.showVideo();
  made.unfold();
  return made;
}

it.each(OTHERS)("in %s the panel shows no sentence in English", async (locale) => {
  const made = await panelIn(locale);
  const texts = [made.panel.textContent ?? "", made.pill.title];
  made.press("#tab-creator");
  texts.push(made.panel.textContent ?? "");
  for (const text of texts) {
    expect(text).not.toContain(WRITTEN);
    expect(RUNS.filter((run) => text.includes(run))).toEqual([]);
  }
});

it.each(["de", "pt_BR", "th"])("in %s numbers are written as they are there", async (locale) => {
  const made = await panelIn(locale);
  const format = new Intl.NumberFormat(locale.replace("_", "-"));
  const messages = messagesOf(locale);
  const views = messages.say_stage_rested?.message.replace("$1", format.format(1_234));
  const times = messages.say_shares_counted?.message.replace("$1", format.format(2.5));
  const share = messages.say_found_popular?.message.replace("$1", `${format.format(12.5)}\u00a0%`);
  for (const words of [views, times, share]) expect(made.shown).toContain(words);
});
