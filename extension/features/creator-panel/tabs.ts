/** Video and creator under each other's name: one is shown, so that the panel stays small. */
import { h, trusted } from "../../lib/dom";
import { t } from "../../lib/i18n";

type Name = "video" | "creator";

/** What was looked at last, for as long as this tab shows TikTok. */
let chosen: Name = "video";

export class Tabs {
  constructor(readonly changed: () => void) {}

  /** Both behind tabs, or the only one there is without. */
  around(video: HTMLElement | null, creator: HTMLElement | null): Node[] {
    if (video === null) return creator === null ? [] : [creator];
    if (creator === null) return [h("h3", {}, t("quality_video")), video];
    const shown = chosen === "video" ? video : creator;
    shown.setAttribute("role", "tabpanel");
    shown.setAttribute("aria-labelledby", `tab-${chosen}`);
    const list = h(
      "div",
      { class: "tabs", role: "tablist", "aria-label": t("quality_title") },
      this.#tab("video", t("quality_video")),
      this.#tab("creator", t("quality_pill")),
    );
    list.addEventListener(
      "keydown",
      trusted(({ key }: KeyboardEvent) => {
        if (key === "ArrowLeft" || key === "ArrowRight") this.#choose(chosen === "video" ? "creator" : "video", list);
      }),
    );
    return [list, shown];
  }

  #tab(name: Name, words: string): HTMLElement {
    const isChosen = chosen === name;
    return h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${name}`,
        "aria-selected": String(isChosen),
        tabindex: isChosen ? 0 : -1,
        onclick: (event: Event) => this.#choose(name, (event.currentTarget as Element).parentElement as HTMLElement),
      },
      words,
    );
  }

  /** The tabs are built anew; whoever was on them stays there. */
  #choose(name: Name, list: HTMLElement): void {
    const root = list.getRootNode() as ShadowRoot;
    chosen = name;
    this.changed();
    (root.querySelector("[role=tab][aria-selected=true]") as HTMLElement | null)?.focus();
  }
}
