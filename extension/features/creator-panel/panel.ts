/** The frame: a pill with the stored rate that unfolds into what is known of the creator and of the video on screen. */
import tokens from "../../../companion/dashboard/static/tokens.css?inline";
import { ask } from "../../lib/ask";
import { cornerTaken } from "../../lib/corner";
import cornerCss from "../../lib/corner.css?inline";
import { closedRoot, h, isPlainlyVisible, Style, trusted } from "../../lib/dom";
import { t } from "../../lib/i18n";
import type { OpenReply, QualityReply, ShownVideo } from "../../lib/messages";
import { rateSentence, shortRate } from "../../lib/rate-words";
import { plainHandle } from "../../lib/rows";
import { linkSentence } from "../../lib/status";
import { first, PAGE } from "../../lib/surface";
import type { Theme } from "../../lib/theme";
import { creatorOf } from "../../lib/video";
import type { Visit } from "../../lib/visit";
import { Explained } from "./explained";
import explainedCss from "./explained.css?inline";
import { factsSection, type PageFacts, profileFacts, videoFacts } from "./page-facts";
import panelCss from "./panel.css?inline";
import { scoreSentence, shortScore } from "./score";
import scoreCss from "./score.css?inline";
import { creatorSection, videoSection } from "./sections";
import { shownVideo } from "./shown";
import { Tabs } from "./tabs";

const STYLE = new Style(tokens + cornerCss + panelCss + scoreCss + explainedCss);
const PROFILE = /^\/@([^/]+)\/?$/;
/** After an answer that did not come, the companion is asked once more. */
const AGAIN_MS = 15_000;

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
  readonly #body = h("div", { class: "body" });
  readonly #card = h("section", { id: "body", class: "card", "aria-label": t("quality_title") }, this.#body);
  readonly #frame = h("div", { class: "frame" }, this.#card, this.#pill);
  readonly #root: ShadowRoot;
  readonly #tabs = new Tabs(() => this.#redraw());
  #explained = new Explained(this.#card);
  #asked = "";
  #askedAt = 0;
  #handle = "";
  #shown: ShownVideo | null = null;
  #reply: QualityReply | null = null;
  #said = "";
  #drawn = "";

  constructor(readonly visit: Visit) {
    this.#root = closedRoot(this.#host, STYLE);
    this.#root.append(this.#frame);
    this.#body.addEventListener("scroll", () => this.#explained.hide(), { passive: true });
    for (const type of ["click", "pointerdown", "mousedown", "wheel", "keyup"] as const)
      this.#root.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
    this.#root.addEventListener("keydown", (event) => {
      event.stopPropagation();
      trusted((key: KeyboardEvent) => key.key === "Escape" && (this.#explained.hide() || this.#fold(true)))(event);
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
    const isAnswered = this.#reply?.ok !== false || performance.now() - this.#askedAt < AGAIN_MS;
    if ((this.#asked === about && isAnswered) || this.visit.link.state !== "ready") return this.#draw();
    if (this.#asked !== about) this.#reply = null;
    this.#asked = about;
    this.#askedAt = performance.now();
    this.#handle = handle;
    this.#said = "";
    this.#shown = videoId === "" ? null : shownVideo(videoId, handle);
    this.#draw();
    const reply = await ask<QualityReply>({ type: "quality", videoId, handle, shown: this.#shown });
    if (signal.aborted || this.#asked !== about) return; // the page moved on
    this.#reply = reply;
    this.#redraw();
  }

  wear(theme: Theme): void {
    this.#host.setAttribute("data-theme", theme);
  }

  remove(): void {
    this.#host.remove();
  }

  #redraw(): void {
    this.#drawn = "";
    this.#draw();
  }

  /** Nothing is built anew while it would say the same: a person may be reading, or be on a number with the keyboard. */
  #draw(): void {
    if (cornerTaken()) isFolded = true;
    if (!this.#host.isConnected) document.body.append(this.#host);
    this.#frame.hidden = cornerTaken();
    this.#frame.classList.toggle("raised", first(document, PAGE.overlay) !== null);
    this.#pill.setAttribute("aria-expanded", String(!isFolded));
    this.#card.hidden = isFolded;
    this.#card.inert = isFolded;
    const facts = isFolded ? null : this.#facts();
    const drawn = JSON.stringify([isFolded, this.visit.link.state, this.#reply === null, facts, this.#said]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#drawPill();
    if (isFolded) return;
    const focused = this.#root.activeElement;
    const hadFocus = this.#card.contains(focused);
    const wasOpening = focused?.matches(".open") ?? false;
    this.#explained = new Explained(this.#card);
    this.#body.replaceChildren(...this.#sections(facts));
    this.#card.replaceChildren(this.#body, ...this.#foot(), this.#explained.bubble);
    if (hadFocus) (this.#card.querySelector<HTMLElement>(wasOpening ? ".open" : "[role=tab]") ?? this.#pill).focus();
  }

  #drawPill(): void {
    const { creator, video } = this.#reply?.ok ? this.#reply : { creator: null, video: null };
    const has = (one: typeof creator | typeof video): boolean =>
      one !== null && (one.intent !== null || (one.score?.value ?? null) !== null);
    const isVideos = !has(creator) && has(video);
    const { intent, score } = (isVideos ? video : creator) ?? { intent: null, score: null };
    const counted = intent && rateSentence(isVideos ? "quality_of_video" : "quality_of_creator", intent);
    const number = intent === null ? shortScore(score) : ` ${shortRate(intent)}`;
    const does = t(isFolded ? "panel_unfold" : "panel_fold");
    this.#pill.title = `${counted ?? scoreSentence(score)} ${does}`.trim();
    this.#pill.replaceChildren(
      h("span", {}, `${t(isVideos ? "quality_video" : "quality_pill")}${number}`),
      h("span", { class: "chevron", "aria-hidden": true }, isFolded ? "▴" : "▾"),
    );
  }

  /** What the page itself shows, where nothing else says how the creator does. */
  #facts(): PageFacts | null {
    if (!this.#reply?.ok || this.#reply.creator === null) return null;
    const { intent, score } = this.#reply.creator;
    if (intent !== null || (score?.value ?? null) !== null) return null;
    return this.visit.videoId === "" ? profileFacts(this.#handle) : videoFacts(this.#shown);
  }

  #sections(facts: PageFacts | null): Node[] {
    const reply = this.#reply;
    if (this.visit.link.state !== "ready")
      return [h("p", { class: "notice", role: "status" }, linkSentence(this.visit.link))];
    if (reply === null) return [h("p", { class: "muted", role: "status" }, t("quality_waiting"))];
    if (!reply.ok) return [h("p", { class: "notice", role: "status" }, reply.message || linkSentence(reply.link))];
    const { creator, video } = reply;
    const about = creator && creatorSection(this.#explained, creator);
    if (facts !== null) about?.append(factsSection(facts));
    return this.#tabs.around(video && videoSection(this.#explained, video), about);
  }

  /** The way to the creator's page in the companion, below what scrolls. */
  #foot(): Node[] {
    const creator = this.#reply?.ok ? this.#reply.creator : null;
    if (creator === null || creator.id === "" || this.visit.link.state !== "ready") return [];
    const open = h(
      "button",
      { type: "button", class: "open", onclick: () => void this.#open(creator.handle) },
      t("quality_open"),
      h("span", { "aria-hidden": true }, " ↗"),
    );
    return [h("footer", {}, open, h("p", { role: "status" }, this.#said))];
  }

  async #open(handle: string): Promise<void> {
    if (!isPlainlyVisible(this.#host)) return;
    const reply = await ask<OpenReply>({ type: "open-creator", handle });
    this.#said = reply.ok ? "" : reply.message || t("quality_open_failed");
    this.#draw();
  }

  #fold(fold: boolean): void {
    isFolded = fold;
    this.#draw();
    this.#pill.focus();
  }
}
