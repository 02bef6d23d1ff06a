/** The frame: a pill with the stored share that unfolds into what is known of the hashtag. It is there once the companion has answered. */
import tokens from "../../../companion/dashboard/static/tokens.css?inline";
import { ask } from "../../lib/ask";
import cornerCss from "../../lib/corner.css?inline";
import { closedRoot, h, Style, trusted } from "../../lib/dom";
import { t } from "../../lib/i18n";
import type { HashtagFound, HashtagReply } from "../../lib/messages";
import { shortRate } from "../../lib/rate-words";
import type { Theme } from "../../lib/theme";
import type { Visit } from "../../lib/visit";
import panelCss from "./panel.css?inline";
import { sectionsOf } from "./sections";
import { tagOf } from "./tag";

const STYLE = new Style(tokens + cornerCss + panelCss);

/** How long to wait before asking again: the companion is reading what is stored, or did not answer. */
const AGAIN_MS = { reading: 3_000, refused: 30_000 };

/** Folded or not, for as long as this tab shows TikTok. */
let isFolded = true;

export class HashtagPanel {
  readonly #host = document.createElement("div");
  readonly #pill = h("button", {
    type: "button",
    class: "opener",
    "aria-controls": "body",
    onclick: () => this.#fold(!isFolded),
  });
  readonly #body = h("section", { id: "body", class: "body", "aria-label": t("hashtag_title") });
  #tag = "";
  #found: HashtagFound | null = null;
  #askFrom = 0;

  constructor(readonly visit: Visit) {
    const root = closedRoot(this.#host, STYLE);
    root.append(h("div", { class: "frame" }, this.#body, this.#pill));
    for (const type of ["click", "pointerdown", "mousedown", "wheel", "keyup"] as const)
      root.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
    root.addEventListener("keydown", (event) => {
      event.stopPropagation();
      trusted((key: KeyboardEvent) => key.key === "Escape" && !isFolded && this.#fold(true))(event);
    });
  }

  /** Ask about the hashtag that the page shows now until there is an answer; show it, or nothing. */
  async look(): Promise<void> {
    const tag = tagOf(location.pathname);
    if (tag !== this.#tag) {
      this.#tag = tag;
      this.#found = null;
      this.#askFrom = 0;
      this.remove();
    }
    if (tag === "" || this.visit.link.state !== "ready") return this.remove();
    if (this.#found !== null) {
      if (!this.#host.isConnected) this.#draw(this.#found); // the page threw it out, or the companion is back
      return;
    }
    if (Date.now() < this.#askFrom) return;
    this.#askFrom = Number.POSITIVE_INFINITY; // one question at a time
    const reply = await ask<HashtagReply>({ type: "hashtag", tag });
    if (this.visit.signal.aborted || this.#tag !== tag) return; // the page moved on
    this.#askFrom = Date.now() + (reply.ok ? AGAIN_MS.reading : AGAIN_MS.refused);
    this.#found = reply.ok ? reply.found : null;
    if (this.#found !== null) this.#draw(this.#found);
  }

  wear(theme: Theme): void {
    this.#host.setAttribute("data-theme", theme);
  }

  remove(): void {
    this.#host.remove();
  }

  #draw(found: HashtagFound): void {
    if (!this.#host.isConnected) document.body.append(this.#host);
    this.#pill.setAttribute("aria-expanded", String(!isFolded));
    this.#pill.title = isFolded ? t("panel_unfold") : t("panel_fold");
    const words = found.intent === null ? t("hashtag_pill") : `${t("hashtag_pill")} ${shortRate(found.intent)}`;
    this.#pill.replaceChildren(
      h("span", {}, words),
      h("span", { class: "chevron", "aria-hidden": true }, isFolded ? "▴" : "▾"),
    );
    this.#body.hidden = isFolded;
    this.#body.inert = isFolded;
    if (!isFolded) this.#body.replaceChildren(...sectionsOf(found));
  }

  #fold(fold: boolean): void {
    isFolded = fold;
    if (this.#found !== null) this.#draw(this.#found);
    this.#pill.focus();
  }
}
