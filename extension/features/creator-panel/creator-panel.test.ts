import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { browser } from "wxt/browser";
import { takeCorner } from "../../lib/corner";
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
const NO_RANGE = { low: null, high: null };
const REPLY: QualityReply = {
  ok: true,
  model: "m",
  video: {
    id: VIDEO,
    known: true,
    intent: null,
    score: { value: null, partial: true, reason: "not enough data; no comment to read", parts: [], ...NO_RANGE },
    stage: { words: "second pool", evidence: "4,000 views" },
    chance: { value: 0.12, low: 0.05, high: 0.2, n: 40 },
    findings: [{ words: "many shares, few views", evidence: "120 shares on 900 views" }],
    tip: null,
    looked: 9,
    unclear: 2,
  },
  creator: {
    handle: "shop.tests",
    id: "71",
    known: true,
    followers: 48_200,
    videos: 2,
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
      low: 55.2,
      high: 67.6,
      partial: true,
      reason: "without “Talks with commenters”: not read",
      parts: [
        { name: "sentiment", points: 71.2, weight: 0.5, reason: "60% positive", ...NO_RANGE },
        { name: "deviation", points: 40.2, weight: 0.3, reason: "above 40 % of 400 stored videos", low: 31, high: 49 },
        { name: "share value", points: 51, weight: 0.2, reason: "40 shares on 900 likes", ...NO_RANGE },
        { name: "engagement", points: null, weight: 0, reason: "not read", ...NO_RANGE },
      ],
    },
    latest: {
      id: VIDEO,
      posted: "2026-11-22T10:00:00.000Z",
      stage: { words: "insufficient data", evidence: "1 of 3" },
      chance: null,
    },
    tip: {
      part: "deviation",
      points: 40.2,
      words: "2 of your 5 newest videos did better.",
      video: VIDEO,
      about: "my new tumbler",
    },
    badge: { words: "consistent creator", evidence: "12 of 14 videos in 5 weeks" },
  },
};
const PROFILE = { ...REPLY, video: null } as QualityReply;
const UNKNOWN = {
  handle: "shop.tests",
  id: "",
  known: false,
  followers: null,
  videos: 0,
  intent: null,
  score: null,
  latest: null,
  tip: null,
  badge: null,
};

let stop: AbortController;
let roots: Map<Element, ShadowRoot>;
let sent: Extract<PageMessage, { type: "quality" }>[];
let opened: string[];
let reply: QualityReply;

beforeEach(() => {
  vi.useFakeTimers();
  stop = new AbortController();
  roots = new Map();
  sent = [];
  opened = [];
  reply = REPLY;
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, "attachShadow").mockImplementation(function (this: Element, init) {
    const root = attach.call(this, init);
    roots.set(this, root);
    return root;
  });
  vi.spyOn(browser.runtime, "sendMessage").mockImplementation((async (message: PageMessage) => {
    if (message.type === "open-creator") {
      opened.push(message.handle);
      return { ok: false, link: VIEW.link, message: "Too many pages; wait a moment." };
    }
    if (message.type !== "quality") return { ok: true };
    sent.push(message);
    return reply;
  }) as never);
});

afterEach(() => {
  if (panel()?.querySelector(".opener")?.getAttribute("aria-expanded") === "true") press(".opener"); // it is remembered
  takeCorner(false);
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

function trusted<E extends Event>(event: E): E {
  Object.defineProperty(event, "isTrusted", { value: true });
  return event;
}

function press(selector: string): void {
  panel()
    .querySelector(selector)
    ?.dispatchEvent(trusted(new MouseEvent("click", { bubbles: true })));
}

function unfold(): string {
  const pill = panel().querySelector(".opener") as HTMLButtonElement;
  if (pill.getAttribute("aria-expanded") === "false") press(".opener");
  return shown();
}

/** What stands in the panel, without what only bubbles say. */
function shown(): string {
  const body = panel().querySelector(".body")?.cloneNode(true) as Element;
  for (const hidden of body.querySelectorAll("[hidden]")) hidden.remove();
  return body.textContent ?? "";
}

function number(label: string): HTMLButtonElement {
  const found = [...panel().querySelectorAll<HTMLButtonElement>(".why")].find((one) =>
    one.textContent?.includes(label),
  );
  return found as HTMLButtonElement;
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

it("shows the creator's rate with n on the pill, and says in the title what it means", async () => {
  await show(`/@shop.tests/video/${VIDEO}`, VIDEO);
  const pill = panel().querySelector(".opener") as HTMLElement;
  expect(pill.textContent).toContain("25\u00a0% · 20");
  expect(pill.title).toContain("5 of 20 comments stored under this creator's videos");
});

it("shows the score on the pill where no comment is graded", async () => {
  reply = { ...REPLY, creator: REPLY.ok && REPLY.creator ? { ...REPLY.creator, intent: null } : null } as QualityReply;
  await show("/@shop.tests", "");
  expect(panel().querySelector(".opener")?.textContent).toContain("61/100");
});

it("tells of the video first: stage, what stands out with its evidence, and why there is no score", async () => {
  await show(`/@shop.tests/video/${VIDEO}`, VIDEO);
  const text = unfold();
  for (const words of ["Stage", "second pool", "Many shares, few views", "120 shares on 900 views", "not enough data"])
    expect(text).toContain(words);
  expect(text).not.toContain("NaN");
  expect(number("second pool").textContent).toContain(
    "4,000 views It reaches the next pool with a chance of 12\u00a0%",
  );
});

it("tells of the creator in the other tab: parts, why it is partial, reasons, latest video, tip, badge, dates", async () => {
  await show(`/@shop.tests/video/${VIDEO}`, VIDEO);
  unfold();
  press("#tab-creator");
  const text = shown();
  for (const words of ["@shop.tests", "48,200 followers · 2 videos stored", "Nov 20, 2026", "likely 11 to 47\u00a0%"])
    expect(text).toContain(words);
  for (const words of ["61of 100", "likely 55 to 68", "Partial: without “Talks with commenters”", "Consistent"])
    expect(text).toContain(words);
  for (const words of ["Latest video Nov 22, 2026", "2 of your 5 newest videos did better."])
    expect(text).toContain(words);
  expect([...panel().querySelectorAll(".reasons li")].map((one) => one.textContent)).toEqual([
    "▲More positive than negative comments",
    "▼Did worse than expected",
  ]);
  expect([...panel().querySelectorAll(".part b")].map((one) => one.textContent)).toEqual(["40", "71", "51", "–"]);
  press("#tab-video");
  expect(shown()).toContain("second pool");
});

it("explains a number under the pointer and to the keyboard, and Escape closes that before it folds the panel", async () => {
  reply = PROFILE;
  await show("/@shop.tests", "");
  unfold();
  const part = number("Better than expected");
  const described = panel().getElementById(part.getAttribute("aria-describedby") ?? "");
  expect(described?.textContent).toContain("above 40 % of 400 stored videos");
  const bubble = () => panel().querySelector(".bubble") as HTMLElement;
  expect(bubble().hidden).toBe(true);
  part.dispatchEvent(trusted(new Event("focus")));
  expect(bubble().hidden).toBe(false);
  expect(bubble().textContent).toContain("It decides 30\u00a0% of the score. likely 31 to 49");
  const leave = () => part.dispatchEvent(trusted(new KeyboardEvent("keydown", { key: "Escape", bubbles: true })));
  leave();
  expect([bubble().hidden, panel().querySelector(".opener")?.getAttribute("aria-expanded")]).toEqual([true, "true"]);
  part.dispatchEvent(trusted(new Event("pointerenter")));
  part.dispatchEvent(trusted(new Event("pointerleave")));
  await vi.advanceTimersByTimeAsync(300);
  expect(bubble().hidden).toBe(true);
  leave();
  expect(panel().querySelector(".opener")?.getAttribute("aria-expanded")).toBe("false");
});

it("builds nothing anew while it would say the same", async () => {
  reply = PROFILE;
  await show("/@shop.tests", "");
  unfold();
  const part = number("Better than expected");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(part.isConnected).toBe(true);
});

it("tells of an unknown creator what the page itself lists, and that it is no more", async () => {
  reply = { ok: true, model: "m", video: null, creator: UNKNOWN };
  goTo("/@shop.tests");
  await show("/@shop.tests", "");
  expect(unfold()).toContain("the page shows no numbers");
  document.body.insertAdjacentHTML(
    "beforeend",
    `<strong data-e2e="followers-count">12.5K</strong>
    <div data-e2e="user-post-item"><a href="/@shop.tests/video/7600000000000000001"><strong data-e2e="video-views">2.4K</strong></a></div>
    <div data-e2e="user-post-item"><a href="/@shop.tests/video/7600000000000000002"><strong data-e2e="video-views">800</strong></a></div>
    <div data-e2e="user-post-item"><a href="/@shop.tests/video/7600000000000000003"><strong data-e2e="video-views">1.1M</strong></a></div>
    <div data-e2e="user-post-item"><a href="/@other.tests/video/7600000000000000004"><strong data-e2e="video-views">9</strong></a></div>`,
  );
  await vi.advanceTimersByTimeAsync(1_100);
  const text = shown();
  for (const words of [
    "12,500 followers",
    "3 videos listed, half of them with 2,400 views or more",
    "19 views for 100 followers",
  ])
    expect(text).toContain(words);
  expect(panel().querySelector("footer")).toBeNull();
});

it("opens the creator's own page in the companion, and says when that fails", async () => {
  reply = PROFILE;
  await show("/@shop.tests", "");
  unfold();
  press(".open");
  await vi.advanceTimersByTimeAsync(10);
  expect(opened).toEqual(["shop.tests"]);
  expect(panel().querySelector("footer")?.textContent).toContain("Too many pages; wait a moment.");
});

it("steps aside while the video's own panel is unfolded in the same corner", async () => {
  await show(`/@shop.tests/video/${VIDEO}`, VIDEO);
  unfold();
  takeCorner(true);
  expect((panel().querySelector(".frame") as HTMLElement).hidden).toBe(true);
  takeCorner(false);
  expect((panel().querySelector(".frame") as HTMLElement).hidden).toBe(false);
  expect(panel().querySelector(".opener")?.getAttribute("aria-expanded")).toBe("false");
});

it("asks again a while after nobody answered", async () => {
  reply = { ok: false, link: VIEW.link, message: "Too many requests; wait a moment." };
  await show("/@shop.tests", "");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toHaveLength(1);
  reply = REPLY;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toHaveLength(2);
  expect(panel().querySelector(".opener")?.textContent).toContain("25\u00a0% · 20");
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
  unfold();
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
