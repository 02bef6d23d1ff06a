/** Shapes of the companion's answers. A program that answers otherwise is not our companion. */
import {
  eitherOf,
  flag,
  type Guard,
  grown,
  listOf,
  nullable,
  oneOf,
  open,
  real,
  recordOf,
  text,
  whole,
} from "../lib/guards";
import type { components } from "./wire";

type Schemas = components["schemas"];

/** The contract this build speaks (`API_VERSION` in companion/api/wire.py). */
export const API_VERSION = 1;

const hex64 = text(64, 64, /^[0-9a-f]{64}$/);
const version = whole(0, 1_000_000);
const grade = whole(1, 10);
export const signal = oneOf("none", "praise", "question", "price", "availability", "want", "bought", "objection");
const name = text(128);

const pair: Guard<[number, number]> = (value): value is [number, number] => listOf(real(0, 11), 2, 2)(value);

export const isProblem: Guard<Schemas["Problem"]> = open({ error: text(200), message: text(2000) });

export const isHealth: Guard<Schemas["Health"]> = open({
  name: oneOf("BuySignal"),
  version: name,
  api_version: version,
});

export const isPairAnswer: Guard<Schemas["PairAnswer"]> = open({
  client_id: text(128, 1, /^[\w.:@-]+$/),
  token: text(512, 20, /^[\x21-\x7e]+$/),
  alias_key: hex64,
  scopes: listOf(oneOf("score", "teach", "capture"), 10),
  api_version: version,
});

const proven = open({ proof: hex64, version: name, api_version: version, model: name });
const withScopes = open({ scopes: listOf(oneOf("score", "teach", "capture"), 10) });

/** A companion of before may leave `scopes` out: then there is nothing beyond the usual. */
type Hello = Omit<Schemas["HelloAnswer"], "scopes"> & { scopes?: Schemas["HelloAnswer"]["scopes"] };
export const isHelloAnswer: Guard<Hello> = (value): value is Hello =>
  proven(value) && (!Object.hasOwn(value, "scopes") || withScopes(value));

const yours = nullable(open({ grade, signal: nullable(signal) }));

export const isScore: Guard<Schemas["Score"]> = open({
  id: name,
  grade: real(1, 10),
  level: grade,
  p_high: real(0, 1),
  signal,
  sentiment: oneOf("negative", "neutral", "positive"),
  interval: pair,
  unsure: flag,
  lang: text(35),
  truncated: flag,
  yours,
});

/** Guards an answer to exactly these ids, in this order. */
export function isScoreAnswer(ids: string[]): Guard<Schemas["ScoreAnswer"]> {
  const shape = open({ model: name, scores: listOf(isScore, ids.length, ids.length) });
  return (value): value is Schemas["ScoreAnswer"] =>
    shape(value) && value.scores.every((score, index) => score.id === ids[index]);
}

const offset = whole(0, 100_000);

export const isExplainAnswer: Guard<Schemas["ExplainAnswer"]> = open({
  model: name,
  score: isScore,
  words: listOf(open({ text: text(20_000), start: offset, end: offset, effect: real(-10, 10) }), 2000),
  examples: listOf(
    open({ text: text(20_000), grade, signal, source: oneOf("seed", "yours"), similarity: real(-1.01, 1.01) }),
    50,
  ),
});

const counted = whole(0, 1_000_000);
export const isCaptureAnswer: Guard<Schemas["CaptureAnswer"]> = open({ new: counted, seen: counted });

export const isFeedbackAnswer: Guard<Schemas["FeedbackAnswer"]> = open({ uuid: text(64), duplicate: flag, yours });

export const isNoticesAnswer: Guard<Schemas["NoticesAnswer"]> = open({
  notices: listOf(open({ name: text(60), count: whole(0, 1_000_000_000), since: text(40) }), 20),
});

const share = real(0, 1);
const points = nullable(real(0, 100));
const sentence = text(4000);
const moment = nullable(text(40));

const isRate = nullable(
  open({
    value: share,
    low: share,
    high: share,
    n: whole(1, 1e9),
    videos: whole(1, 1e9),
    first: moment,
    last: moment,
    kinds: oneOf("organic", "open", "all"),
  }),
);
const part = oneOf("deviation", "sentiment", "share value", "engagement");
const range = { low: points, high: points };
/** Codes that are not known here are let through: what they say stands beside them in English. */
const said = listOf(open({ code: text(60), values: recordOf(eitherOf(real(-1e15, 1e15), text(400)), 20) }), 60);
const isQualityScore = nullable(
  grown(
    {
      value: points,
      partial: flag,
      reason: sentence,
      parts: listOf(grown({ name: part, points, weight: share, reason: sentence }, { ...range, said }), 4),
    },
    { ...range, said },
  ),
);
const finding = grown({ words: sentence, evidence: sentence }, { said });
const tip = nullable(grown({ part, points: real(0, 100), words: sentence, video: name, about: text(200) }, { said }));
const counts = whole(0, 1e13);
const chance = nullable(open({ value: share, low: share, high: share, n: counts }));
const latest = nullable(open({ id: name, posted: moment, stage: finding, chance }));

/** An older companion leaves these out. */
type Grown<T, Later extends keyof T> = Omit<T, Later> & Partial<Pick<T, Later>>;
export type AnsweredVideo = Grown<Schemas["VideoQuality"], "chance" | "tip" | "looked" | "unclear">;
export type AnsweredCreator = Grown<
  Schemas["CreatorQuality"],
  "id" | "followers" | "videos" | "latest" | "tip" | "badge"
>;

/** Guards an answer to exactly these videos, in this order. */
export function isVideoAnswer(ids: readonly string[]): Guard<{ model: string; videos: AnsweredVideo[] }> {
  const known = { id: name, known: flag, intent: isRate, score: isQualityScore, stage: nullable(finding) };
  const video = grown({ ...known, findings: listOf(finding, 50) }, { chance, tip, looked: counts, unclear: counts });
  const shape = open({ model: name, videos: listOf(video, ids.length, ids.length) });
  return (value): value is { model: string; videos: AnsweredVideo[] } =>
    shape(value) && value.videos.every((each, index) => each.id === ids[index]);
}

/** Guards an answer to exactly these creators, in this order. */
export function isCreatorAnswer(handles: readonly string[]): Guard<{ model: string; creators: AnsweredCreator[] }> {
  const creator = grown(
    { handle: name, known: flag, intent: isRate, score: isQualityScore },
    {
      id: text(128, 0, /^[\w.:@-]*$/),
      followers: nullable(counts),
      videos: counts,
      latest,
      tip,
      badge: nullable(finding),
    },
  );
  const shape = open({ model: name, creators: listOf(creator, handles.length, handles.length) });
  return (value): value is { model: string; creators: AnsweredCreator[] } =>
    shape(value) && value.creators.every((each, index) => each.handle === handles[index]);
}

const tag = text(100);

const hashtagAnswer = open({
  ready: flag,
  tree: text(200),
  tags: listOf(
    open({
      tag,
      none: flag,
      confidence: share,
      videos: whole(0, 1e13),
      category: nullable(
        open({ id: text(1000), path: listOf(text(1000), 20, 1), score: share, support: whole(0, 1e13) }),
      ),
      intent: nullable(open({ value: share, low: share, high: share, n: whole(1, 1e9) })),
      related: listOf(open({ tag, similarity: share, videos: whole(0, 1e13) }), 8),
    }),
    1,
  ),
});

/** Guards an answer about one hashtag, which holds it as soon as the companion is ready. */
export const isHashtagAnswer: Guard<Schemas["HashtagsMapAnswer"]> = (value): value is Schemas["HashtagsMapAnswer"] =>
  hashtagAnswer(value) && value.tags.length === (value.ready ? 1 : 0);

const slot = oneOf(
  ...(["product", "recipient", "age", "budget", "colour", "material"] as const),
  ...(["size", "brand", "franchise", "interest", "occasion", "exclusion"] as const),
);
const httpsOrNone = text(2048, 0, /^(?:https:\/\/[^\s"<>]+)?$/i);

export const isShopAnswer: Guard<Schemas["ShopRelatedAnswer"]> = open({
  card: text(32, 32, /^[0-9a-f]{32}$/),
  items: listOf(
    open({
      id: text(512, 1),
      place: whole(1, 6),
      title: text(600),
      price: nullable(real(0, 1e12)),
      currency: text(8),
      link: httpsOrNone,
      image: httpsOrNone,
      reason: open({ kind: oneOf("fits", "opened", "searched", "taste"), words: text(600), exploring: flag }),
    }),
    6,
  ),
  understood: listOf(open({ slot, value: text(1000) }), 12),
  asking: whole(0, 100),
  relaxed: listOf(text(40), 20),
  demo: flag,
});

export const isDeedAnswer: Guard<Schemas["ShopEventAnswer"]> = open({ stored: flag });
