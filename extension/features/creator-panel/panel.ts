/** The frame: a pill with the stored rate that unfolds into what is known of the creator and of the video on screen. */
import tokens from "../../../companion/dashboard/static/tokens.css?inline";
import { ask } from "../../lib/ask";
import cornerCss from "../../lib/corner.css?inline";
import { closedRoot, h, Style, trusted } from "../../lib/dom";
import { t } from "../../lib/i18n";
import type { QualityReply } from "../../lib/messages";
import { shortRate } from "../../lib/rate-words";
import { plainHandle } from "../../lib/rows";
import { linkSentence } from "../../lib/status";
import { first, PAGE } from "../../lib/surface";
import type { Theme } from "../../lib/theme";
import { creatorOf } from "../../lib/video";
import type { Visit } from "../../lib/visit";
import panelCss from "./panel.css?inline";
import { creatorSection, videoSection } from "./sections";
import { shownVideo } from "./shown";

const STYLE = new Style(tokens + cornerCss + panelCss);
const PROFILE = /^\/@([^/]+)\/?$/;

/** Folded or not, for as long as this tab shows TikTok. */
let isFolded = true;

export class CreatorPanel {
  readonly #host = document.createElement("div");
  readonly #pill = h("button", {
    type: "button",
    class: "opener",
    "aria-controls": "body",
    onclick: () => this.#fold(!isFolded),
  });
  readonly #body = h("section", { id: "body", class: "body", "aria-label": t("quality_title") });
  readonly #frame = h("div", { class: "frame" }, this.#body, this.#pill);
  #asked = "";
  #reply: QualityReply | null = null;

  constructor(readonly visit: Visit) {
    const root = closedRoot(this.#host, STYLE);
    root.append(this.#frame);
    for (const type of ["click", "pointerdown", "mousedown", "wheel", "keyup"] as const)
      root.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
    root.addEventListener("keydown", (event) => {
      event.stopPropagation();
      trusted((key: KeyboardEvent) => key.key === "Escape" && this.#fold(true))(event);
    });
  }

  /** Ask for what the page is about now, once; show what is known. */
  async look(): Promise<void> {
    const { videoId, signal } = this.visit;
    const handle = videoId === "" ? plainHandle(PROFILE.exec(location.pathname)?.[1] ?? "") : creatorOf(videoId);
    const about = `${videoId} ${handle}`;
    if (about.trim() === "") {
      this.#asked = "";
      this.remove();
      return;
    }
    if (this.#asked === about || this.visit.link.state !== "ready") return this.#draw();
    this.#asked = about;
    this.#reply = null;
    this.#draw();
    const shown = videoId === "" ? null : shownVideo(videoId, handle);
    const reply = await ask<QualityReply>({ type: "quality", videoId, handle, shown });
    if (signal.aborted || this.#asked !== about) return; // the page moved on
    this.#reply = reply;
    this.#draw();
  }

  wear(theme: Theme): void {
    this.#host.setAttribute("data-theme", theme);
  }

  remove(): void {
    this.#host.remove();
  }

  #draw(): void {
    if (!this.#host.isConnected) document.body.append(this.#host);
    this.#frame.classList.toggle("raised", first(document, PAGE.overlay) !== null);
    this.#pill.setAttribute("aria-expanded", String(!isFolded));
    this.#pill.title = isFolded ? t("panel_unfold") : t("panel_fold");
    const rate = this.#reply?.ok ? (this.#reply.creator?.intent ?? this.#reply.video?.intent ?? null) : null;
    const words = rate === null ? t("quality_pill") : `${t("quality_pill")} ${shortRate(rate)}`;
    this.#pill.replaceChildren(
      h("span", {}, words),
      h("span", { class: "chevron", "aria-hidden": true }, isFolded ? "▴" : "▾"),
    );
    this.#body.hidden = isFolded;
    this.#body.inert = isFolded;
    if (!isFolded) this.#body.replaceChildren(...this.#sections());
  }

  #sections(): Node[] {
    const reply = this.#reply;
    if (this.visit.link.state !== "ready")
      return [h("p", { class: "notice", role: "status" }, linkSentence(this.visit.link))];
    if (reply === null) return [h("p", { class: "muted", role: "status" }, t("quality_waiting"))];
    if (!reply.ok) return [h("p", { class: "notice", role: "status" }, reply.message || linkSentence(reply.link))];
    const sections = [reply.creator && creatorSection(reply.creator), reply.video && videoSection(reply.video)];
    return sections.filter((section) => section !== null);
  }

  #fold(fold: boolean): void {
    isFolded = fold;
    this.#draw();
    this.#pill.focus();
  }
}
