/** When a card comes, what it says, what it tells the companion, and that a page cannot use it. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { browser } from "wxt/browser";
import { registered } from "../../lib/feature";
import type { PageMessage, ShopCard, View } from "../../lib/messages";
import { EverythingVisible, goTo, score, showFixture } from "../../lib/page.fixture";
import { DEFAULTS } from "../../lib/settings";
import { Visit } from "../../lib/visit";
import "./index";

const LONG_MS = 4_000;
const CARD_ID = "0123456789abcdef0123456789abcdef";

let stop: AbortController;
let roots: Map<Element, ShadowRoot>;
let sent: PageMessage[];
let card: ShopCard;
let number = 7600000000000005000n;

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", EverythingVisible);
  document.elementsFromPoint = () => [];
  vi.useFakeTimers();
  stop = new AbortController();
  roots = new Map();
  sent = [];
  card = answer();
  number += 1n;
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
    return message.type === "shop" ? { ok: true, card } : { ok: true, stored: true };
  }) as never);
});

afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

function answer(rest: Partial<ShopCard> = {}): ShopCard {
  const item = (place: number) => ({
    id: `p${place}`,
    place,
    title: `Mushroom lamp ${place}`,
    price: 39.5,
    currency: "USD",
    link: `https://shop.example/p${place}`,
    image: `https://img.shop.example/p${place}.jpg`,
    reason: { kind: "fits" as const, words: "", exploring: false },
  });
  const understood = [{ slot: "product" as const, value: "mushroom lamp" }];
  return { card: CARD_ID, items: [item(1), item(2)], understood, asking: 2, relaxed: [], demo: false, ...rest };
}

function view(shop: Partial<View["settings"]["shop"]> = {}): View {
  return {
    settings: { ...DEFAULTS, shop: { ...DEFAULTS.shop, hosts: ["shop.example"], ...shop } },
    link: { state: "ready", model: "m", version: "1" },
    paired: true,
    mayCapture: false,
  };
}

async function visit(seen = view(), path = `/@shop.tests/video/${number}`, signal = stop.signal): Promise<Visit> {
  goTo(path);
  if (path.includes("/video/")) showFixture("g4-drawer.html");
  const here = new Visit(/\d{15,}/.exec(path)?.[0] ?? (path.startsWith("/search") ? "" : String(number)), seen, signal);
  for (const feature of registered())
    if (feature.id === "shop-card" && feature.include(here)) feature.init(signal, here);
  here.start();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  return here;
}

const shown = (): ShadowRoot | undefined =>
  [...roots].find(([host]) => host.isConnected && host.parentElement === document.body)?.[1];
const asked = () => sent.filter((message) => message.type === "shop");
const told = () => sent.flatMap((message) => (message.type === "deed" ? [[message.deed, message.product]] : []));
const texts = (selector: string): string[] =>
  [...(shown()?.querySelectorAll(selector) ?? [])].map((each) => each.textContent ?? "");

/** A click as a person makes it: happy-dom lets a test say so. */
function press(element: Element | null | undefined): void {
  const event = new MouseEvent("click", { bubbles: true, composed: true, cancelable: true });
  Object.defineProperty(event, "isTrusted", { value: true });
  element?.dispatchEvent(event);
}

const button = (words: string): Element | undefined =>
  [...(shown()?.querySelectorAll("button, a") ?? [])].find((each) => each.textContent === words);

it("stands beside a video with title, price, reason and what was understood", async () => {
  await visit();
  expect(texts("h2")).toEqual(["BuySignal suggestion"]);
  expect(texts(".title")).toEqual(["Mushroom lamp 1", "Mushroom lamp 2"]);
  expect(texts(".price")).toEqual(["$39.50", "$39.50"]);
  expect(shown()?.querySelector<HTMLElement>(".why")?.hidden).toBe(true);
  press(button("Why this?"));
  expect(shown()?.querySelector<HTMLElement>(".why")?.hidden).toBe(false);
  expect(texts(".why")[0]).toContain("Fits what this video shows and says.");
  expect(texts(".why")[0]).toContain("2 comments");
  expect(texts(".chips li")[0]).toBe("product mushroom lamp");
});

it("asks with the comments that ask for something, the creator's own left out", async () => {
  await visit();
  expect(asked()).toHaveLength(1);
  const [message] = asked();
  expect(message?.type === "shop" && message.comments).toContain("where can I buy this??");
  expect(message?.type === "shop" && message.comments.some((text) => text.includes("link in bio"))).toBe(false);
});

it("opens an allowed shop in a tab that learns nothing of the page, and tells so", async () => {
  await visit();
  const link = shown()?.querySelector("a");
  expect(link?.getAttribute("href")).toBe("https://shop.example/p1");
  expect(link?.getAttribute("target")).toBe("_blank");
  expect(link?.getAttribute("rel")).toBe("noopener noreferrer");
  link?.addEventListener("click", (event) => event.preventDefault()); // this is not the place to open it
  press(link);
  expect(told()).toContainEqual(["click", "p1"]);
});

it("leads to the options where a shop is not allowed, and has no link to it", async () => {
  await visit(view({ hosts: ["other.example"] }));
  expect(shown()?.querySelector("a")).toBeNull();
  press(button("Allow shop.example…"));
  expect(sent.filter(({ type }) => type === "allow-shop")).toEqual([{ type: "allow-shop", host: "shop.example" }]);
});

it.each(["javascript:alert(1)", "http://shop.example/p1", ""])("never leads to %j", async (link) => {
  card = answer({ items: answer().items.map((item) => ({ ...item, link })) });
  await visit();
  expect(shown()?.querySelector("a")).toBeNull();
  expect(texts(".hands span")[0]).toBe("Your catalogue holds no link for it.");
});

it("draws instead of loading pictures unless they are switched on and the shop is allowed", async () => {
  await visit();
  expect(shown()?.querySelectorAll("img")).toHaveLength(0);
  expect(shown()?.querySelectorAll(".drawing")).toHaveLength(2);
  stop.abort();
  stop = new AbortController();
  card = answer({
    items: [answer().items[0], { ...answer().items[1], image: "https://tracker.example/x.gif" }] as never,
  });
  number += 1n;
  await visit(view({ pictures: true }));
  expect([...(shown()?.querySelectorAll("img") ?? [])].map((image) => image.src)).toEqual([
    "https://img.shop.example/p1.jpg",
  ]);
  expect(shown()?.querySelector("img")?.getAttribute("referrerpolicy")).toBe("no-referrer");
});

it("takes a hidden product off at once, and goes with the last one", async () => {
  await visit();
  press(button("Hide"));
  expect(told()).toContainEqual(["hide", "p1"]);
  expect(texts(".title")).toEqual(["Mushroom lamp 2"]);
  press(button("Hide"));
  expect(shown()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(asked()).toHaveLength(1);
});

it("tells once what was seen, not from a hidden tab", async () => {
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  await visit();
  expect(asked()).toEqual([]);
  hidden.mockReturnValue(false);
  await vi.advanceTimersByTimeAsync(3 * LONG_MS);
  expect(told()).toEqual([
    ["impression", "p1"],
    ["impression", "p2"],
  ]);
});

it("comes at every third video of the feed where that is set, and stays away from the others", async () => {
  const counts: number[] = [];
  for (let index = 0; index < 7; index += 1) {
    const controller = new AbortController();
    await visit(view({ every: 3 }), "/foryou", controller.signal);
    counts.push(asked().length);
    controller.abort();
    number += 1n;
  }
  expect(counts).toEqual([0, 0, 1, 1, 1, 2, 2]);
  expect(shown()).toBeUndefined();
});

it("answers a search, and tells it only where the user wants that", async () => {
  await visit(view(), "/search?q=mushroom%20lamp");
  expect(asked().map((message) => message.type === "shop" && [message.page, message.words])).toEqual([
    ["search", "mushroom lamp"],
  ]);
  expect(told().filter(([deed]) => deed === "search")).toEqual([]);
  stop.abort();
  stop = new AbortController();
  await visit(view({ searches: true }), "/search?q=travel%20bag");
  expect(sent.filter((message) => message.type === "deed" && message.deed === "search")).toHaveLength(1);
  goTo("/search?q=yoga");
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(asked().at(-1)).toMatchObject({ words: "yoga" });
});

it("shows nothing where nothing fits", async () => {
  card = answer({ items: [] });
  await visit();
  expect(shown()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(3 * LONG_MS);
  expect(asked()).toHaveLength(1);
});

it("says that demo products are invented", async () => {
  card = answer({ demo: true, items: answer().items.map((item) => ({ ...item, link: "" })) });
  await visit();
  expect(texts(".demo")[0]).toContain("invented product");
});

it("ignores clicks that a script made", async () => {
  await visit();
  for (const element of shown()?.querySelectorAll<HTMLElement>("a, button") ?? []) {
    const event = new MouseEvent("click", { bubbles: true, composed: true, cancelable: true });
    element.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
  }
  expect(told().filter(([deed]) => deed !== "impression")).toEqual([]);
});

it("closes with its button and with Escape, and does not come back on this video", async () => {
  await visit();
  const leaving = new KeyboardEvent("keydown", { key: "Escape", bubbles: true });
  Object.defineProperty(leaving, "isTrusted", { value: true });
  shown()?.querySelector("a")?.dispatchEvent(leaving);
  expect(shown()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(3 * LONG_MS);
  expect(asked()).toHaveLength(1);
});
