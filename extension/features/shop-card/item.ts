/** One product of a card: what it is, what it costs, why it is there, and what can be done with it. */
import { h } from "../../lib/dom";
import { type MessageKey, plural, t } from "../../lib/i18n";
import type { Deed, ShopCard, ShopItem, ShopSettings } from "../../lib/messages";
import { isAllowed, safeUrl } from "./links";
import { money } from "./money";
import { drawing } from "./picture";

export interface ItemHands {
  did(deed: Deed, item: ShopItem): void;
  allow(host: string): void;
  moved(): void;
}

export function itemView(card: ShopCard, item: ShopItem, settings: ShopSettings, page: string, hands: ItemHands) {
  const why = h("div", { class: "why", id: `why-${item.place}`, hidden: true }, ...reasons(card, item, page));
  const whyButton = h(
    "button",
    {
      type: "button",
      "aria-expanded": "false",
      "aria-controls": why.id,
      onclick: () => {
        why.hidden = !why.hidden;
        whyButton.setAttribute("aria-expanded", String(!why.hidden));
        hands.moved();
      },
    },
    t("shop_why"),
  );
  const price = item.price === null ? "" : money(item.price, item.currency);
  return h(
    "li",
    { "data-product": item.place },
    picture(item, settings),
    h(
      "div",
      { class: "words" },
      h("p", { class: "title", dir: "auto" }, item.title),
      price === "" ? null : h("p", { class: "price" }, price),
    ),
    h(
      "div",
      { class: "hands" },
      opener(card, item, settings, hands),
      whyButton,
      saver(item, hands),
      h(
        "button",
        { type: "button", "aria-label": t("shop_hide_name", item.title), onclick: () => hands.did("hide", item) },
        t("shop_hide"),
      ),
    ),
    why,
  );
}

/** The way to the product: a link where its shop is allowed, a way to allow it where not, a reason where there is none. */
function opener(card: ShopCard, item: ShopItem, settings: ShopSettings, hands: ItemHands): Node | null {
  const url = safeUrl(item.link);
  if (url === null) return card.demo ? null : h("span", { class: "muted" }, t("shop_no_link"));
  if (!isAllowed(url.hostname, settings.hosts)) {
    const name = t("shop_allow", url.hostname);
    return h("button", { type: "button", title: t("shop_allow_why"), onclick: () => hands.allow(url.hostname) }, name);
  }
  return h(
    "a",
    {
      class: "open",
      href: url.href,
      target: "_blank",
      rel: "noopener noreferrer",
      referrerpolicy: "no-referrer",
      "aria-label": t("shop_open_name", item.title, url.hostname),
      onclick: () => hands.did("click", item),
      onauxclick: (event: MouseEvent) => event.button === 1 && hands.did("click", item),
    },
    t("shop_open"),
  );
}

function saver(item: ShopItem, hands: ItemHands): HTMLButtonElement {
  const button = h(
    "button",
    {
      type: "button",
      "aria-label": t("shop_save_name", item.title),
      onclick: () => {
        if (button.getAttribute("aria-pressed") === "true") return;
        button.setAttribute("aria-pressed", "true");
        button.textContent = t("shop_saved");
        hands.did("save", item);
      },
    },
    t("shop_save"),
  );
  return button;
}

function picture(item: ShopItem, { pictures, hosts }: ShopSettings): Element {
  const url = pictures ? safeUrl(item.image) : null;
  if (url === null || !isAllowed(url.hostname, hosts)) return drawing(item.title);
  const image = h("img", { alt: "", width: 56, height: 56, decoding: "async", referrerpolicy: "no-referrer" });
  image.addEventListener("error", () => image.replaceWith(drawing(item.title)), { once: true });
  image.src = url.href;
  return image;
}

function reasons(card: ShopCard, { reason }: ShopItem, page: string): Node[] {
  const fits = page === "search" ? "shop_reason_search" : "shop_reason_fits";
  const key: MessageKey = reason.kind === "fits" ? fits : `shop_reason_${reason.kind}`;
  const isFit = reason.kind === "fits";
  const lines = [
    t(key, reason.words),
    isFit && card.asking > 0 ? plural("shop_asking", card.asking) : "",
    isFit && card.relaxed.length > 0 ? t("shop_relaxed") : "",
    reason.exploring ? t("shop_exploring") : "",
  ].filter((line) => line !== "");
  const chips = card.understood.map(({ slot, value }) =>
    h("li", {}, h("b", {}, t(`shop_slot_${slot}`)), " ", h("span", { dir: "auto" }, value)),
  );
  return [
    ...lines.map((line) => h("p", {}, line)),
    ...(isFit && chips.length > 0
      ? [h("p", { class: "muted" }, t("shop_understood")), h("ul", { class: "chips" }, ...chips)]
      : []),
  ];
}
