/** What the worker does for the shop card: asks for products, tells what was done with them, shows where a shop is allowed. */
import { browser } from "wxt/browser";
import { isDeedAnswer, isShopAnswer } from "../protocol/answers";
import { call } from "../protocol/client";
import type { components } from "../protocol/wire";
import type { DeedReply, PageMessage, ShopReply } from "./messages";
import { outgoingContext } from "./outgoing";
import { access, failure, type PageDesk, proven, refused, unreachable } from "./page-desk";
import { RateLimit } from "./rate";
import { sanitize } from "./sanitize";

type Ask<T extends PageMessage["type"]> = Extract<PageMessage, { type: T }>;
type Schemas = components["schemas"];

/** Limits of companion/api/shop_wire.py, in code points. */
const LIMITS = { comment: 300, words: 200 };
const PRODUCTS = 3;

const cards = new RateLimit(30, 60_000); // a feed scrolled at a video a second asks for a dozen
const deeds = new RateLimit(120, 60_000);
const optionPages = new RateLimit(3, 60_000);

export async function suggest(desk: PageDesk, message: Ask<"shop">): Promise<ShopReply> {
  if (!(await isOn(desk)) || !cards.allows(Date.now())) return failure(desk, "");
  const session = await proven(desk);
  if (session === null) return unreachable(desk);
  const body: Schemas["ShopRelatedRequest"] = {
    platform: "tiktok",
    page: message.page,
    video_id: message.videoId || null,
    context: outgoingContext(message.context),
    comments: message.comments.map((text) => sanitize(text, LIMITS.comment)),
    words: sanitize(message.words, LIMITS.words),
    hour: message.hour,
    most: PRODUCTS,
  };
  const outcome = await call({ ...access(session), route: "/v1/shop/related", body, expects: isShopAnswer });
  return outcome.ok ? { ok: true, card: outcome.body } : refused(desk, outcome);
}

export async function deed(desk: PageDesk, message: Ask<"deed">): Promise<DeedReply> {
  if (!(await isOn(desk)) || !deeds.allows(Date.now())) return failure(desk, "");
  const isSearch = message.deed === "search";
  if (isSearch && !(await desk.view()).settings.shop.searches) return failure(desk, "");
  const session = await proven(desk);
  if (session === null) return unreachable(desk);
  const body: Schemas["ShopEventRequest"] = {
    kind: message.deed,
    page: message.page,
    card: message.card || null,
    product: isSearch ? null : message.product,
    words: isSearch ? sanitize(message.words, LIMITS.words) : "",
    hour: message.hour,
  };
  const outcome = await call({ ...access(session), route: "/v1/shop/event", body, expects: isDeedAnswer });
  return outcome.ok ? { ok: true, stored: outcome.body.stored } : refused(desk, outcome);
}

/** A page cannot allow a shop; it can only bring the user to where that is done. */
export async function allowShop({ host }: Ask<"allow-shop">): Promise<{ ok: boolean }> {
  if (!optionPages.allows(Date.now())) return { ok: false };
  await browser.tabs.create({
    url: `${browser.runtime.getURL("/options.html")}?shop=${encodeURIComponent(host)}#shops`,
  });
  return { ok: true };
}

async function isOn(desk: PageDesk): Promise<boolean> {
  return (await desk.view()).settings.features["shop-card"];
}
