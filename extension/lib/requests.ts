/**
 * What the worker accepts, from whom, in which limits. Everything else is dropped and counted.
 * A compromised page could forge any message of its content script, so those may ask for scores and
 * corrections, and where the user allowed it for comments to be kept; tokens, pairing, settings and deletion belong to the extension's own pages.
 */
import { signal } from "../protocol/answers";
import { closed, flag, type Guard, listOf, nullable, oneOf, plain, real, text, whole } from "./guards";
import type {
  AdminMessage,
  Blocks,
  Context,
  PageMessage,
  PageReport,
  Row,
  ShownRow,
  ShownVideo,
  Suggestion,
} from "./messages";
import { BLOCKS, EMBEDDED_LIMIT } from "./page-data";
import { HOST, isSettingsChange } from "./settings";

export const CAPTURE_ROWS = 50; // comments in one message to be kept
export const ASKING = 8; // comments that tell what a card should hold
export const KNOWN = 60; // videos, and creators, in one message that asks for stored rates
export const ROWS = 200; // comments in one message; the queue splits them into requests of 50

const id = text(128, 1, /^[\w.:@-]+$/);
const videoId = text(64, 0, /^[\w.:@-]*$/);
const uuid = text(36, 36, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const passage = text(20_000); // cut to the wire's limits before it is sent

const context: Guard<Context> = closed({
  caption: passage,
  hashtags: listOf(text(500), 200),
  product: passage,
  parent: passage,
});
const row: Guard<Row> = closed({
  cid: nullable(id),
  handle: text(200),
  text: passage,
  level: oneOf(1, 2),
  nth: whole(0, 100_000),
  parent: passage,
});
const suggestion: Guard<Suggestion> = closed({ grade: real(1, 10), p_high: real(0, 1), model: text(128) });
const count = whole(0, 10_000_000);
const report: Guard<PageReport> = closed({
  surface: oneOf("video", "feed", "profile", "search", "other"),
  seen: count,
  high: count,
  unsure: count,
  pageChanged: flag,
});

const shown: Guard<ShownRow> = closed({
  row,
  root: nullable(row),
  text: passage,
  likes: text(100),
  time: text(1000),
  byCreator: flag,
  pinned: flag,
});

const counter = nullable(whole(0, 1e13));
const shownVideo: Guard<ShownVideo> = closed({
  creator: text(64, 0, /^[\w.-]*$/),
  plays: counter,
  likes: counter,
  comments: counter,
  shares: counter,
  saves: counter,
  followers: counter,
  duration_s: nullable(whole(0, 86_400)),
  created_at: nullable(whole(0, 2 ** 40)),
});
const cardPage = oneOf("feed", "video", "search");
const hour = whole(0, 23);
const numericId = text(20, 6, /^\d+$/);
const handle = text(64, 1, /^[\w.-]+$/);

/** Blocks of page data by name; what they hold is cut down again before it is sent. */
const blocks: Guard<Blocks> = (value): value is Blocks =>
  plain(value) &&
  Object.entries(value).every(([name, block]) => Object.hasOwn(BLOCKS, name) && plain(block)) &&
  JSON.stringify(value).length <= EMBEDDED_LIMIT;

type Table<M extends { type: string }> = { [T in M["type"]]: Guard<Extract<M, { type: T }>> };

const PAGE: Table<PageMessage> = {
  score: closed({ type: oneOf("score"), videoId, context, rows: listOf(row, ROWS, 1) }),
  explain: closed({ type: oneOf("explain"), text: passage, context }),
  teach: closed({
    type: oneOf("teach"),
    uuid,
    videoId,
    context,
    row,
    grade: whole(1, 10),
    signal: nullable(signal),
    suggestion: nullable(suggestion),
  }),
  unteach: closed({ type: oneOf("unteach"), uuid, undoes: uuid, videoId, context, row }),
  capture: closed({
    type: oneOf("capture"),
    videoId,
    creator: text(200),
    rows: listOf(shown, CAPTURE_ROWS),
    embedded: blocks,
  }),
  known: closed({ type: oneOf("known"), videoIds: listOf(numericId, KNOWN), handles: listOf(handle, KNOWN) }),
  quality: closed({
    type: oneOf("quality"),
    videoId: text(20, 0, /^(?:\d{6,20})?$/),
    handle: text(64, 0, /^[\w.-]*$/),
    shown: nullable(shownVideo),
  }),
  "open-creator": closed({ type: oneOf("open-creator"), handle }),
  hashtag: closed({ type: oneOf("hashtag"), tag: text(200, 1) }),
  shop: closed({
    type: oneOf("shop"),
    page: cardPage,
    videoId: text(20, 0, /^(?:\d{6,20})?$/),
    context,
    comments: listOf(passage, ASKING),
    words: passage,
    hour,
  }),
  deed: closed({
    type: oneOf("deed"),
    deed: oneOf("impression", "click", "save", "hide", "search"),
    page: cardPage,
    card: text(32, 0, /^(?:[0-9a-f]{32})?$/),
    product: text(512),
    words: passage,
    hour,
  }),
  "allow-shop": closed({ type: oneOf("allow-shop"), host: text(253, 3, HOST) }),
  report: closed({ type: oneOf("report"), report }),
  view: closed({ type: oneOf("view") }),
};

const ADMIN: Table<AdminMessage> = {
  pair: closed({ type: oneOf("pair"), code: text(32, 1), name: text(64, 1) }),
  unpair: closed({ type: oneOf("unpair") }),
  check: closed({ type: oneOf("check") }),
  view: closed({ type: oneOf("view") }),
  notices: closed({ type: oneOf("notices") }),
  "report-of": closed({ type: oneOf("report-of"), tabId: whole(0, 2 ** 31) }),
  settings: closed({ type: oneOf("settings"), change: isSettingsChange }),
  forget: closed({ type: oneOf("forget") }),
  diagnostics: closed({ type: oneOf("diagnostics") }),
};

export function readPageMessage(raw: unknown): PageMessage | null {
  return read(PAGE, raw);
}

export function readAdminMessage(raw: unknown): AdminMessage | null {
  return read(ADMIN, raw);
}

function read<M extends { type: string }>(table: Table<M>, raw: unknown): M | null {
  if (typeof raw !== "object" || raw === null || !Object.hasOwn(raw, "type")) return null;
  const type = (raw as { type: unknown }).type;
  if (typeof type !== "string" || !Object.hasOwn(table, type)) return null;
  const guard = table[type as M["type"]] as Guard<M>;
  return guard(raw) ? raw : null;
}
