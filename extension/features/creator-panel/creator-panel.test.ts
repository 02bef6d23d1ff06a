import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { browser } from "wxt/browser";
import { registered } from "../../lib/feature";
import type { PageMessage, QualityReply, View } from "../../lib/messages";
import { goTo, showFixture } from "../../lib/page.fixture";
import { DEFAULTS } from "../../lib/settings";
import { Visit } from "../../lib/visit";
import "./index";
import { countOf, shownVideo } from "./shown";

const VIEW: View = {
  settings: DEFAULTS,
  link: { state: "ready", model: "m", version: "1" },
  paired: true,
  mayCapture: false,
};
const VIDEO = "7600000000000000003";
const REPLY: QualityReply = {
  ok: true,
  model: "m",
  video: {
    id: VIDEO,
    known: true,
    intent: null,
    score: { value: null, partial: true, reason: "not enough data; sentiment: no comment to read", parts: [] },
    stage: { words: "second pool", evidence: "4,000 views" },
    findings: [{ words: "shared far more than viewed", evidence: "120 shares on 900 views" }],
  },
  creator: {
    handle: "shop.tests",
    known: true,
    intent: {
      value: 0.25,
      low: 0.112,
      high: 0.469,
      n: 20,
      videos: 2,
      first: "2026-11-20T08:00:00.000Z",
      last: "2026-11-21T19:30:00.000Z",
      kinds: "open",
    },
    score: {
      value: 61.4,
      partial: true,
      reason: "one video only",
      parts: [
        { name: "sentiment", points: 71.2, weight: 0.5, reason: "60% positive" },
        { name: "engagement", points: null, weight: 0, reason: "not read" },
      ],
    },
  },
};

let stop: AbortController;
let roots: Map<Element, ShadowRoot>;
let sent: Extract<PageMessage, { type: "quality" }>[];
let reply: QualityReply;

beforeEach(() => {
  vi.useFakeTimers();
  stop = new AbortController();
  roots = new Map();
  sent = [];
  reply = REPLY;
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, "attachShadow").mockImplementation(function (this: Element, init) {
    const root = attach.call(this, init);
    roots.set(this, root);
    return root;
  });
  vi.spyOn(browser.runtime, "sendMessage").mockImplementation((async (message: PageMessage) => {
    if (message.type !== "quality") return { ok: true };
    sent.push(message);
    return reply;
  }) as never);
});

afterEach(() => {
  stop.abort();
  vi.useRealTimers();
});

async function show(path: string, videoId: string, view = VIEW): Promise<Visit> {
  goTo(path);
  showFixture("page.html");
  const visit = new Visit(videoId, view, stop.signal);
  for (const feature of registered()) if (feature.id === "creator-panel") feature.init(stop.signal, visit);
  await vi.advanceTimersByTimeAsync(50);
  return visit;
}

function panel(): ShadowRoot {
  return [...roots].filter(([host]) => host.isConnected).at(-1)?.[1] as ShadowRoot;
}

function unfold(): string {
  const pill = panel().querySelector("button") as HTMLButtonElement;
  if (pill.getAttribute("aria-expanded") === "false") {
    const click = new MouseEvent("click", { bubbles: true });
    Object.defineProperty(click, "isTrusted", { value: true });
    pill.dispatchEvent(click);
  }
  return panel().querySelector(".body")?.textContent ?? "";
}

it("asks once for the video, its creator and with what the page itself shows", async () => {
  await show(`/@shop.tests/video/${VIDEO}`, VIDEO);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sent).toEqual([
    {
      type: "quality",
      videoId: VIDEO,
      handle: "shop.tests",
      shown: expect.objectContaining({ creator: "shop.tests", comments: 7, plays: null }),
    },
  ]);
});

it("shows the rate with n on the pill, and everything with its reasons when unfolded", async () => {
  await show(`/@shop.tests/video/${VIDEO}`, VIDEO);
  expect(panel().querySelector(".opener")?.textContent).toContain("25\u00a0% · 20");
  const text = unfold();
  for (const words of ["@shop.tests", "2026-11-20", "60% positive", "not read", "second pool", "4,000 views"])
    expect(text).toContain(words);
  expect(text).toContain("shared far more than viewed");
  expect(text).toContain("not enough data");
  expect([...panel().querySelectorAll(".parts li")].map((part) => part.getAttribute("title"))).toEqual([
    "60% positive",
    "not read",
  ]);
  expect(text).not.toContain("NaN");
});

it("follows from one profile to the next, and says what hinders", async () => {
  const visit = await show("/@shop.tests", "");
  goTo("/@cook.tests");
  await vi.advanceTimersByTimeAsync(1_100);
  expect(sent.map(({ videoId, handle, shown }) => [videoId, handle, shown])).toEqual([
    ["", "shop.tests", null],
    ["", "cook.tests", null],
  ]);
  visit.update({ ...VIEW, link: { state: "unpaired" } });
  expect(panel().querySelector(".notice")).not.toBeNull();
  reply = { ok: false, link: VIEW.link, message: "Too many requests; wait a moment." };
  visit.update(VIEW);
  goTo("/@third.tests");
  await vi.advanceTimersByTimeAsync(1_100);
  expect(unfold()).toContain("Too many requests");
});

it("leaves nothing behind", async () => {
  await show("/@shop.tests", "");
  const [host] = [...roots.keys()];
  expect(host?.isConnected).toBe(true);
  stop.abort();
  expect(host?.isConnected).toBe(false);
});

it("reads the page's own numbers where they are about this video", () => {
  goTo(`/@shop.tests/video/${VIDEO}`);
  showFixture("page.html");
  const script = document.getElementById("__UNIVERSAL_DATA_FOR_REHYDRATION__") as HTMLElement;
  const item = {
    id: VIDEO,
    createTime: "1795900000",
    author: { uniqueId: "Shop.Tests" },
    authorStats: { followerCount: 48_200 },
    stats: { playCount: 1 },
    statsV2: { playCount: "214000", diggCount: "18300", commentCount: "-1", shareCount: 1.5 },
    video: { duration: 21 },
  };
  script.textContent = JSON.stringify({
    __DEFAULT_SCOPE__: { "webapp.video-detail": { itemInfo: { itemStruct: item } } },
  });
  expect(shownVideo(VIDEO, "")).toEqual({
    creator: "shop.tests",
    plays: 214_000,
    likes: 18_300,
    comments: 7, // what stands there instead is none, so the counter on screen stands in
    shares: null,
    saves: null,
    followers: 48_200,
    duration_s: 21,
    created_at: 1_795_900_000,
  });
  document.body.replaceChildren();
  expect(shownVideo(VIDEO, "shop.tests")).toBeNull();
});

it.each([
  ["1.2K", 1_200],
  ["3,4M", 3_400_000],
  ["1,234", 1_234],
  ["0", 0],
  ["Share", null],
  ["", null],
])("reads the count %s", (text, count) => {
  expect(countOf(text)).toBe(count);
});
