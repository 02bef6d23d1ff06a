import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { browser } from "wxt/browser";
import { registered } from "../../lib/feature";
import type { HashtagFound, HashtagReply, PageMessage, View } from "../../lib/messages";
import { goTo, showFixture } from "../../lib/page.fixture";
import { DEFAULTS } from "../../lib/settings";
import { Visit } from "../../lib/visit";
import "./index";
import { tagLink, tagOf } from "./tag";

const VIEW: View = {
  settings: DEFAULTS,
  link: { state: "ready", model: "m", version: "1" },
  paired: true,
  mayCapture: false,
};
const FOUND: HashtagFound = {
  tag: "skincare",
  none: false,
  confidence: 0.9,
  videos: 3,
  category: { id: "beauty-skin", path: ["Beauty", "Skin Care"], score: 0.954, support: 3 },
  intent: { value: 0.75, low: 0.468, high: 0.911, n: 12 },
  related: [
    { tag: "glowserum", similarity: 0.9, videos: 3 },
    { tag: "สกินแคร์", similarity: 0.5, videos: 1 },
  ],
};

let stop: AbortController;
let roots: Map<Element, ShadowRoot>;
let sent: Extract<PageMessage, { type: "hashtag" }>[];
let reply: HashtagReply;

beforeEach(() => {
  vi.useFakeTimers();
  stop = new AbortController();
  roots = new Map();
  sent = [];
  reply = { ok: true, found: FOUND };
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, "attachShadow").mockImplementation(function (this: Element, init) {
    const root = attach.call(this, init);
    roots.set(this, root);
    return root;
  });
  vi.spyOn(browser.runtime, "sendMessage").mockImplementation((async (message: PageMessage) => {
    if (message.type !== "hashtag") return { ok: true };
    sent.push(message);
    return reply;
  }) as never);
});

afterEach(() => {
  stop.abort();
  vi.useRealTimers();
});

async function show(path: string, view = VIEW): Promise<Visit> {
  goTo(path);
  showFixture("tiles.html");
  const visit = new Visit("", view, stop.signal);
  for (const feature of registered())
    if (feature.id === "hashtag-panel" && feature.include(visit)) feature.init(stop.signal, visit);
  await vi.advanceTimersByTimeAsync(50);
  return visit;
}

function panel(): ShadowRoot | undefined {
  return [...roots].find(([host]) => host.isConnected)?.[1];
}

function press(type: "click" | "keydown", key = ""): void {
  const event =
    type === "click"
      ? new MouseEvent("click", { bubbles: true })
      : new KeyboardEvent("keydown", { key, bubbles: true });
  Object.defineProperty(event, "isTrusted", { value: true });
  panel()?.querySelector("button")?.dispatchEvent(event);
}

function unfolded(): string {
  if (panel()?.querySelector("button")?.getAttribute("aria-expanded") === "false") press("click");
  return panel()?.querySelector(".body")?.textContent ?? "";
}

function fold(): void {
  if (panel()?.querySelector("button")?.getAttribute("aria-expanded") === "true") press("keydown", "Escape");
}

it("asks once and shows the share with its n on the pill", async () => {
  await show("/tag/skincare");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toEqual([{ type: "hashtag", tag: "skincare" }]);
  expect(panel()?.querySelector(".opener")?.textContent).toContain("75\u00a0% · 12");
});

it("unfolds into category, share with its interval, and related hashtags as links", async () => {
  await show("/tag/skincare");
  const text = unfolded();
  for (const words of ["#skincare", "Beauty › Skin Care", "Fit 95 of 100, by 3 stored videos", "9 of 12 comments"])
    expect(text).toContain(words);
  expect(text).toContain("likely 47\u00a0% to 91\u00a0%");
  expect(
    [...(panel()?.querySelectorAll("a") ?? [])].map((link) => [link.textContent, link.getAttribute("href")]),
  ).toEqual([
    ["#glowserum", "/tag/glowserum"],
    ["#สกินแคร์", `/tag/${encodeURIComponent("สกินแคร์")}`],
  ]);
  fold();
});

it("folds by the keyboard, keeps the focus on the pill, and hides what is folded from it", async () => {
  await show("/tag/skincare");
  unfolded();
  const body = panel()?.querySelector(".body") as HTMLElement;
  const pill = panel()?.querySelector("button") as HTMLButtonElement;
  expect([pill.getAttribute("aria-expanded"), pill.getAttribute("aria-controls")]).toEqual(["true", body.id]);
  press("keydown", "Escape");
  expect([pill.getAttribute("aria-expanded"), body.hidden, body.inert]).toEqual(["false", true, true]);
  expect(panel()?.activeElement).toBe(pill);
});

it("says what is not known: a tag that leads nowhere, read by its words alone, without comments or company", async () => {
  reply = { ok: true, found: { ...FOUND, tag: "fyp", none: true, category: null, intent: null, related: [] } };
  await show("/tag/fyp");
  expect(panel()?.querySelector(".opener")?.textContent).toBe("Hashtag▴");
  const text = unfolded();
  for (const words of ["no shop category", "No graded comment", "None is stored yet"]) expect(text).toContain(words);
  fold();
  stop.abort();
  stop = new AbortController();
  reply = { ok: true, found: { ...FOUND, category: { id: "a", path: ["A"], score: 0.5, support: 0 } } };
  await show("/tag/moisturizer");
  expect(unfolded()).toContain("by its words alone");
  fold();
});

it("shows nothing until the companion is ready, and asks it again in a while", async () => {
  reply = { ok: true, found: null };
  await show("/tag/skincare");
  await vi.advanceTimersByTimeAsync(2_000);
  expect([panel(), sent.length]).toEqual([undefined, 1]);
  reply = { ok: true, found: FOUND };
  await vi.advanceTimersByTimeAsync(3_000);
  expect(sent).toHaveLength(2);
  expect(panel()).toBeDefined();
});

it("shows nothing where the companion refuses or cannot be reached, and does not press it", async () => {
  reply = { ok: false, link: VIEW.link, message: "Too many requests; wait a moment." };
  const visit = await show("/tag/skincare");
  await vi.advanceTimersByTimeAsync(20_000);
  expect([panel(), sent.length]).toEqual([undefined, 1]);
  reply = { ok: true, found: FOUND };
  await vi.advanceTimersByTimeAsync(15_000);
  expect(panel()).toBeDefined();
  visit.update({ ...VIEW, link: { state: "unpaired" } });
  expect(panel()).toBeUndefined();
  visit.update(VIEW);
  await vi.advanceTimersByTimeAsync(10);
  expect([panel() === undefined, sent.length]).toEqual([false, 2]);
});

it("follows from one hashtag to the next, and is gone on other pages", async () => {
  await show("/tag/skincare");
  goTo("/tag/%E0%B8%AA%E0%B8%81%E0%B8%B4%E0%B8%99?lang=th");
  await vi.advanceTimersByTimeAsync(1_100);
  expect(sent.map(({ tag }) => tag)).toEqual(["skincare", "สกิน"]);
  goTo("/about");
  await vi.advanceTimersByTimeAsync(1_100);
  expect(panel()).toBeUndefined();
});

it("an answer that comes after the page moved on is not shown", async () => {
  let answer: (late: HashtagReply) => void = () => {};
  vi.spyOn(browser.runtime, "sendMessage").mockImplementation((async (message: PageMessage) =>
    message.type === "hashtag" && message.tag === "slow"
      ? new Promise((done) => {
          answer = done;
        })
      : { ok: true, found: null }) as never);
  await show("/tag/slow");
  goTo("/tag/next");
  await vi.advanceTimersByTimeAsync(1_100);
  answer({ ok: true, found: FOUND });
  await vi.advanceTimersByTimeAsync(10);
  expect(panel()).toBeUndefined();
});

it.each(["/@shop.tests", "/@shop.tests/video/7600000000000000003", "/search?q=lamp", "/", "/tag"])(
  "is not there on %s",
  async (path) => {
    await show(path);
    await vi.advanceTimersByTimeAsync(1_100);
    expect([panel(), sent.length]).toEqual([undefined, 0]);
  },
);

it("leaves nothing behind", async () => {
  await show("/tag/skincare");
  stop.abort();
  await vi.advanceTimersByTimeAsync(5_000);
  expect([panel(), sent.length]).toEqual([undefined, 1]);
});

it.each([
  ["/tag/lamptok", "lamptok"],
  ["/tag/l%C3%A1mpara/", "lámpara"],
  ["/tag/%E0%A4%A", ""],
  ["/tag/a/b", ""],
  [`/tag/${"x".repeat(900)}`, "x".repeat(200)],
  ["/discover/tag/lamp", ""],
])("the hashtag of %s", (path, tag) => {
  expect(tagOf(path)).toBe(tag);
});

it("a link to a hashtag stays on TikTok whatever the hashtag holds", () => {
  expect(tagLink("a/../../x?y#z")).toBe("/tag/a%2F..%2F..%2Fx%3Fy%23z");
  expect(tagLink("\ud800")).toBe("/tag/%EF%BF%BD");
});
