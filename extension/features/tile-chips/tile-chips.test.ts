import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { browser } from "wxt/browser";
import { registered } from "../../lib/feature";
import type { IntentRate, PageMessage, View } from "../../lib/messages";
import { EverythingVisible, goTo, showFixture } from "../../lib/page.fixture";
import { DEFAULTS } from "../../lib/settings";
import { tileOf, tilesIn } from "../../lib/tiles";
import { Visit } from "../../lib/visit";
import "./index";

const VIEW: View = {
  settings: DEFAULTS,
  link: { state: "ready", model: "m", version: "1" },
  paired: true,
  mayCapture: false,
};
const RATE: IntentRate = {
  value: 0.25,
  low: 0.11,
  high: 0.47,
  n: 20,
  videos: 1,
  first: null,
  last: null,
  kinds: "all",
};
const [LAMP, DINNER, DESK] = ["7600000000000000001", "7600000000000000002", "7600000000000000003"];

let stop: AbortController;
let roots: Map<Element, ShadowRoot>;
let sent: Extract<PageMessage, { type: "known" }>[];
let isAnswering: boolean;

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", EverythingVisible);
  vi.useFakeTimers();
  stop = new AbortController();
  roots = new Map();
  sent = [];
  isAnswering = true;
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, "attachShadow").mockImplementation(function (this: Element, init) {
    const root = attach.call(this, init);
    roots.set(this, root);
    return root;
  });
  vi.spyOn(browser.runtime, "sendMessage").mockImplementation((async (message: PageMessage) => {
    if (message.type !== "known") return { ok: true };
    sent.push(message);
    if (!isAnswering) return { ok: false, link: { state: "offline", retryAt: 0 }, message: "" };
    return {
      ok: true,
      videos: message.videoIds.map((id) => ({ id, known: id === LAMP, intent: id === LAMP ? RATE : null })),
      creators: message.handles.map((handle) => ({
        handle,
        known: handle === "cook.tests",
        intent: handle === "cook.tests" ? { ...RATE, value: 0.5, n: 40 } : null,
      })),
    };
  }) as never);
});

afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function show(view: View = VIEW): Promise<Visit> {
  goTo("/tag/lamps");
  showFixture("tiles.html");
  const visit = new Visit("", view, stop.signal);
  for (const feature of registered()) if (feature.id === "tile-chips") feature.init(stop.signal, visit);
  await vi.advanceTimersByTimeAsync(1_000);
  return visit;
}

/** The chip's words by the video of its tile. */
function chips(): Record<string, string> {
  return Object.fromEntries(
    tilesIn(document).flatMap((tile) => {
      const root = roots.get(tile.firstElementChild as Element);
      return root ? [[tileOf(tile)?.videoId, root.querySelector(".chip")?.textContent]] : [];
    }),
  );
}

it("reads video and creator of every kind of tile, and of no other thing", () => {
  showFixture("tiles.html");
  expect(tilesIn(document).map(tileOf)).toEqual([
    { videoId: LAMP, handle: "shop.tests" },
    { videoId: DINNER, handle: "cook.tests" },
    { videoId: DESK, handle: "nobody.tests" },
    null,
    { videoId: "7600000000000000004", handle: "shop.tests" },
    { videoId: "7600000000000000005", handle: "shop.tests" },
  ]);
});

it("marks known videos with their own rate, others with their creator's, and unknown ones not at all", async () => {
  await show();
  expect(chips()).toEqual({ [LAMP as string]: "25\u00a0% · 20", [DINNER as string]: "@ 50\u00a0% · 40" });
});

it("asks for each video and creator once", async () => {
  await show();
  document.querySelector("[data-e2e=challenge-item-list]")?.append(document.createElement("div"));
  await vi.advanceTimersByTimeAsync(1_000);
  const videos = sent.flatMap(({ videoIds }) => videoIds);
  const creators = sent.flatMap(({ handles }) => handles);
  expect([videos.length, creators.sort()]).toEqual([
    new Set(videos).size,
    ["cook.tests", "nobody.tests", "shop.tests"],
  ]);
});

it("takes a chip away from a tile that became another video's", async () => {
  await show();
  const link = tilesIn(document)[0]?.querySelector("a");
  link?.setAttribute("href", `/@shop.tests/video/${DESK}`);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(Object.keys(chips())).toEqual([DINNER]);
});

it("asks again after the companion did not answer", async () => {
  isAnswering = false;
  const visit = await show();
  expect(chips()).toEqual({});
  isAnswering = true;
  visit.update({ ...VIEW });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(Object.keys(chips())).toEqual([LAMP, DINNER]);
});

it("asks nothing while the companion is not there, and leaves nothing behind", async () => {
  const visit = await show({ ...VIEW, link: { state: "offline", retryAt: 0 } });
  expect(sent).toEqual([]);
  visit.update(VIEW);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(Object.keys(chips())).toHaveLength(2);
  stop.abort();
  expect(tilesIn(document).map((tile) => tile.firstElementChild?.tagName)).not.toContain("DIV");
});

it("is for grids only", () => {
  const feature = registered().find(({ id }) => id === "tile-chips");
  goTo("/tag/lamps");
  expect(feature?.include(new Visit("", VIEW, stop.signal))).toBe(true);
  expect(feature?.include(new Visit(LAMP as string, VIEW, stop.signal))).toBe(false);
  goTo("/foryou");
  expect(feature?.include(new Visit("", VIEW, stop.signal))).toBe(false);
});
