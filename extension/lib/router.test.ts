import { beforeEach, describe, expect, test } from "vitest";
import { Router, type Sender } from "./router";
import { DEFAULTS } from "./settings";

const OWN = { id: "ourselves", root: "chrome-extension://ourselves/" };
const PAGE: Sender = {
  id: OWN.id,
  url: "https://www.tiktok.com/@a/video/1",
  origin: "https://www.tiktok.com",
  frameId: 0,
  tab: { id: 7 },
};
const POPUP: Sender = { id: OWN.id, url: `${OWN.root}popup.html`, origin: "chrome-extension://ourselves" };
const CONTEXT = { caption: "", hashtags: ["lipgloss"], product: "", parent: "" };
const ROW = { cid: null, handle: "ann", text: "how much?", level: 1, nth: 0, parent: "" };
const UUID = "0b5c2e00-0000-4000-8000-000000000000";
const TEACH = {
  type: "teach",
  uuid: UUID,
  videoId: "1",
  context: CONTEXT,
  row: ROW,
  grade: 8,
  signal: null,
  suggestion: null,
};
const SCORE = { type: "score", videoId: "1", context: CONTEXT, rows: [ROW] };

let asked: unknown[];
let router: Router;

beforeEach(() => {
  asked = [];
  const answer = async (...parts: unknown[]) => asked.push(parts);
  router = new Router({ page: answer, admin: answer }, OWN);
});

function dropped(raw: unknown, sender: Sender): string {
  expect(router.receive(raw, sender)).toBeNull();
  expect(asked).toEqual([]);
  const counted = Object.entries(router.dropped).filter(([, count]) => count > 0);
  expect(counted).toHaveLength(1);
  return `${counted[0]?.[0]} ${counted[0]?.[1]}`;
}

describe("a TikTok page's content script", () => {
  test.each([
    SCORE,
    TEACH,
    { type: "view" },
    { type: "explain", text: "how much?", context: CONTEXT },
    { type: "unteach", uuid: UUID, undoes: UUID, videoId: "1", context: CONTEXT, row: ROW },
    { type: "report", report: { surface: "video", seen: 3, high: 1, unsure: 0, pageChanged: false } },
  ])("may send $type", async (message) => {
    await router.receive(message, PAGE);
    expect(asked).toEqual([[message, 7]]);
  });

  test.each([
    { type: "pair", code: "ABCD2345", name: "x" },
    { type: "unpair" },
    { type: "forget" },
    { type: "diagnostics" },
    { type: "settings", change: { port: 9999 } },
    { type: "report-of", tabId: 1 },
    { type: "check" },
    { type: "token" },
    { type: "secrets" },
    { type: "get", area: "storage.local" },
    { type: "get", area: "storage.session" },
    { type: "get", area: "indexedDB" },
    { type: "toString" },
    { type: "constructor" },
    { type: "__proto__" },
    {},
    [],
    null,
    "view",
    { type: ["view"] },
  ])("may not send %j", (message) => {
    expect(dropped(message, PAGE)).toBe("not a known message 1");
  });

  test.each([
    ["a URL", { ...SCORE, url: "http://127.0.0.1:1/" }],
    ["a header", { ...SCORE, headers: { Authorization: "x" } }],
    ["a __proto__ key", JSON.parse(`{"__proto__": {"type": "view"}, "type": "view"}`)],
    ["only an inherited type", Object.create({ type: "view" })],
    ["a changed prototype", Object.assign(Object.create({ evil: true }), { type: "view" })],
    [
      "a __proto__ key in its context",
      {
        ...SCORE,
        context: JSON.parse(`{"__proto__": {}, "caption": "", "hashtags": [], "product": "", "parent": ""}`),
      },
    ],
    ["an unknown key in a row", { ...SCORE, rows: [{ ...ROW, method: "DELETE" }] }],
    ["a missing key", { type: "score", videoId: "1", rows: [ROW] }],
    ["no rows", { ...SCORE, rows: [] }],
    ["too many rows", { ...SCORE, rows: Array(201).fill(ROW) }],
    ["10 MB of text", { ...SCORE, rows: [{ ...ROW, text: "x".repeat(10_000_000) }] }],
    ["a path for an id", { ...SCORE, rows: [{ ...ROW, cid: "../../secrets" }] }],
    ["level 3", { ...SCORE, rows: [{ ...ROW, level: 3 }] }],
    ["grade 11", { ...TEACH, grade: 11 }],
    ["grade 7.5", { ...TEACH, grade: 7.5 }],
    ["an invented signal", { ...TEACH, signal: "toString" }],
    [
      "NaN in the report",
      { type: "report", report: { surface: "video", seen: Number.NaN, high: 1, unsure: 0, pageChanged: false } },
    ],
  ])("is refused with %s", (_, message) => {
    expect(dropped(message, PAGE)).toBe("not a known message 1");
  });
});

describe("senders", () => {
  const wrong: [string, Sender, string][] = [
    ["another extension", { ...PAGE, id: "somebody" }, "other extension 1"],
    ["no id", { ...PAGE, id: undefined }, "other extension 1"],
    ["another extension that says it is our page", { ...POPUP, id: "somebody" }, "other extension 1"],
    ["another TikTok host", { ...PAGE, origin: "https://ads.tiktok.com" }, "wrong origin 1"],
    ["plain http", { ...PAGE, origin: "http://www.tiktok.com" }, "wrong origin 1"],
    ["a name that begins like TikTok's", { ...PAGE, origin: "https://www.tiktok.com.evil.example" }, "wrong origin 1"],
    ["an opaque origin", { ...PAGE, origin: "null" }, "wrong origin 1"],
    ["no origin", { ...PAGE, origin: undefined }, "wrong origin 1"],
    ["no tab", { ...PAGE, tab: undefined }, "wrong origin 1"],
    [
      "an address that only contains ours",
      { ...PAGE, origin: "https://evil.example", url: `https://evil.example/${OWN.root}` },
      "wrong origin 1",
    ],
    ["a frame in the page", { ...PAGE, frameId: 3 }, "wrong frame 1"],
    ["no frame", { ...PAGE, frameId: undefined }, "wrong frame 1"],
  ];
  test.each(wrong)("%s is dropped and counted", (_, sender, reason) => {
    expect(dropped(SCORE, sender)).toBe(reason);
  });

  test.each([
    { type: "view" },
    { type: "check" },
    { type: "pair", code: "ABCD2345", name: "Chrome" },
    { type: "unpair" },
    { type: "report-of", tabId: 7 },
    {
      type: "settings",
      change: { paused: true, features: { ...DEFAULTS.features, "video-panel": false } },
    },
    { type: "forget" },
    { type: "diagnostics" },
  ])("our own pages may send $type", async (message) => {
    await router.receive(message, POPUP);
    expect(asked).toEqual([[message]]);
  });

  test.each([
    SCORE,
    TEACH,
    { type: "settings", change: { port: 80 } },
    { type: "settings", change: { threshold: 2 } },
    { type: "settings", change: { host: "evil.example" } },
    { type: "settings", change: JSON.parse(`{"__proto__": {"port": 1}}`) },
    { type: "pair", code: "x".repeat(33), name: "Chrome" },
  ])("our own pages may not send %j", (message) => {
    expect(dropped(message, POPUP)).toBe("not a known message 1");
  });
});
