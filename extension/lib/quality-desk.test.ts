// @vitest-environment node
/** What the worker asks of the companion about videos and creators, over a real HTTP companion. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { browser } from "wxt/browser";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { ScoreCache } from "./cache";
import { FakeCompanion, SECRETS } from "./fake-companion.fixture";
import { t } from "./i18n";
import { Companion } from "./link";
import type { KnownReply, PageMessage, QualityReply } from "./messages";
import { answerPage, type PageDesk } from "./page-desk";
import { ScoreQueue } from "./queue";
import { readPageMessage } from "./requests";
import { changeSettings, loadSettings } from "./settings";

const [ONE, TWO] = ["7600000000000000001", "7600000000000000002"];
const RATE = { value: 0.5, low: 0.3, high: 0.7, n: 10, videos: 1, first: null, last: null, kinds: "all" };
let server: FakeCompanion;
let desk: PageDesk;
let companion: Companion;
let maker: object; // what the companion says of a creator beyond the least

beforeEach(async () => {
  fakeBrowser.reset();
  maker = {};
  server = new FakeCompanion();
  server.script = ({ route, body }) => {
    if (route === "/v1/video")
      return {
        body: {
          model: "m",
          videos: (body.video_ids as string[]).map((id) => ({
            id,
            known: true,
            intent: RATE,
            score: null,
            stage: null,
            findings: [],
          })),
        },
      };
    if (route === "/v1/creator")
      return {
        body: {
          model: "m",
          creators: (body.handles as string[]).map((handle) => ({
            ...{ handle, known: false, intent: null, score: null },
            ...maker,
          })),
        },
      };
    return null;
  };
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

function ask<Reply>(message: PageMessage): Promise<Reply> {
  return answerPage(desk, message, 7) as Promise<Reply>;
}

test("known rates come for videos and creators in their order, each route asked once", async () => {
  const reply = await ask<KnownReply>({ type: "known", videoIds: [TWO, ONE] as string[], handles: ["a.tests"] });
  expect(reply).toMatchObject({
    ok: true,
    videos: [{ id: TWO, intent: RATE }, { id: ONE }],
    creators: [{ handle: "a.tests" }],
  });
  expect([server.asked("/v1/video").length, server.asked("/v1/creator").length]).toEqual([1, 1]);
  expect(server.asked("/v1/video")[0]?.body).toEqual({ platform: "tiktok", video_ids: [TWO, ONE] });
});

test("one video is asked closely, with what the page shows, and no creator where none is named", async () => {
  const shown = {
    creator: "",
    plays: 5,
    likes: null,
    comments: null,
    shares: null,
    saves: null,
    followers: null,
    duration_s: null,
    created_at: null,
  };
  const reply = await ask<QualityReply>({ type: "quality", videoId: ONE as string, handle: "", shown });
  expect(reply).toMatchObject({ ok: true, model: "m", video: { id: ONE }, creator: null });
  expect(server.asked("/v1/video")[0]?.body).toEqual({ platform: "tiktok", video_ids: [ONE], detail: true, shown });
  expect(server.asked("/v1/creator")).toEqual([]);
});

test("what an older companion leaves out is filled in, and what does not fit is a stranger's", async () => {
  const reply = await ask<KnownReply>({ type: "known", videoIds: [ONE] as string[], handles: ["a.tests"] });
  expect(reply).toMatchObject({
    videos: [{ chance: null, tip: null, looked: 0, unclear: 0 }],
    creators: [{ id: "", followers: null, videos: 0, latest: null, tip: null, badge: null }],
  });
  maker = { id: "71", followers: -1 };
  expect(await ask({ type: "known", videoIds: [], handles: ["a.tests"] })).toMatchObject({ ok: false });
});

test("sentences come as data where the companion knows codes, also those that this version does not know", async () => {
  const said = [{ code: "tip.of_the_moon", values: { n: 3, share: 0.5, word: "casino" } }];
  const badge = { words: "consistent creator", evidence: "12 of 14 videos", said };
  maker = { known: true, id: "71", badge };
  expect(await ask({ type: "known", videoIds: [], handles: ["a.tests"] })).toMatchObject({ creators: [{ badge }] });
  const { said: _, ...older } = badge;
  maker = { known: true, id: "71", badge: older };
  expect(await ask({ type: "known", videoIds: [], handles: ["a.tests"] })).toMatchObject({
    creators: [{ badge: older }],
  });
});

test.each([
  [{ code: "tip.read" }],
  [{ code: 7, values: {} }],
  [{ code: "tip.read", values: [] }],
  [{ code: "tip.read", values: { n: null } }],
  [{ code: "tip.read", values: { n: { deep: 1 } } }],
])("a sentence of the shape %j is a stranger's", async (sentence) => {
  maker = { known: true, id: "71", badge: { words: "w", evidence: "e", said: [sentence] } };
  expect(await ask({ type: "known", videoIds: [], handles: ["a.tests"] })).toMatchObject({ ok: false });
});

test("a refusal is said in the user's language where its code is known", async () => {
  const refuse = (error: string, status: number) => {
    server.script = ({ route }) => (route === "/v1/creator" ? { status, body: { error, message: "As I say." } } : null);
    return ask({ type: "known", videoIds: [], handles: ["a.tests"] });
  };
  expect(await refuse("busy", 429)).toMatchObject({ message: t("problem_busy") });
  expect(await refuse("scope", 403)).toMatchObject({ message: t("problem_scope") });
  expect(await refuse("moon", 422)).toMatchObject({ message: "As I say." });
  expect(await refuse("token", 401)).toMatchObject({ message: t("status_revoked") });
});

test("a creator's page is opened where the companion says it is, and only so often", async () => {
  const create = vi.spyOn(browser.tabs, "create");
  maker = { known: true, id: "@a.tests" };
  expect(await ask({ type: "open-creator", handle: "a.tests" })).toEqual({ ok: true });
  const { port } = await loadSettings();
  expect(create.mock.calls).toEqual([[{ url: `http://127.0.0.1:${port}/creators/tiktok/%40a.tests` }]]);
  for (let times = 0; times < 20; times++) await ask({ type: "open-creator", handle: "a.tests" });
  expect(create.mock.calls).toHaveLength(10);
});

test("no page is opened for a creator whom the companion does not know", async () => {
  vi.setSystemTime(Date.now() + 120_000);
  const create = vi.spyOn(browser.tabs, "create");
  create.mockClear();
  expect(await ask({ type: "open-creator", handle: "a.tests" })).toMatchObject({ ok: false });
  expect(create).not.toHaveBeenCalled();
  vi.useRealTimers();
});

test("an answer about something else is a stranger's", async () => {
  server.script = ({ route }) => (route === "/v1/video" ? { body: { model: "m", videos: [] } } : null);
  expect(await ask({ type: "known", videoIds: [ONE] as string[], handles: [] })).toMatchObject({ ok: false });
});

test("a paused extension asks nothing", async () => {
  await changeSettings({ paused: true });
  expect(await ask({ type: "known", videoIds: [ONE] as string[], handles: [] })).toMatchObject({ ok: false });
  expect(server.asked("/v1/video")).toEqual([]);
});

test.each([
  [{ type: "known", videoIds: ["7600000000000000001"], handles: ["a.tests"] }, true],
  [{ type: "known", videoIds: ["../x"], handles: [] }, false],
  [{ type: "known", videoIds: [], handles: ["a b"] }, false],
  [{ type: "known", videoIds: Array(61).fill("7600000000000000001"), handles: [] }, false],
  [{ type: "quality", videoId: "", handle: "a", shown: null }, true],
  [{ type: "quality", videoId: "", handle: "a", shown: { plays: 1 } }, false],
  [{ type: "open-creator", handle: "a.tests" }, true],
  [{ type: "open-creator", handle: "../settings" }, false],
  [{ type: "open-creator", handle: "" }, false],
  [{ type: "open-creator", handle: "a", url: "http://evil.example" }, false],
  [{ type: "quality", videoId: "", handle: "a", shown: null, url: "http://evil.example" }, false],
])("the door takes %j: %s", (message, isTaken) => {
  expect(readPageMessage(message) !== null).toBe(isTaken);
});
