/** A small chip on the tiles of hashtag, search and profile pages: the stored share of likely buyers, with its n. */
import tokens from "../../../companion/dashboard/static/tokens.css?inline";
import { closedRoot, h, isOwn, Style } from "../../lib/dom";
import { register } from "../../lib/feature";
import { t } from "../../lib/i18n";
import { rateSentence, shortRate } from "../../lib/rate-words";
import { themeAt } from "../../lib/theme";
import { type Tile, tileOf, tilesIn } from "../../lib/tiles";
import type { Visit } from "../../lib/visit";
import chipCss from "./chip.css?inline";
import { type Found, Rates } from "./tiles";

const STYLE = new Style(tokens + chipCss);
const SETTLE_MS = 200;
const AHEAD = "400px"; // tiles about to be scrolled into view

register({
  id: "tile-chips",
  include: (visit) => visit.videoId === "" && visit.surface !== "feed",
  init(signal, visit) {
    const grid = new Grid(visit, signal);
    grid.start();
  },
});

class Grid {
  readonly #rates = new Rates();
  readonly #seen = new WeakMap<Element, string>(); // the video that a tile was about when it was looked at
  readonly #chips = new Map<Element, HTMLElement>();
  readonly #waiting = new Set<Element>();
  readonly #inView: IntersectionObserver;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly visit: Visit,
    readonly signal: AbortSignal,
  ) {
    this.#inView = new IntersectionObserver((entries) => this.#arrived(entries), { rootMargin: AHEAD });
  }

  start(): void {
    const changes = new MutationObserver((records) => {
      if (records.some((record) => [...record.addedNodes].some((node) => !isOwn(node)) || record.type === "attributes"))
        this.#soon();
    });
    changes.observe(document, { subtree: true, childList: true, attributeFilter: ["href"] });
    this.visit.listen(() => this.#soon(), this.signal);
    this.signal.addEventListener(
      "abort",
      () => {
        changes.disconnect();
        this.#inView.disconnect();
        clearTimeout(this.#timer);
        for (const chip of this.#chips.values()) chip.remove();
        this.#chips.clear();
      },
      { once: true },
    );
    this.#soon();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#look();
    }, SETTLE_MS);
  }

  /** New tiles wait until they come into view; one that became another video's is looked at anew. */
  #look(): void {
    for (const [element, chip] of this.#chips) if (!element.isConnected) this.#drop(element, chip);
    for (const element of tilesIn(document)) {
      const videoId = tileOf(element)?.videoId ?? "";
      if (videoId === "" || this.#seen.get(element) === videoId) continue;
      const chip = this.#chips.get(element);
      if (chip) this.#drop(element, chip);
      this.#seen.set(element, videoId);
      this.#inView.unobserve(element);
      this.#inView.observe(element);
    }
    void this.#show();
  }

  #arrived(entries: IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      this.#inView.unobserve(target);
      this.#waiting.add(target);
    }
    this.#soon();
  }

  async #show(): Promise<void> {
    if (this.#waiting.size === 0 || document.hidden || this.visit.link.state !== "ready") return;
    const tiles = [...this.#waiting].map((element) => [element, tileOf(element)] as const);
    this.#waiting.clear();
    const known = await this.#rates
      .learn(tiles.flatMap(([, tile]) => (tile === null ? [] : [tile])))
      .catch(() => false);
    if (this.signal.aborted) return;
    for (const [element, tile] of tiles) {
      if (!known)
        this.#waiting.add(element); // asked again at the next change
      else if (tile !== null && element.isConnected && tileOf(element)?.videoId === tile.videoId)
        this.#mark(element, tile);
    }
  }

  #mark(element: Element, tile: Tile): void {
    const found = this.#rates.of(tile);
    if (found === null || this.#chips.has(element)) return;
    const host = document.createElement("div");
    closedRoot(host, STYLE).append(chipOf(found));
    host.setAttribute("data-theme", themeAt(element));
    element.prepend(host);
    this.#chips.set(element, host);
  }

  #drop(element: Element, chip: HTMLElement): void {
    chip.remove();
    this.#chips.delete(element);
  }
}

function chipOf({ of, rate }: Found): HTMLElement {
  const sentence = rateSentence(of === "video" ? "quality_of_video" : "quality_of_creator", rate);
  const words = of === "video" ? shortRate(rate) : `@ ${shortRate(rate)}`;
  return h(
    "span",
    { class: "chip", role: "img", title: `${sentence} ${t("quality_chip")}`, "aria-label": sentence },
    words,
  );
}
