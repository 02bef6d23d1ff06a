/** The companion's sentences in the user's language: by their codes and values; its own English where a code is not known here. */
import { type MessageKey, plural, t } from "../../lib/i18n";
import type { Sentence } from "../../lib/messages";
import { decimal, grouped, share, signed } from "./numbers";
import { partWords, stageWords, subjectWords } from "./words";

type Code = Sentence["code"];
type Plural = Parameters<typeof plural>[0];
type Value = string | number;

/** How a value is shown; "plural" is a count that chooses the form of the sentence, and stands first. */
const SHOWN = {
  count: (value: Value) => grouped(Number(value)),
  plural: (value: Value) => grouped(Number(value)),
  number: (value: Value) => decimal(Number(value)),
  signed: (value: Value) => signed(Number(value)),
  percent: (value: Value) => share(Number(value)),
  part: (value: Value) => t("quality_quoted", partWords(String(value))),
  pool: (value: Value) => t("quality_quoted", stageWords(String(value))),
  subject: (value: Value) => subjectWords(String(value)),
  word: (value: Value) => t("quality_quoted", String(value)),
  quote: (value: Value) => t("quality_quoted", String(value)),
};
const WORDS: readonly Kind[] = ["part", "pool", "subject", "word", "quote"];

export type Kind = keyof typeof SHOWN;
type Place = `${string}:${Kind}`;

/** The values of each sentence in the order of their marks; the sentence itself is `say_` and the code. */
export const PLACES: Readonly<Record<Code, readonly Place[]>> = {
  "score.complete": [],
  "score.not_enough": [],
  "score.without": ["part:part"],
  "score.one_video": [],
  "known.some": ["known:count", "videos:count"],
  "known.one": [],
  "deviation.views": ["by:signed"],
  "deviation.likes": ["by:signed"],
  "deviation.comments": ["by:signed"],
  "deviation.shares": ["by:signed"],
  "deviation.own": ["earlier:count"],
  "deviation.few": ["earlier:plural"],
  "deviation.no_earlier": [],
  "deviation.needs_all": [],
  "deviation.not_shown": [],
  "deviation.formula": ["rate:percent", "expected:percent"],
  "deviation.not_compared": [],
  "deviation.too_few": [],
  "deviation.not_among": [],
  "sentiment.felt": ["positive:percent", "negative:percent", "n:count"],
  "sentiment.liked": [],
  "sentiment.hidden": ["n:count"],
  "sentiment.none": [],
  "shares.unknown": [],
  "shares.likes_unknown": [],
  "shares.no_likes": [],
  "shares.alone": ["least:count", "shares:count", "likes:count"],
  "shares.rank": ["shares:count", "likes:count", "rank:percent"],
  "shares.counted": ["times:number"],
  "engagement.unread": [],
  "engagement.none": [],
  "engagement.answered": ["answered:count", "n:count"],
  "engagement.more": ["more:count"],
  "found.above": ["views:signed", "all:signed"],
  "found.passed_on": ["share:percent", "low:percent", "high:percent"],
  "found.no_views": [],
  "found.shares": ["by:signed", "rank:percent"],
  "found.views": ["by:signed"],
  "found.watched": ["views:signed", "shares:signed"],
  "found.negative": ["share:percent", "n:count", "low:percent", "high:percent", "usual:percent"],
  "found.popular": ["rank:percent"],
  "found.resented": ["n:count", "negative:percent", "negative_low:percent", "angry:percent", "angry_low:percent"],
  "found.repeated": ["share:percent", "n:count"],
  "found.most_often": ["words:quote"],
  "found.burst": ["most:count", "times:number"],
  "found.no_times": [],
  "found.own_word": ["word:word", "subject:subject"],
  "found.in_comments": ["share:percent", "n:count"],
  "found.word": ["word:word", "subject:subject"],
  "found.breakout": ["times:number"],
  "found.breakout_from": ["times:number", "days:number"],
  "found.life": ["gained:count", "pace:number", "rest:number"],
  "found.life_on": [],
  "found.life_over": ["days:plural"],
  "found.stirs": ["recent:count", "days:number", "before:count", "earlier:count"],
  "stage.unread": [],
  "stage.few": ["readings:count", "needed:count"],
  "stage.pool": ["views:count", "times:number", "videos:count"],
  "stage.assumed": ["views:count", "times:number"],
  "stage.likely": ["pool:pool", "share:percent"],
  "stage.life": ["gained:count", "days:number", "before:count"],
  "stage.rested": ["views:count"],
  "stage.undated": [],
  "stage.late": ["days:count"],
  "stage.quiet": [],
  "badge.record": ["above:count", "videos:count", "weeks:count"],
  "badge.score": ["score:count", "low:count"],
  "tip.reply": ["n:plural", "more:count", "answered:count"],
  "tip.read": [],
  "tip.passed_on": ["shares:count", "likes:count", "usual:count"],
  "tip.give_reason": [],
  "tip.newest": ["above:count", "n:count"],
  "tip.best": ["rank:percent"],
  "tip.only": ["rank:percent"],
  "tip.lengths": ["above:count", "others:count"],
  "tip.not_why": [],
  "tip.deviation": [],
  "tip.sentiment": [],
  "tip.shares": [],
  "tip.engagement": [],
  "tip.points": ["points:count"],
};

/** What `said` says; `english` where it says nothing, or one of its sentences cannot be said here. */
export function spoken(said: readonly Sentence[] | undefined, english: string): string {
  const sentences = (said ?? []).map(words);
  return sentences.length === 0 || sentences.includes("") ? english : sentences.join(" ");
}

/** One sentence; "" where its code is newer than this version, or a value is missing or none of its kind. */
function words({ code, values }: Sentence): string {
  if (!Object.hasOwn(PLACES, code)) return "";
  const places = PLACES[code].map((place) => {
    const [name = "", kind] = place.split(":") as [string, Kind];
    return { kind, value: Object.hasOwn(values, name) ? values[name] : undefined };
  });
  const shown = places.flatMap(({ kind, value }) =>
    typeof value === (WORDS.includes(kind) ? "string" : "number") ? [SHOWN[kind](value as Value)] : [],
  );
  if (shown.length !== places.length) return "";
  const key = `say_${code.replace(".", "_")}`;
  const [first] = places;
  return first?.kind === "plural"
    ? plural(key as Plural, Number(first.value), ...shown.slice(1))
    : t(key as MessageKey, ...shown);
}
