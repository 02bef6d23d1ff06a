// @vitest-environment node
/** Both desks over a real HTTP companion: what a tab and what our own pages get. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "wxt/browser";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { type AdminDesk, answerAdmin } from "./admin-desk";
import { ScoreCache } from "./cache";
import { FakeCompanion, SECRETS, scoreOf } from "./fake-companion.fixture";
import { Companion } from "./link";
import type { Row, Score, ScoreReply } from "./messages";
import { answerPage, keepScore } from "./page-desk";
import { ScoreQueue } from "./queue";
import type { Secrets } from "./secrets";
import { changeSettings, DEFAULTS, loadSettings } from "./settings";

const CONTEXT = { caption: "lip gloss", hashtags: [], product: "", parent: "" };
const UUID = "0b5c2e00-0000-4000-8000-000000000001";
let server: FakeCompanion;
let kept: Secrets | null;
let desk: AdminDesk;
let workers: AdminDesk[];

/** A worker as `worker.ts` puts it together, with secrets in memory; two of them share the browser's storage. */
function worker(): AdminDesk {
  const secrets = {
    read: async () => kept,
    write: async (value: Secrets) => {
      kept = value;
    },
    clear: async () => {
      kept = null;
    },
  };
  const cache = new ScoreCache();
  const companion = new Companion({
    secrets,
    port: async () => (await loadSettings()).port,
    permitted: async () => true,
    changed: () => {},
  });
  const queue = new ScoreQueue({
    session: () => companion.prove(),
    failed: (outcome) => companion.failed(outcome),
    scored: (answer) => keepScore({ companion, cache }, answer),
    sleep: async () => {},
  });
  const view = async () => ({
    settings: await loadSettings(),
    link: companion.link,
    paired: kept !== null,
    mayCapture: companion.allows("capture"),
  });
  const dropped = () => ({ "other extension": 0, "wrong origin": 2, "wrong frame": 0, "not a known message": 0 });
  const made = { companion, cache, queue, secrets, view, dropped, announce: async () => {} };
  workers.push(made);
  return made;
}

beforeEach(async () => {
  fakeBrowser.reset();
  server = new FakeCompanion();
  await changeSettings({ port: await server.start() });
  kept = SECRETS;
  workers = [];
  desk = worker();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const { companion, cache } of workers) {
    companion.reset();
    await cache.clear(); // no late write into the next test's storage
  }
  await server.stop();
});

function row(cid: string, text: string): Row {
  return { cid, handle: "ann", text, level: 1, nth: 0, parent: "" };
}

function score(rows: Row[], at = desk): Promise<ScoreReply> {
  return answerPage(at, { type: "score", videoId: "1", context: CONTEXT, rows }, 7) as Promise<ScoreReply>;
}

const scores = (rows: Row[]) => rows.map(({ cid, text }) => scoreOf({ id: cid ?? "", text }) as Score);

describe("scores", () => {
  test("come in the order of the rows, also where some are known", async () => {
    const rows = ["a", "bb", "ccc", "dddd"].map((text, index) => row(`c${index}`, text));
    await score([rows[2] as Row, rows[0] as Row]);
    expect(await score(rows)).toEqual({ ok: true, model: "model-1", scores: scores(rows) });
    const sent = server.asked("/v1/score").map(({ body }) => (body.comments as { id: string }[]).map(({ id }) => id));
    expect(sent).toEqual([
      ["c2", "c0"],
      ["c1", "c3"],
    ]);
  });

  test("are kept over a stop of the worker, whose successor asks for the proof again", async () => {
    const rows = [row("c1", "how much")];
    await score(rows);
    await desk.cache.flush();
    const proofs = server.asked("/v1/hello").length;
    const next = worker();
    expect(await score(rows, next)).toEqual({ ok: true, model: "model-1", scores: scores(rows) });
    expect(server.asked("/v1/score")).toHaveLength(1);
    expect(server.asked("/v1/hello")).toHaveLength(proofs + 1);
  });

  test("are asked for anew when another model answers", async () => {
    const rows = [row("c1", "how much")];
    await score(rows);
    server.script = ({ route }) =>
      route === "/v1/score" ? { body: { model: "model-2", scores: scores([row("c2", "x")]) } } : null;
    expect(await score([row("c2", "x")])).toMatchObject({ ok: true, model: "model-2" });
    server.script = () => null;
    await score(rows);
    expect(server.asked("/v1/score")).toHaveLength(3);
  });

  test("rows without an id are sent under their hash, text cleaned, and no handle leaves", async () => {
    await score([{ ...row("x", "how\u202e much\ud83d"), cid: null, handle: "Secret.Handle" }]);
    const [sent] = server.asked("/v1/score");
    expect(sent?.body.comments).toEqual([
      { id: expect.stringMatching(/^dom:[0-9a-f]{32}$/), text: "how much\ufffd", parent: "" },
    ]);
    expect(JSON.stringify(server.seen).toLowerCase()).not.toContain("secret.handle");
  });

  test("are refused while paused, unpaired or offline, with the reason", async () => {
    await changeSettings({ paused: true });
    expect(await score([row("c1", "x")])).toMatchObject({ ok: false, message: expect.stringContaining("paused") });
    await changeSettings({ paused: false });
    kept = null;
    expect(await score([row("c1", "x")])).toMatchObject({ ok: false, link: { state: "unpaired" } });
    kept = SECRETS;
    await server.stop();
    expect(await score([row("c1", "x")])).toMatchObject({ ok: false, link: { state: "offline" } });
  });

  test("are not asked of a stranger: it gets neither token nor comment", async () => {
    server.script = () => ({ body: { proof: "f".repeat(64), version: "0.1.0", api_version: 1, model: "m" } });
    expect(await score([row("c1", "how much")])).toMatchObject({ ok: false, link: { state: "stranger" } });
    expect(server.seen.map(({ route, authorization }) => [route, authorization])).toEqual([["/v1/hello", undefined]]);
    expect(JSON.stringify(server.seen)).not.toContain("how much");
  });
});

describe("corrections", () => {
  const teach = {
    type: "teach",
    uuid: UUID,
    videoId: "1",
    context: CONTEXT,
    row: row("c1", "how much"),
    grade: 9,
    signal: "want",
    suggestion: null,
  } as const;

  test("are stored, shown in the next answer, and taken back", async () => {
    const rows = [row("c1", "how much")];
    await score(rows);
    const yours = { grade: 9, signal: "want" };
    expect(await answerPage(desk, teach, 7)).toEqual({ ok: true, uuid: UUID, yours });
    expect(await score(rows)).toMatchObject({ scores: [{ id: "c1", yours }] });
    await answerPage(
      desk,
      {
        type: "unteach",
        uuid: UUID.replace("1", "2"),
        undoes: UUID,
        videoId: "1",
        context: CONTEXT,
        row: row("c1", "how much"),
      },
      7,
    );
    expect(await score(rows)).toMatchObject({ scores: [{ id: "c1", yours: null }] });
    expect(server.asked("/v1/score")).toHaveLength(1);
    expect(server.asked("/v1/feedback").map(({ body }) => [body.action, body.comment_id, body.undoes])).toEqual([
      ["set", "c1", undefined],
      ["undo", "c1", UUID],
    ]);
  });

  test("a stream of them stops at thirty a minute", async () => {
    const replies = [];
    for (let index = 0; index < 40; index++) replies.push(await answerPage(desk, teach, 7));
    const refused = replies.filter((reply) => !(reply as { ok: boolean }).ok);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expect(refused[0]).toMatchObject({ ok: false, message: expect.stringContaining("30 corrections") });
  });
});

describe("our own pages", () => {
  const pair = { type: "pair", code: "abcd-2346", name: "Chromium" } as const;

  test("pair: the code is sent plain, the token is kept, the proof asked for at once", async () => {
    kept = null;
    server.script = ({ route }) =>
      route === "/v1/pair"
        ? {
            body: {
              client_id: SECRETS.clientId,
              token: SECRETS.token,
              alias_key: SECRETS.aliasKey,
              scopes: ["score", "teach"],
              api_version: 1,
            },
          }
        : null;
    expect(await answerAdmin(desk, pair)).toEqual({ ok: true });
    expect(server.asked("/v1/pair")[0]?.body).toEqual({ code: "ABCD2346", name: "Chromium" });
    expect(kept).toEqual(SECRETS);
    expect(desk.companion.link.state).toBe("ready");
  });

  test.each([
    ["wrong-code", { status: 403, body: { error: "pairing_code", message: "" } }],
    ["closed", { status: 403, body: { error: "pairing_closed", message: "" } }],
    ["invalid", { status: 422, body: { error: "schema", message: "" } }],
    ["limited", { status: 429, body: { error: "budget", message: "" } }],
    ["stranger", { type: "text/html", body: "<html>" }],
    ["stranger", { body: { token: "short" } }],
  ])("say %s in words that tell the mend", async (reason, reply) => {
    kept = null;
    server.script = () => reply;
    const answer = (await answerAdmin(desk, pair)) as { ok: boolean; reason: string; message: string };
    expect(answer).toMatchObject({ ok: false, reason });
    expect(answer.message.length).toBeGreaterThan(30);
    expect(kept).toBeNull();
  });

  test("unpair forgets the token and the scores", async () => {
    await score([row("c1", "x")]);
    expect(await answerAdmin(desk, { type: "unpair" })).toMatchObject({ link: { state: "unpaired" } });
    expect(kept).toBeNull();
    expect(desk.cache.stats.entries).toBe(0);
  });

  test("another port means another look", async () => {
    await score([row("c1", "x")]);
    const other = new FakeCompanion();
    const port = await other.start();
    expect(await answerAdmin(desk, { type: "settings", change: { port } })).toMatchObject({ link: { state: "ready" } });
    expect(other.asked("/v1/hello")).toHaveLength(1);
    await other.stop();
  });

  test("forget leaves nothing in any storage", async () => {
    await changeSettings({ quiet: false });
    await score([row("c1", "x")]);
    await answerPage(
      desk,
      { type: "report", report: { surface: "video", seen: 9, high: 2, unsure: 1, pageChanged: false } },
      7,
    );
    await answerAdmin(desk, { type: "forget" });
    expect(kept).toBeNull();
    expect(await browser.storage.local.get(null)).toEqual({});
    expect(await browser.storage.session.get(null)).toEqual({});
    expect(await loadSettings()).toEqual(DEFAULTS);
  });

  test("a tab's report is kept for the popup and counted on the toolbar", async () => {
    const report = { surface: "video", seen: 9, high: 2, unsure: 1, pageChanged: false } as const;
    await answerPage(desk, { type: "report", report }, 7);
    expect(await answerAdmin(desk, { type: "report-of", tabId: 7 })).toEqual(report);
    expect(await answerAdmin(desk, { type: "report-of", tabId: 8 })).toBeNull();
  });

  test("diagnostics name versions, states and counts, and nothing secret", async () => {
    vi.stubGlobal("navigator", { userAgent: "Test browser" }); // Node has none
    await score([row("c1", "how much for the lip gloss")]);
    const { text } = (await answerAdmin(desk, { type: "diagnostics" })) as { text: string };
    expect(text).toContain("Companion: ready 0.1.0, model model-1");
    expect(text).toContain("wrong origin 2");
    for (const secret of [SECRETS.token, SECRETS.aliasKey, SECRETS.clientId, "how much", "lip gloss"])
      expect(text).not.toContain(secret);
  });
});

describe("notices", () => {
  const told = [{ name: "Lamp buyers", count: 12, since: "2026-11-28T09:30:00.000Z" }];

  test("come from the companion after its proof, and are nothing where it cannot be asked", async () => {
    server.script = ({ route }) => (route === "/v1/notices" ? { body: { notices: told } } : null);
    expect(await answerAdmin(desk, { type: "notices" })).toEqual(told);
    expect(server.asked("/v1/notices")[0]?.authorization).toBe(`Bearer ${SECRETS.token}`);
    kept = null;
    desk.companion.reset();
    expect(await answerAdmin(desk, { type: "notices" })).toEqual([]);
  });

  test("of an older companion, or of another shape, are none", async () => {
    expect(await answerAdmin(desk, { type: "notices" })).toEqual([]);
    server.script = ({ route }) => (route === "/v1/notices" ? { body: { notices: [{ name: 1 }] } } : null);
    expect(await answerAdmin(desk, { type: "notices" })).toEqual([]);
  });
});
