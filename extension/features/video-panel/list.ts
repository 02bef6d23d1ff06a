/** The panel's own list of comments: filtered, sorted, a way back to each on the page. TikTok's list stays as it is. */
import { h } from "../../lib/dom";
import { t } from "../../lib/i18n";
import type { Visit } from "../../lib/visit";
import { signalPhrase } from "../../lib/words";
import { FILTERS, type Filter, type Graded, type Order, pick } from "./tally";

const PAGE_SIZE = 30;

export class CommentList {
  readonly element: HTMLElement;
  readonly #filters: Map<Filter, HTMLButtonElement>;
  readonly #sort: HTMLButtonElement;
  readonly #items = h("ul", { class: "comments" });
  readonly #more: HTMLButtonElement;
  #filter: Filter = "all";
  #order: Order = "buyers-first";
  #limit = PAGE_SIZE;
  #graded: readonly Graded[] = [];
  #drawn = "";

  constructor(readonly visit: Visit) {
    this.#filters = new Map(
      FILTERS.map((filter) => [
        filter,
        h("button", { type: "button", onclick: () => this.#choose(filter, this.#order) }, t(`panel_filter_${filter}`)),
      ]),
    );
    this.#sort = h("button", {
      type: "button",
      class: "sort",
      onclick: () => this.#choose(this.#filter, this.#order === "as-seen" ? "buyers-first" : "as-seen"),
    });
    this.#more = h("button", { type: "button", class: "more", onclick: () => this.#showMore() }, t("panel_more"));
    this.element = h(
      "div",
      { class: "list" },
      h("div", { class: "filters", role: "group", "aria-label": t("panel_filter") }, ...this.#filters.values()),
      this.#sort,
      this.#items,
      this.#more,
    );
  }

  /** The comments as filtered and sorted now; all of them, not just those in view. */
  shown(graded: readonly Graded[]): Graded[] {
    return pick(graded, this.#filter, this.#order);
  }

  /** Show `graded`; the rows are rebuilt only when they say something else. */
  draw(graded: readonly Graded[]): void {
    this.#graded = graded;
    this.element.hidden = graded.length === 0;
    for (const [filter, button] of this.#filters) button.setAttribute("aria-pressed", String(filter === this.#filter));
    this.#sort.textContent = this.#order === "as-seen" ? t("panel_sort_seen") : t("panel_sort_buyers");
    const picked = this.shown(graded);
    const visible = picked.slice(0, this.#limit);
    this.#more.hidden = picked.length <= this.#limit;
    const drawn = visible.map((each) => `${each.seen.id}:${each.grade}:${each.score.yours?.grade ?? ""}`).join("\n");
    if (drawn === this.#drawn && visible.length > 0) return;
    this.#drawn = drawn;
    if (visible.length > 0) this.#items.replaceChildren(...visible.map((each) => this.#item(each)));
    else this.#items.replaceChildren(h("li", { class: "muted" }, t("panel_none")));
  }

  #choose(filter: Filter, order: Order): void {
    this.#filter = filter;
    this.#order = order;
    this.#limit = PAGE_SIZE;
    this.draw(this.#graded);
  }

  #showMore(): void {
    this.#limit += PAGE_SIZE;
    this.draw(this.#graded);
  }

  #item(each: Graded): HTMLElement {
    const level = each.score.yours?.grade ?? each.score.level;
    const kind = each.isHigh ? "high" : level >= 5 ? "mid" : "low";
    const why = each.score.yours ? t("badge_yours") : each.score.unsure ? t("panel_unsure") : signalPhrase(each.signal);
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", onclick: () => this.#find(each), title: t("panel_find") },
        h("span", { class: `grade ${kind}`, "aria-label": t("badge_name", level) }, h("i"), level),
        h(
          "span",
          { class: "words" },
          h("span", { dir: "auto", class: "text" }, each.seen.row.text),
          h("small", {}, why),
        ),
      ),
    );
  }

  /** Bring the comment into view, if the page still holds it. */
  #find({ seen }: Graded): void {
    const anchor = seen.place.deref();
    if (anchor?.isConnected !== true || this.visit.thread.at(anchor)?.id !== seen.id) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    anchor.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }
}
