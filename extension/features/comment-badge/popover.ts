/** The card behind a badge: why this grade, and the user's own. One at a time, above everything on the page. */
import tokens from "../../../companion/dashboard/static/tokens.css?inline";
import { ask } from "../../lib/ask";
import { contextOf } from "../../lib/context";
import { closedRoot, h, Style, trusted } from "../../lib/dom";
import gradeCss from "../../lib/grade.css?inline";
import { t } from "../../lib/i18n";
import type { ExplainReply } from "../../lib/messages";
import { linkSentence } from "../../lib/status";
import { themeAt, watchTheme } from "../../lib/theme";
import type { Comment } from "../../lib/thread";
import type { Visit } from "../../lib/visit";
import type { Badge } from "./badge";
import { Correction } from "./correction";
import correctionCss from "./correction.css?inline";
import { placeBeside } from "./place";
import popoverCss from "./popover.css?inline";
import { headOf, reasonsOf } from "./reasons";
import reasonsCss from "./reasons.css?inline";
import { tabWithin } from "./tab-cycle";

const STYLE = new Style(tokens + gradeCss + popoverCss + reasonsCss + correctionCss);

interface Open {
  comment: Comment;
  badge: Badge;
  host: HTMLElement;
  card: HTMLElement;
  head: HTMLElement;
  correction: Correction;
  close: AbortController;
}

export class Popover {
  readonly #corrections = new Map<string, string>(); // comment id -> uuid of the correction that can be undone
  #open: Open | null = null;

  constructor(
    readonly visit: Visit,
    readonly signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => this.close(), { once: true });
  }

  toggle(comment: Comment, badge: Badge): void {
    const isSame = this.#open?.comment === comment;
    this.close();
    if (!isSame) this.#show(comment, badge);
  }

  /** The comment that it tells about was graded anew, or is another one now. */
  refresh(comment: Comment): void {
    const open = this.#open;
    if (open === null || open.comment.anchor !== comment.anchor) return;
    if (open.comment.reading.key !== comment.reading.key) {
      this.close();
      return;
    }
    open.comment = comment;
    open.head.replaceChildren(...headOf(comment));
    open.correction.update(comment);
  }

  closeIfAbout(anchor: Element): void {
    if (this.#open?.comment.anchor === anchor) this.close();
  }

  close(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    open.close.abort();
    const hadFocus = document.activeElement === open.host;
    open.host.remove();
    open.badge.expanded = false;
    if (hadFocus) open.badge.focus();
  }

  #show(comment: Comment, badge: Badge): void {
    const close = new AbortController();
    const host = document.createElement("div");
    const root = closedRoot(host, STYLE);
    const head = h("div", { class: "head" }, ...headOf(comment));
    const why = h("div", { class: "why", "aria-live": "polite" });
    const correction = new Correction(this.visit, comment, this.#corrections, host);
    const card = h(
      "div",
      { class: "card", role: "dialog", "aria-label": t("popover_title"), tabindex: -1 },
      h(
        "button",
        { type: "button", class: "close", "aria-label": t("popover_close"), onclick: () => this.close() },
        "×",
      ),
      head,
      why,
      correction.element,
    );
    root.append(card);
    this.#open = { comment, badge, host, card, head, correction, close };
    this.#listen(root, host, close.signal);
    host.setAttribute("data-theme", themeAt(comment.anchor));
    host.setAttribute("popover", "manual");
    document.body.append(host);
    host.showPopover?.();
    badge.expanded = true;
    this.#position();
    card.focus({ preventScroll: true });
    void this.#explain(comment, why);
  }

  #listen(root: ShadowRoot, host: HTMLElement, signal: AbortSignal): void {
    const pressed = trusted((event: KeyboardEvent) => {
      event.stopPropagation(); // TikTok moves to another video on arrow keys
      if (event.key === "Escape") this.close();
      else if (event.key === "Tab") this.#tab(root, event);
      else this.#open?.correction.pressed(event);
    });
    root.addEventListener("keydown", pressed, { signal });
    for (const type of ["click", "pointerdown", "mousedown", "wheel", "keyup"] as const)
      root.addEventListener(type, (event) => event.stopPropagation(), { signal, passive: true });
    const outside = trusted((event: PointerEvent) => {
      if (event.target !== host && event.target !== this.#open?.badge.host) this.close();
    });
    document.addEventListener("pointerdown", outside, { signal, capture: true });
    document.addEventListener("scroll", () => this.#position(), { signal, capture: true, passive: true });
    window.addEventListener("resize", () => this.#position(), { signal });
    watchTheme(() => host.setAttribute("data-theme", themeAt(this.#open?.comment.anchor)), signal);
  }

  #tab(root: ShadowRoot, event: KeyboardEvent): void {
    const next = this.#open && tabWithin(this.#open.card, root.activeElement, event.shiftKey);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  #position(): void {
    const open = this.#open;
    if (open === null) return;
    const near = open.badge.box();
    const view = { width: window.innerWidth, height: window.innerHeight };
    if (!open.badge.host.isConnected || near.bottom < 0 || near.top > view.height) {
      this.close();
      return;
    }
    const { left, top } = placeBeside(near, { width: open.card.offsetWidth, height: open.card.offsetHeight }, view);
    open.card.style.transform = `translate(${left}px, ${top}px)`; // a transform is no layout shift
  }

  async #explain(comment: Comment, why: HTMLElement): Promise<void> {
    const { grading } = comment;
    if (grading.state === "down" || grading.state === "creator") {
      why.classList.add("short");
      const isDown = grading.state === "down";
      why.replaceChildren(
        h("p", isDown ? { class: "problem" } : {}, isDown ? linkSentence(grading.link) : t("popover_creator_why")),
      );
      this.#position();
      return;
    }
    why.replaceChildren(h("p", { class: "muted" }, t("popover_reading")));
    const context = { ...contextOf(this.visit.videoId), parent: comment.row.parent };
    const reply = await ask<ExplainReply>({ type: "explain", text: comment.row.text, context });
    if (this.#open?.comment.reading.key !== comment.reading.key) return;
    if (reply.ok) why.replaceChildren(...reasonsOf(comment.row.text, reply.explanation));
    else why.replaceChildren(h("p", { class: "problem", role: "alert" }, reply.message || linkSentence(reply.link)));
    this.#position();
  }
}
