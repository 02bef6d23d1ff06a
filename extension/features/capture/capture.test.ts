/** What of a page is handed on to be kept: what is on screen, once, and only while both sides allow it. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { browser } from "wxt/browser";
import type { CaptureReply, PageMessage, View } from "../../lib/messages";
import { EverythingVisible, goTo, score, showFixture } from "../../lib/page.fixture";
import { PAGE_DATA } from "../../lib/page-data";
import { DEFAULTS } from "../../lib/settings";
import { Visit } from "../../lib/visit";
import { Keeper } from "./keeper";
import { Sent } from "./sent";

const LONG_MS = 5_000;

let stop: AbortController;
let captured: Extract<PageMessage, { type: "capture" }>[];
let reply: CaptureReply;
let number = 7600000000000001000n;

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", EverythingVisible);
  vi.useFakeTimers();
  stop = new AbortController();
  captured = [];
  reply = { ok: true, fresh: 1, known: 0 };
  number += 1n; // what was handed on is remembered by video
  vi.spyOn(browser.runtime, "sendMessage").mockImplementation((async (message: PageMessage) => {
    if (message.type === "score")
      return { ok: true, model: "m", scores: message.rows.map((row) => score(row.text, 8)) };
    if (message.type === "capture") captured.push(message);
    return message.type === "capture" ? reply : { ok: true };
  }) as never);
});

afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.head.replaceChildren();
});

function view(rest: Partial<View> = {}): View {
  return {
    settings: { ...DEFAULTS, features: { ...DEFAULTS.features, capture: true } },
    link: { state: "ready", model: "m", version: "1" },
    paired: true,
    mayCapture: true,
    ...rest,
  };
}

async function visit(
  fixture: string,
  seen = view(),
  signal = stop.signal,
): Promise<{ here: Visit; anchors: Element[] }> {
  goTo(`/@shop.tests/video/${number}`);
  const anchors = showFixture(fixture);
  const here = new Visit(String(number), seen, signal);
  new Keeper(here, signal).start();
  here.start();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  return { here, anchors };
}

const rows = () => captured.flatMap((message) => message.rows);

it.each(["g1-classic", "g2-browse", "g3-panel", "g4-drawer"])("hands on every comment with words of %s", async (id) => {
  await visit(`${id}.html`);
  expect(captured.map(({ videoId, creator }) => [videoId, creator])).toEqual([[String(number), "shop.tests"]]);
  expect(
    rows().map(({ row, root, text, likes, byCreator }) => [row.level, root?.handle ?? "", text, likes, byCreator]),
  ).toEqual([
    [1, "", "where can I buy this??", "12", false],
    [2, "mia.tests", "@user link in bio!", "3", true],
    [2, "mia.tests", "does it ship to canada", "0", false],
    [1, "", "اس کی قیمت کیا ہے؟", "1.2K", false],
    [1, "", "where can I buy this??", "0", false],
  ]);
  for (const { time, pinned } of rows())
    expect([/^(?:\d+[hmd] ago|(?:\d+-)?\d+-\d+)$/.test(time), pinned]).toEqual([true, false]);
});

it("hands nothing on twice, and again what has other likes", async () => {
  const { anchors, here } = await visit("g4-drawer.html");
  expect(rows()).toHaveLength(5);
  here.thread.touch(anchors);
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(rows()).toHaveLength(5);
  const likes = document.querySelector('[class*="DivLikeContainer"] .TUXText') as Element;
  likes.textContent = "13";
  here.thread.touch(anchors);
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(rows().slice(5)).toMatchObject([{ text: "where can I buy this??", likes: "13" }]);
});

it("not even a second stay at the video does", async () => {
  const first = new AbortController();
  await visit("g4-drawer.html", view(), first.signal);
  first.abort();
  await visit("g4-drawer.html");
  expect(rows()).toHaveLength(5);
});

it.each([
  ["the companion does not allow it", view({ mayCapture: false })],
  ["the companion is not there", view({ link: { state: "offline", retryAt: 0 } })],
])("hands nothing on while %s, and what is on screen once that ends", async (_, seen) => {
  const { here } = await visit("g4-drawer.html", seen);
  expect(captured).toEqual([]);
  here.update(view());
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(rows()).toHaveLength(5);
});

it("hands nothing on from a hidden tab", async () => {
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  await visit("g4-drawer.html");
  expect(captured).toEqual([]);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(rows()).toHaveLength(5);
});

it("drops what nobody takes, and offers it when it is met again", async () => {
  reply = { ok: false, link: { state: "ready", model: "m", version: "1" }, message: "" };
  const { here, anchors } = await visit("g4-drawer.html");
  await vi.advanceTimersByTimeAsync(20 * LONG_MS);
  expect(captured).toHaveLength(1);
  reply = { ok: true, fresh: 5, known: 0 };
  here.thread.touch(anchors);
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(captured).toHaveLength(2);
  expect(captured[1]?.rows).toHaveLength(5);
});

it("a long thread goes in batches of fifty", async () => {
  goTo(`/@shop.tests/video/${number}`);
  showFixture("g4-drawer.html");
  const list = document.querySelector('[class*="DivCommentListContainer"]') as Element;
  const thread = list.lastElementChild as Element;
  for (let index = 0; index < 120; index++) {
    const copy = thread.cloneNode(true) as Element;
    (copy.querySelector('[data-e2e="comment-level-1"] span') as Element).textContent = `number ${index}`;
    list.append(copy);
  }
  const here = new Visit(String(number), view(), stop.signal);
  new Keeper(here, stop.signal).start();
  here.start();
  await vi.advanceTimersByTimeAsync(6 * LONG_MS);
  expect(captured.map((message) => message.rows.length)).toEqual([50, 50, 25]);
});

it("the page's own data goes once, and only where it is about this video", async () => {
  const script = document.createElement("script");
  script.id = PAGE_DATA;
  const item = { id: String(number), desc: "lamp" };
  script.textContent = JSON.stringify({
    __DEFAULT_SCOPE__: { "webapp.video-detail": { itemInfo: { itemStruct: item } } },
  });
  document.head.append(script);
  await visit("g4-drawer.html");
  const told = captured.filter(({ embedded }) => Object.keys(embedded).length > 0);
  expect(told.map(({ videoId, embedded }) => [videoId, embedded])).toEqual([
    [String(number), { "webapp.video-detail": { itemInfo: { itemStruct: item } } }],
  ]);
  number += 1n; // the app moves on, its data stays behind
  captured = [];
  await visit("g4-drawer.html");
  expect(rows()).toHaveLength(5);
  expect(captured.every(({ embedded }) => Object.keys(embedded).length === 0)).toBe(true);
});

it("ends with the visit", async () => {
  const { here, anchors } = await visit("g4-drawer.html", view({ mayCapture: false }));
  stop.abort();
  here.update(view());
  here.thread.touch(anchors);
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(captured).toEqual([]);
});

it("what was handed on is remembered within bounds", () => {
  const sent = new Sent();
  const row = (text: string) => ({ text, likes: "" }) as never;
  for (let video = 0; video < 30; video++) sent.add(`v${video}`, "c", row("a"));
  expect([sent.has("v0", "c", row("a")), sent.has("v29", "c", row("a")), sent.has("v29", "c", row("b"))]).toEqual([
    false,
    true,
    false,
  ]);
  for (let id = 0; id < 6_000; id++) sent.add("v29", String(id), row("a"));
  expect([sent.has("v29", "0", row("a")), sent.has("v29", "5999", row("a"))]).toEqual([false, true]);
});
