// @vitest-environment node
/** What the worker asks of the companion about a page's hashtag, over a real HTTP companion. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { ScoreCache } from "./cache";
import { FakeCompanion, SECRETS } from "./fake-companion.fixture";
import { Companion } from "./link";
import type { HashtagReply } from "./messages";
import { answerPage, type PageDesk } from "./page-desk";
import { ScoreQueue } from "./queue";
import { readPageMessage } from "./requests";
import { changeSettings, loadSettings } from "./settings";

const FOUND = {
  tag: "skincare",
  none: false,
  confidence: 0.9,
  videos: 3,
  category: { id: "beauty-skin", path: ["Beauty", "Skin Care"], score: 1, support: 3 },
  intent: { value: 0.75, low: 0.4, high: 0.9, n: 12 },
  related: [{ tag: "glowserum", similarity: 1, videos: 3 }],
};
let server: FakeCompanion;
let desk: PageDesk;
let companion: Companion;
let body: object;

beforeEach(async () => {
  fakeBrowser.reset();
  server = new FakeCompanion();
  body = { ready: true, tree: "default", tags: [FOUND] };
  server.script = ({ route }) => (route === "/v1/hashtags/map" ? { body } : null);
  await changeSettings({ port: await server.start() });
  companion = new Companion({
    secrets: { read: async () => SECRETS, write: async () => {}, clear: async () => {} },
    port: async () => (await loadSettings()).port,
    permitted: async () => true,
    changed: () => {},
  });
  const queue = new ScoreQueue({
    session: () => companion.prove(),
    failed: (outcome) => companion.failed(outcome),
    scored: async ({ score }) => score,
    sleep: async () => {},
  });
  const view = async () => ({ settings: await loadSettings(), link: companion.link, paired: true, mayCapture: false });
  desk = { companion, cache: new ScoreCache(), queue, view };
});

afterEach(async () => {
  companion.reset();
  await server.stop();
});

const ask = (tag = "skincare"): Promise<HashtagReply> =>
  answerPage(desk, { type: "hashtag", tag }, 7) as Promise<HashtagReply>;

test("the hashtag is asked about with the token, cleaned of control characters and cut", async () => {
  expect(await ask(`\u202eskin\u0000care${"😀".repeat(300)}`)).toEqual({ ok: true, found: FOUND });
  const [seen] = server.asked("/v1/hashtags/map");
  expect(seen?.authorization).toBe(`Bearer ${SECRETS.token}`);
  expect(seen?.body).toEqual({ tags: [`skincare${"😀".repeat(192)}`] });
});

test("a companion that is not ready yet has found nothing", async () => {
  body = { ready: false, tree: "", tags: [] };
  expect(await ask()).toEqual({ ok: true, found: null });
});

test.each([
  ["nothing where it is ready", { ready: true, tree: "default", tags: [] }],
  ["two hashtags", { ready: true, tree: "default", tags: [FOUND, FOUND] }],
  ["a share above 1", { ready: true, tree: "default", tags: [{ ...FOUND, intent: { ...FOUND.intent, value: 75 } }] }],
  ["no related ones", { ready: true, tree: "default", tags: [{ ...FOUND, related: undefined }] }],
  [
    "an empty category",
    { ready: true, tree: "default", tags: [{ ...FOUND, category: { ...FOUND.category, path: [] } }] },
  ],
])("an answer with %s is a stranger's", async (_, answered) => {
  body = answered;
  expect(await ask()).toMatchObject({ ok: false });
});

test("nothing is asked while paused, switched off, or about nothing", async () => {
  expect(await ask("\u202e")).toMatchObject({ ok: false });
  await changeSettings({ paused: true });
  expect(await ask()).toMatchObject({ ok: false });
  const { features } = await loadSettings();
  await changeSettings({ paused: false, features: { ...features, "hashtag-panel": false } });
  expect(await ask()).toMatchObject({ ok: false });
  expect(server.asked("/v1/hashtags/map")).toEqual([]);
});

test.each([
  [{ type: "hashtag", tag: "สกินแคร์" }, true],
  [{ type: "hashtag", tag: "" }, false],
  [{ type: "hashtag", tag: "x".repeat(201) }, false],
  [{ type: "hashtag", tag: ["a"] }, false],
  [{ type: "hashtag", tag: "a", route: "/v1/score" }, false],
])("the door takes %j: %s", (message, isTaken) => {
  expect(readPageMessage(message) !== null).toBe(isTaken);
});
