// @vitest-environment node
/** The worker's part of the shop card over a real HTTP companion: what is sent, and what is not. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { FakeCompanion, type Reply, SECRETS } from "./fake-companion.fixture";
import { Companion } from "./link";
import type { PageMessage } from "./messages";
import type { PageDesk } from "./page-desk";
import { readPageMessage } from "./requests";
import { changeSettings, DEFAULTS, loadSettings } from "./settings";
import { deed, suggest } from "./shop-desk";

const CARD = { card: "ab".repeat(16), items: [], understood: [], asking: 0, relaxed: [], demo: true };
const CONTEXT = { caption: "my lamp", hashtags: ["cozy"], product: "", parent: "" };
const ASK: Extract<PageMessage, { type: "shop" }> = {
  type: "shop",
  page: "feed",
  videoId: "7600000000000000011",
  context: CONTEXT,
  comments: ["where is it\u202e from", "x".repeat(2_000)],
  words: "",
  hour: 21,
};
const DEED: Extract<PageMessage, { type: "deed" }> = {
  type: "deed",
  deed: "click",
  page: "feed",
  card: CARD.card,
  product: "p1",
  words: "",
  hour: 21,
};

let server: FakeCompanion;
let companion: Companion;
let desk: PageDesk;
let body: unknown;

beforeEach(async () => {
  fakeBrowser.reset();
  server = new FakeCompanion();
  body = CARD;
  server.script = ({ route }): Reply | null => {
    if (route === "/v1/shop/related") return { body };
    return route === "/v1/shop/event" ? { body: { stored: true } } : null;
  };
  await changeSettings({ port: await server.start() });
  companion = new Companion({
    secrets: { read: async () => SECRETS, write: async () => {}, clear: async () => {} },
    port: async () => (await loadSettings()).port,
    permitted: async () => true,
    changed: () => {},
  });
  const view = async () => ({ settings: await loadSettings(), link: companion.link, paired: true, mayCapture: false });
  desk = { companion, view } as unknown as PageDesk;
});
afterEach(async () => {
  companion.reset();
  await server.stop();
});

test("a card is asked for with cleaned words within the wire's limits", async () => {
  expect(await suggest(desk, ASK)).toEqual({ ok: true, card: CARD });
  const [sent] = server.asked("/v1/shop/related");
  expect(sent?.body).toMatchObject({
    page: "feed",
    video_id: "7600000000000000011",
    context: { caption: "my lamp" },
    most: 3,
  });
  expect(sent?.body.comments).toEqual(["where is it from", "x".repeat(300)]);
  expect(sent?.authorization).toBe(`Bearer ${SECRETS.token}`);
});

test("a deed is told with its card; a search only where the user wants that", async () => {
  expect(await deed(desk, DEED)).toEqual({ ok: true, stored: true });
  const search = { ...DEED, deed: "search", product: "", card: "", words: " lamp " } as const;
  expect(await deed(desk, search)).toMatchObject({ ok: false });
  await changeSettings({ shop: { ...DEFAULTS.shop, searches: true } });
  expect(await deed(desk, search)).toEqual({ ok: true, stored: true });
  expect(server.asked("/v1/shop/event").map(({ body: told }) => told)).toEqual([
    { kind: "click", page: "feed", card: CARD.card, product: "p1", words: "", hour: 21 },
    { kind: "search", page: "feed", card: null, product: null, words: "lamp", hour: 21 },
  ]);
});

test("switched off, nothing is asked, not even who is there", async () => {
  await changeSettings({ features: { ...DEFAULTS.features, "shop-card": false } });
  expect(await suggest(desk, ASK)).toMatchObject({ ok: false });
  expect(await deed(desk, DEED)).toMatchObject({ ok: false });
  expect(server.seen).toEqual([]);
});

test.each([
  ["a link of a script", { link: "javascript:alert(1)" }],
  ["a plain http link", { link: "http://shop.example/" }],
  ["a link with a quotation mark", { link: 'https://shop.example/"onclick=' }],
  ["a price that is none", { price: "39" }],
  ["a reason that is not known", { reason: { kind: "paid", words: "", exploring: false } }],
])("%s is no companion's answer", async (_, change) => {
  const reason = { kind: "fits", words: "", exploring: false };
  const item = { id: "p1", place: 1, title: "Lamp", price: 39, currency: "USD", link: "", image: "", reason };
  body = { ...CARD, items: [item] };
  expect(await suggest(desk, ASK)).toMatchObject({ ok: true });
  body = { ...CARD, items: [{ ...item, ...change }] };
  expect(await suggest(desk, ASK)).toMatchObject({ ok: false, link: { state: "stranger" } });
});

test.each([
  { ...ASK, page: "profile" },
  { ...ASK, comments: Array(9).fill("how much") },
  { ...ASK, hour: 24 },
  { ...ASK, link: "https://evil.example" },
  { ...DEED, deed: "buy" },
  { ...DEED, card: "x" },
  { type: "allow-shop", host: "https://shop.example" },
  { type: "allow-shop", host: "127.0.0.1" },
])("%j is no message of ours", (message) => {
  expect(readPageMessage(message)).toBeNull();
});

test("well-formed messages are", () => {
  for (const message of [ASK, DEED, { type: "allow-shop", host: "shop.example" }])
    expect(readPageMessage(message)).toEqual(message);
});
