/** One stay at a video or on a search page: when products are asked for, shown, and what the user does with them. */
import { ask } from "../../lib/ask";
import { contextOf } from "../../lib/context";
import type { CardPage, Deed, DeedReply, ShopItem, ShopReply } from "../../lib/messages";
import { themeAt, watchTheme } from "../../lib/theme";
import type { Visit } from "../../lib/visit";
import { askingTexts } from "./asking";
import { Card } from "./card";

/** Nothing is asked for videos that are scrolled past; beside a video there is time for its comments to be graded. */
const CALM_MS: Record<CardPage, number> = { feed: 700, video: 1_500, search: 700 };
const LOOK_EVERY_MS = 500;
const RETRY_MS = 3_000;
/** A product counts as seen when its card stood for so long. */
const SEEN_MS = 1_000;

export class Suggestions {
  #card: Card | null = null;
  #words = "";
  #nextAsk = 0;
  #shownSince = 0;
  #isClosed = false;
  #isAsking = false;
  readonly #told = new Set<string>();

  constructor(
    readonly visit: Visit,
    readonly page: CardPage,
    readonly signal: AbortSignal,
  ) {}

  start(): void {
    this.#nextAsk = Date.now() + CALM_MS[this.page];
    const timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    const settle = (): void => this.#card?.settle();
    window.addEventListener("resize", settle, { signal: this.signal });
    watchTheme(() => this.#card?.wear(themeAt()), this.signal);
    this.signal.addEventListener(
      "abort",
      () => {
        clearInterval(timer);
        this.#drop();
      },
      { once: true },
    );
  }

  #look(): void {
    if (document.hidden) return;
    if (this.page === "search") this.#followSearch();
    if (this.#card !== null) {
      this.#card.settle();
      this.#noteSeen(this.#card);
    } else if (!this.#isClosed && !this.#isAsking && Date.now() >= this.#nextAsk && this.visit.link.state === "ready") {
      void this.#ask().catch(() => undefined); // the extension was updated under this page
    }
  }

  /** Another search on the same page starts over. */
  #followSearch(): void {
    const words = (new URLSearchParams(location.search).get("q") ?? "").trim();
    if (words === this.#words) return;
    this.#words = words;
    this.#drop();
    this.#isClosed = words === "";
    this.#nextAsk = Date.now() + CALM_MS.search;
    if (words !== "" && this.visit.view.settings.shop.searches) this.#tell("search", "", words);
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    const words = this.#words;
    try {
      const reply = await ask<ShopReply>({
        type: "shop",
        page: this.page,
        videoId: this.visit.videoId,
        context: contextOf(this.visit.videoId),
        comments: askingTexts(this.visit.thread.seen()),
        words,
        hour: new Date().getHours(),
      });
      if (this.signal.aborted || words !== this.#words) return;
      if (!reply.ok) this.#nextAsk = Date.now() + RETRY_MS;
      else if (reply.card.items.length > 0) this.#show(reply);
      else this.#isClosed = true; // nothing fits: no card
    } finally {
      this.#isAsking = false;
    }
  }

  #show({ card: answer }: ShopReply & { ok: true }): void {
    const card = new Card(answer, this.page, this.visit.view.settings.shop, {
      did: (deed, item) => this.#tell(deed, item.id),
      allow: (host) => void ask({ type: "allow-shop", host }).catch(() => undefined),
      closed: () => {
        this.#isClosed = true;
        this.#drop();
      },
      moved: () => card.settle(),
    });
    this.#card = card;
    card.wear(themeAt());
    card.settle();
  }

  /** Impressions: each product once, after its card could be looked at. */
  #noteSeen(card: Card): void {
    if (!card.isShown) {
      this.#shownSince = 0;
      return;
    }
    this.#shownSince ||= Date.now();
    if (Date.now() - this.#shownSince < SEEN_MS) return;
    for (const item of card.shown) this.#noteImpression(item);
  }

  #noteImpression({ id }: ShopItem): void {
    if (this.#told.has(id)) return;
    this.#told.add(id);
    this.#tell("impression", id);
  }

  #tell(deed: Deed, product: string, words = ""): void {
    const card = this.#card?.answer.card ?? "";
    const hour = new Date().getHours();
    void ask<DeedReply>({ type: "deed", deed, page: this.page, card, product, words, hour }).catch(() => undefined);
  }

  #drop(): void {
    this.#card?.remove();
    this.#card = null;
    this.#shownSince = 0;
  }
}
