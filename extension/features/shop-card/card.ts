/** The card: fixed in a free spot beside the video, out of the way of everything that can be pressed; away where there is none. */
import tokens from "../../../companion/dashboard/static/tokens.css?inline";
import { closedRoot, h, isPlainlyVisible, Style, trusted } from "../../lib/dom";
import { t } from "../../lib/i18n";
import type { ShopCard, ShopItem, ShopSettings } from "../../lib/messages";
import type { Theme } from "../../lib/theme";
import cardCss from "./card.css?inline";
import { type ItemHands, itemView } from "./item";
import { playerBox, takenBoxes } from "./page";
import { type Box, freeSpot, isFree } from "./place";

const STYLE = new Style(tokens + cardCss);

export interface CardHands extends ItemHands {
  closed(): void;
}

export class Card {
  readonly #host = document.createElement("div");
  readonly #frame: HTMLElement;
  readonly #list: HTMLElement;
  readonly #said = h("p", { class: "said", role: "status" });
  #items: ShopItem[];
  #box: Box | null = null;

  constructor(
    readonly answer: ShopCard,
    readonly page: string,
    settings: ShopSettings,
    hands: CardHands,
  ) {
    const root = closedRoot(this.#host, STYLE);
    this.#items = [...answer.items];
    const own: ItemHands = {
      ...hands,
      did: (deed, item) => {
        hands.did(deed, item);
        if (deed === "hide") this.#hide(item, hands);
      },
      moved: () => this.settle(),
    };
    this.#list = h(
      "ul",
      { class: "items" },
      ...answer.items.map((item) => itemView(answer, item, settings, page, own)),
    );
    this.#frame = h(
      "section",
      { class: "card", "aria-label": t("shop_title") },
      h(
        "header",
        {},
        h("h2", {}, h("i", { "aria-hidden": true }), t("shop_title")),
        h("button", { type: "button", class: "close", "aria-label": t("shop_close"), onclick: hands.closed }, "×"),
      ),
      this.#list,
      this.#said,
      answer.demo ? h("p", { class: "demo" }, t("shop_demo")) : null,
    );
    root.append(this.#frame);
    root.addEventListener("click", (event) => this.#refuseFalse(event), { capture: true });
    for (const type of ["click", "auxclick", "pointerdown", "mousedown", "wheel", "keyup"] as const)
      root.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
    root.addEventListener("keydown", (event) => {
      event.stopPropagation(); // TikTok moves to another video on arrow keys
      trusted((key: KeyboardEvent) => key.key === "Escape" && hands.closed())(event);
    });
  }

  /** Whether the user can see it now. */
  get isShown(): boolean {
    return this.#box !== null && this.#host.isConnected;
  }

  /** The products that are on it now. */
  get shown(): readonly ShopItem[] {
    return this.#items.filter((item) => this.#element(item)?.hidden === false);
  }

  wear(theme: Theme): void {
    this.#host.setAttribute("data-theme", theme);
  }

  remove(): void {
    this.#box = null;
    this.#host.remove();
  }

  /** Find a place, or keep the one it has while that is free; with fewer products where there is less room, hidden where there is none. */
  settle(): void {
    // First in the order of the Tab key: behind the feed it could only be reached by moving the feed.
    if (!this.#host.isConnected) document.body.prepend(this.#host);
    const taken = takenBoxes(this.#host);
    const view = { width: window.innerWidth, height: window.innerHeight };
    const beside = playerBox();
    for (let count = this.#items.length; count > 0; count -= 1) {
      this.#items.forEach((item, index) => {
        const element = this.#element(item);
        if (element !== undefined) element.hidden = index >= count;
      });
      const size = { width: this.#frame.offsetWidth, height: this.#frame.offsetHeight };
      if (this.#box !== null) {
        const kept = boxAt(this.#box.left, this.#box.bottom - size.height, size);
        if (isFree(kept, view, taken)) {
          this.#stand(kept);
          return;
        }
      }
      const spot = freeSpot(size, view, taken, beside);
      if (spot !== null) {
        this.#stand(spot);
        return;
      }
    }
    this.#stand(null);
  }

  /** No click that a script made, and none on a card that the page made invisible: a page must not send the user anywhere through us. */
  #refuseFalse(event: Event): void {
    if (event.isTrusted && isPlainlyVisible(this.#host)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #stand(box: Box | null): void {
    this.#box = box;
    this.#frame.classList.toggle("away", box === null);
    this.#frame.inert = box === null;
    if (box !== null) this.#frame.style.transform = `translate(${box.left}px, ${box.top}px)`; // a transform is no layout shift
  }

  #hide(item: ShopItem, hands: CardHands): void {
    const element = this.#element(item);
    const next = element?.nextElementSibling ?? element?.previousElementSibling;
    element?.remove();
    this.#items = this.#items.filter((each) => each !== item);
    if (this.#items.length === 0) {
      hands.closed();
      return;
    }
    this.#said.textContent = t("shop_hidden");
    this.settle();
    next?.querySelector<HTMLElement>("a, button")?.focus();
  }

  #element(item: ShopItem): HTMLElement | undefined {
    return this.#list.querySelector<HTMLElement>(`[data-product="${item.place}"]`) ?? undefined;
  }
}

function boxAt(left: number, top: number, { width, height }: { width: number; height: number }): Box {
  return { left, top, right: left + width, bottom: top + height };
}
