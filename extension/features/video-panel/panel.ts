/** The panel's frame: a pill in the corner that unfolds into the summary, the list and the export. */
import tokens from "../../../companion/dashboard/static/tokens.css?inline";
import { takeCorner } from "../../lib/corner";
import cornerCss from "../../lib/corner.css?inline";
import { closedRoot, h, Style, trusted } from "../../lib/dom";
import gradeCss from "../../lib/grade.css?inline";
import { plural, t } from "../../lib/i18n";
import { linkSentence } from "../../lib/status";
import { closest, first, PAGE } from "../../lib/surface";
import type { Theme } from "../../lib/theme";
import type { Visit } from "../../lib/visit";
import { download, exportCsv, videoLink } from "./export";
import exportCss from "./export.css?inline";
import { CommentList } from "./list";
import listCss from "./list.css?inline";
import panelCss from "./panel.css?inline";
import { summaryOf } from "./summary";
import summaryCss from "./summary.css?inline";
import { type Tally, tallyOf } from "./tally";

const STYLE = new Style(tokens + cornerCss + gradeCss + panelCss + summaryCss + listCss + exportCss);

/** Folded or not, for as long as this tab shows TikTok. It starts as a pill, which covers nothing of the page. */
let isFolded = true;

export class Panel {
  readonly #host = document.createElement("div");
  readonly #pill: HTMLButtonElement;
  readonly #body: HTMLElement;
  readonly #notice = h("p", { class: "notice", role: "status" });
  readonly #summary = h("div", { class: "summary" });
  readonly #list: CommentList;
  readonly #said = h("p", { class: "said", role: "status" });
  readonly #frame: HTMLElement;
  #tally: Tally = tallyOf([]);
  #drawnPill = "";

  constructor(readonly visit: Visit) {
    const root = closedRoot(this.#host, STYLE);
    this.#list = new CommentList(visit);
    this.#pill = h("button", {
      type: "button",
      class: "pill",
      "aria-controls": "body",
      onclick: () => this.#fold(!isFolded),
    });
    this.#body = h(
      "section",
      { id: "body", class: "body", "aria-label": t("panel_title") },
      this.#notice,
      this.#summary,
      this.#list.element,
      h(
        "div",
        { class: "export" },
        h("button", { type: "button", onclick: () => void this.#copy() }, t("panel_copy")),
        h("button", { type: "button", onclick: () => this.#download() }, t("panel_download")),
        this.#said,
      ),
    );
    this.#frame = h("div", { class: "frame" }, this.#body, this.#pill);
    root.append(this.#frame);
    for (const type of ["click", "pointerdown", "mousedown", "wheel", "keyup"] as const)
      root.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
    root.addEventListener("keydown", (event) => {
      event.stopPropagation();
      trusted((key: KeyboardEvent) => key.key === "Escape" && this.#fold(true))(event);
    });
  }

  /** Show what is known now; absent where there is no video with comments to speak of. */
  draw(): void {
    this.#tally = tallyOf(this.visit.thread.seen());
    const isWanted = this.visit.surface === "video" || this.#tally.seen > 0 || this.visit.pageChanged;
    if (!isWanted) {
      this.remove();
      return;
    }
    if (!this.#host.isConnected) document.body.append(this.#host);
    this.#frame.classList.toggle("raised", this.#isOverOverlay());
    this.#drawPill();
    this.#body.hidden = isFolded;
    this.#body.inert = isFolded;
    takeCorner(!isFolded);
    if (isFolded) return;
    const notice = this.#noticeText();
    this.#notice.hidden = notice === "";
    if (this.#notice.textContent !== notice) this.#notice.textContent = notice;
    this.#summary.replaceChildren(...summaryOf(this.#tally));
    this.#list.draw(this.#tally.graded);
  }

  get isFolded(): boolean {
    return isFolded;
  }

  wear(theme: Theme): void {
    this.#host.setAttribute("data-theme", theme);
  }

  remove(): void {
    this.#host.remove();
    takeCorner(false);
  }

  /** Whether the video lies over a grid. A comment knows it at once; searching the whole page takes 100 times as long. */
  #isOverOverlay(): boolean {
    const anchor = this.visit.thread.newest()?.place.deref();
    return (anchor?.isConnected ? closest(anchor, PAGE.overlay) : first(document, PAGE.overlay)) !== null;
  }

  #drawPill(): void {
    const text = isFolded ? this.#pillText() : t("app_name");
    if (this.#drawnPill === `${isFolded} ${text}`) return;
    this.#drawnPill = `${isFolded} ${text}`;
    this.#pill.setAttribute("aria-expanded", String(!isFolded));
    this.#pill.replaceChildren(
      h("i", { "aria-hidden": true }),
      h("span", {}, text),
      h("span", { class: "chevron", "aria-hidden": true }, isFolded ? "▴" : "▾"),
    );
    this.#pill.title = isFolded ? t("panel_unfold") : t("panel_fold");
  }

  #pillText(): string {
    const { high, graded } = this.#tally;
    if (this.visit.pageChanged) return t("panel_pill_changed");
    if (graded.length > 0) return plural("panel_buyers", high);
    const { state } = this.visit.link;
    if (state === "ready" || state === "connecting") return t("panel_title");
    return state === "unpaired" ? t("panel_pill_unpaired") : t("panel_pill_off");
  }

  #fold(fold: boolean): void {
    isFolded = fold;
    this.draw();
    this.#pill.focus();
  }

  #noticeText(): string {
    if (this.visit.pageChanged) return t("panel_page_changed");
    const { link } = this.visit;
    if (link.state !== "ready") return linkSentence(link);
    return this.#tally.seen === 0 ? t("panel_empty") : "";
  }

  #csv(): string {
    return exportCsv(this.#list.shown(this.#tally.graded), videoLink(this.visit.thread.creator, this.visit.videoId));
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#csv());
      this.#said.textContent = plural("panel_copied", this.#list.shown(this.#tally.graded).length);
    } catch {
      this.#said.textContent = t("panel_copy_failed");
    }
  }

  #download(): void {
    download(this.#csv(), `buysignal-${this.visit.videoId}.csv`);
    this.#said.textContent = plural("panel_downloaded", this.#list.shown(this.#tally.graded).length);
  }
}
