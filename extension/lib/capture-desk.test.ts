// @vitest-environment node
/** Comments to be kept, over a real HTTP companion: sent only where both sides allow it, and without anybody's name. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { ScoreCache } from "./cache";
import { alias, commentId } from "./comment-id";
import { FakeCompanion, SECRETS } from "./fake-companion.fixture";
import { Companion } from "./link";
import type { CaptureReply, PageMessage, Row, ShownRow } from "./messages";
import { answerPage, type PageDesk } from "./page-desk";
import { ScoreQueue } from "./queue";
import { readPageMessage } from "./requests";
import { changeSettings, DEFAULTS, loadSettings } from "./settings";

const VIDEO = "7600000000000000011";
const CID = "7600000000000000101";
let server: FakeCompanion;
let desk: PageDesk;
let companion: Companion;
let scopes: string[];

beforeEach(async () => {
  fakeBrowser.reset();
  server = new FakeCompanion();
  scopes = ["score", "teach", "capture"];
  server.script = async ({ route, body }) => {
    if (route === "/v1/capture") return { body: { new: (body.rows as unknown[]).length, seen: 0 } };
    return null;
  };
  server.scopes = () => scopes;
  const features = { ...DEFAULTS.features, capture: true };
  await changeSettings({ port: await server.start(), features });
  companion = new Companion({
    secrets: { read: async () => SECRETS, write: async () => {}, clear: async () => {} },
    port: async () => (await loadSettings()).port,
    permitted: async () => true,
    changed: () => {},
  });
  const queue = new ScoreQueue({ session: async () => null, failed: () => false, scored: async ({ score }) => score });
  const view = async () => ({ settings: await loadSettings(), link: companion.link, paired: true, mayCapture: true });
  desk = { companion, cache: new ScoreCache(), queue, view };
});
afterEach(async () => {
  companion.reset();
  await server.stop();
});

const root: Row = { cid: null, handle: "mia.tests", text: "where?", level: 1, nth: 0, parent: "" };
const reply: Row = { cid: CID, handle: "Zara.Tests", text: "@Mia ✨ same", level: 2, nth: 0, parent: "where?" };

function shown(row: Row, rest: Partial<ShownRow> = {}): ShownRow {
  return { row, root: null, text: row.text, likes: "", time: "", byCreator: false, pinned: false, ...rest };
}

function message(rows: ShownRow[], rest: object = {}): Extract<PageMessage, { type: "capture" }> {
  return { type: "capture", videoId: VIDEO, creator: "shop.tests", rows, embedded: {}, ...rest };
}

function send(rows: ShownRow[], rest: object = {}): Promise<CaptureReply> {
  return answerPage(desk, message(rows, rest), 7) as Promise<CaptureReply>;
}

const sent = () => server.asked("/v1/capture").map(({ body }) => body);

test("rows go with pseudonyms in place of handles, masked words and the page's own words", async () => {
  const rows = [
    shown(root, { likes: "1.2K", time: "2d ago", pinned: true }),
    shown(reply, { root, text: "@user same", byCreator: true }),
  ];
  expect(await send(rows)).toEqual({ ok: true, fresh: 2, known: 0 });
  const [body] = sent();
  expect(body).toEqual({
    platform: "tiktok",
    video_id: VIDEO,
    creator: "shop.tests",
    embedded: {},
    rows: [
      {
        id: await commentId(root, VIDEO, SECRETS.aliasKey),
        author: await alias("mia.tests", SECRETS.aliasKey),
        text: "where?",
        likes: "1.2K",
        time: "2d ago",
        level: 1,
        parent: null,
        by_creator: false,
        pinned: true,
      },
      {
        id: CID,
        author: await alias("zara.tests", SECRETS.aliasKey),
        text: "@user same",
        likes: "",
        time: "",
        level: 2,
        parent: await commentId(root, VIDEO, SECRETS.aliasKey),
        by_creator: true,
        pinned: false,
      },
    ],
  });
  expect(JSON.stringify(server.seen).toLowerCase()).not.toMatch(/mia|zara/);
});

test("while it is off nothing is sent, not even a question who is there", async () => {
  await changeSettings({ features: { ...DEFAULTS.features, capture: false } });
  expect(await send([shown(root)])).toMatchObject({ ok: false });
  await changeSettings({ features: { ...DEFAULTS.features, capture: true }, paused: true });
  expect(await send([shown(root)])).toMatchObject({ ok: false });
  expect(server.seen).toEqual([]);
});

test("while the companion does not allow it no comment is sent", async () => {
  scopes = ["score", "teach"];
  expect(await send([shown(root)])).toMatchObject({ ok: false });
  expect(companion.allows("capture")).toBe(false);
  scopes = ["score", "teach", "capture"];
  expect(await send([shown(root)])).toMatchObject({ ok: true });
  expect(companion.allows("capture")).toBe(true);
  expect(sent()).toHaveLength(1);
});

test("a companion that is away, busy or refuses is not asked again by itself", async () => {
  server.script = ({ route }) =>
    route === "/v1/capture" ? { status: 503, body: { error: "busy", message: "busy" } } : null;
  expect(await send([shown(root)])).toMatchObject({ ok: false });
  expect(sent()).toHaveLength(1);
  expect(companion.link.state).toBe("ready");
  server.script = ({ route }) =>
    route === "/v1/capture" ? { status: 403, body: { error: "scope", message: "no" } } : null;
  expect(await send([shown(root)])).toMatchObject({ ok: false });
  expect(companion.link.state).toBe("ready");
  await server.stop();
  expect(await send([shown(root)])).toMatchObject({ ok: false, link: { state: "offline" } });
});

test("page data is cut down here too, and too much of it is not sent", async () => {
  const block = { userInfo: { user: { id: "71", uniqueId: "shop.tests", bioLink: "x" } }, shareMeta: {} };
  await send([], { videoId: "", embedded: { "webapp.user-detail": block } });
  expect(sent()).toMatchObject([
    { video_id: null, rows: [], embedded: { "webapp.user-detail": { userInfo: { user: { id: "71" } } } } },
  ]);
  expect(JSON.stringify(sent())).not.toMatch(/bioLink|shareMeta/);
  const long = Array.from({ length: 50 }, () =>
    shown({ ...root, text: "🙂".repeat(5_000) }, { text: "🙂".repeat(5_000) }),
  );
  expect(JSON.stringify(message(long)).length).toBeGreaterThan(256_000);
  expect(await send(long)).toMatchObject({ ok: true });
  expect(new TextEncoder().encode(JSON.stringify(sent()[1])).length).toBeLessThanOrEqual(256_000);
});

test("odd names and ids stay out of the message", async () => {
  await send([shown(root), shown({ ...root, text: "\u202e" }, { text: "\u202e" })], { creator: "no handle" });
  expect(sent()[0]).toMatchObject({ creator: "", rows: [{ text: "where?" }] });
});

test("a stream of batches stops", async () => {
  const replies = [];
  for (let index = 0; index < 70; index++) replies.push(await send([shown({ ...root, nth: index })]));
  expect(replies.filter(({ ok }) => ok).length).toBeLessThanOrEqual(60);
  expect(replies.at(-1)).toMatchObject({ ok: false });
});

test.each([
  ["another key", { url: "http://127.0.0.1:9/" }],
  ["a token", { token: "x" }],
  ["a row that is no row", { rows: [{ ...shown(root), nickname: "Mia" }] }],
  ["51 rows", { rows: Array.from({ length: 51 }, () => shown(root)) }],
  ["an unknown block", { embedded: { "webapp.app-context": {} } }],
  ["a block that is no object", { embedded: { "webapp.user-detail": [] } }],
  ["too large a block", { embedded: { "webapp.user-detail": { junk: "x".repeat(60_001) } } }],
])("a message with %s is dropped", (_, change) => {
  expect(readPageMessage(message([shown(root)]))).not.toBeNull();
  expect(readPageMessage({ ...message([shown(root)]), ...change })).toBeNull();
});
