import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { browser } from "wxt/browser";
import { registered } from "../../lib/feature";
import type { PageMessage, View } from "../../lib/messages";
import { EverythingVisible, goTo, score, showFixture } from "../../lib/page.fixture";
import { DEFAULTS } from "../../lib/settings";
import { Visit } from "../../lib/visit";
import "./index";

const VIEW: View = {
  settings: {
    paused: false,
    threshold: 0.5,
    quiet: true,
    port: 8765,
    features: { ...DEFAULTS.features },
    shop: DEFAULTS.shop,
  },
  link: { state: "ready", model: "m", version: "1" },
  paired: true,
  mayCapture: false,
};

const VIDEO = "7600000000000000009";

let stop: AbortController;
let roots: Map<Element, ShadowRoot>;
let sent: PageMessage[];

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", EverythingVisible);
  vi.useFakeTimers();
  stop = new AbortController();
  roots = new Map();
  sent = [];
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, "attachShadow").mockImplementation(function (this: Element, init) {
    const root = attach.call(this, init);
    roots.set(this, root);
    return root;
  });
  vi.spyOn(browser.runtime, "sendMessage").mockImplementation((async (message: PageMessage) => {
    sent.push(message);
    if (message.type === "score")
      return { ok: true, model: "m", scores: message.rows.map((row) => score(row.text, 8)) };
    return { ok: true };
  }) as never);
});

afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function visit(fixture: string): Promise<Element[]> {
  goTo(`/@shop.tests/video/${VIDEO}`);
  const anchors = showFixture(fixture);
  const here = new Visit(VIDEO, VIEW, stop.signal);
  for (const feature of registered()) if (feature.id === "comment-badge") feature.init(stop.signal, here);
  here.start();
  await vi.advanceTimersByTimeAsync(300);
  return anchors;
}

/** What each badge on the page says, in the order of the page. */
function badges(): string[] {
  return [...document.querySelectorAll("span")]
    .filter((host) => roots.has(host))
    .map((host) => roots.get(host)?.querySelector("button")?.getAttribute("aria-label") ?? "");
}

const BUYER = "Buying intent 8 of 10, asks where to buy";
const CREATOR = "Buying intent: not graded, the creator wrote this";

it.each(["g1-classic", "g2-browse", "g3-panel", "g4-drawer"])(
  "puts one named badge on every comment with words of %s",
  async (id) => {
    await visit(`${id}.html`);
    expect(badges()).toEqual([BUYER, CREATOR, BUYER, BUYER, BUYER]);
  },
);

it("keeps its hosts bare: closed, without class or id, with nothing to read for the page", async () => {
  await visit("g4-drawer.html");
  for (const host of roots.keys()) {
    expect(host.shadowRoot).toBeNull();
    expect(host.getAttributeNames()).toEqual(["data-theme"]);
    expect(host.textContent).toBe("");
  }
});

it("is neither blocked nor doubled by elements that the page dresses up as badges", async () => {
  const anchors = showFixture("g4-drawer.html");
  for (const anchor of anchors) {
    const fake = document.createElement("span");
    fake.setAttribute("data-theme", "light");
    fake.attachShadow({ mode: "open" }).append("Buying intent 1 of 10");
    anchor.closest('[class*="ItemWrapper"]')?.querySelector('[data-e2e^="comment-username-"]')?.append(fake);
  }
  roots.clear();
  const here = new Visit("7600000000000000009", VIEW, stop.signal);
  for (const feature of registered()) if (feature.id === "comment-badge") feature.init(stop.signal, here);
  here.start();
  await vi.advanceTimersByTimeAsync(300);
  expect(badges()).toEqual([BUYER, CREATOR, BUYER, BUYER, BUYER]);
});

it("ignores clicks and keys that a script made", async () => {
  await visit("g4-drawer.html");
  const before = roots.size;
  for (const [host, root] of [...roots]) {
    host.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
    root.querySelector("button")?.click();
    root.querySelector("button")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  }
  await vi.advanceTimersByTimeAsync(300);
  expect(roots.size).toBe(before); // no card was opened
  expect(sent.map(({ type }) => type).filter((type) => type !== "score" && type !== "report")).toEqual([]);
});

it("comes back when the page sweeps a badge away, but does not fight for it", async () => {
  const anchors = await visit("g4-drawer.html");
  const name = anchors[0]?.closest('[class*="ItemWrapper"]')?.querySelector('[data-e2e="comment-username-1"]');
  let returns = 0;
  for (let round = 0; round < 50; round += 1) {
    const host = [...(name?.children ?? [])].find((child) => roots.has(child));
    if (host) returns += 1;
    host?.remove();
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(returns).toBeGreaterThan(1);
  expect(returns).toBeLessThan(8);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(badges()).toHaveLength(5);
});

it("has one stop for the Tab key", async () => {
  await visit("g4-drawer.html");
  const stops = [...roots.values()].filter((root) => root.querySelector("button")?.tabIndex === 0);
  expect(stops).toHaveLength(1);
});

it("takes every badge away when it ends", async () => {
  await visit("g2-browse.html");
  stop.abort();
  expect(badges()).toEqual([]);
});

it("keeps a bounded number of badges on a thread of any length", async () => {
  const anchors = showFixture("g4-drawer.html");
  const thread = anchors[3]?.closest('[class*="DivCommentObjectWrapper"]') as Element;
  for (let index = 0; index < 1_000; index += 1) {
    const copy = thread.cloneNode(true) as Element;
    copy.querySelector('[data-e2e="comment-level-1"]')?.replaceChildren(`comment ${index}`);
    thread.parentElement?.append(copy);
  }
  vi.stubGlobal("IntersectionObserver", NothingVisible);
  const here = new Visit("7600000000000000009", VIEW, stop.signal);
  for (const feature of registered()) if (feature.id === "comment-badge") feature.init(stop.signal, here);
  here.start();
  expect(badges()).toHaveLength(600);
  const last = [...document.querySelectorAll('[data-e2e="comment-level-1"]')].at(-1) as Element;
  NothingVisible.show(last);
  expect(badges()).toHaveLength(600);
  expect(here.thread.at(last)?.row.text).toBe("comment 999");
  expect(last.closest('[class*="ItemWrapper"]')?.querySelectorAll("span[data-theme]")).toHaveLength(1);
});

/** An IntersectionObserver of a screen that shows nothing until told to. */
class NothingVisible extends EverythingVisible {
  static #latest: NothingVisible;

  override observe(): void {
    NothingVisible.#latest = this;
  }

  static show(target: Element): void {
    EverythingVisible.prototype.observe.call(NothingVisible.#latest, target);
  }
}

it("asks nothing about rows that stand under another video by now", async () => {
  await visit("g4-drawer.html");
  sent = [];
  goTo("/@shop.tests/video/7600000000000000010");
  for (const anchor of document.querySelectorAll('[data-e2e="comment-level-1"]')) anchor.textContent = "link please?";
  await vi.advanceTimersByTimeAsync(400);
  expect(sent.filter(({ type }) => type === "score")).toEqual([]);
});
