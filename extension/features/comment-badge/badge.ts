/** One badge in the page: a plain host, a closed shadow root, a real button. It holds no state but what it shows. */
import tokens from "../../../companion/dashboard/static/tokens.css?inline";
import { closedRoot, h, Style, trusted } from "../../lib/dom";
import type { Theme } from "../../lib/theme";
import badgeCss from "./badge.css?inline";
import boxCss from "./badge-box.css?inline";
import lineCss from "./badge-line.css?inline";
import type { Face } from "./face";

const STYLES = {
  box: new Style(tokens + badgeCss + boxCss),
  line: new Style(tokens + badgeCss + lineCss),
};

export type Shape = keyof typeof STYLES;

export interface Gestures {
  open(badge: Badge): void;
  /** An arrow key, Home or End was pressed on the badge; true when focus moved. */
  move(badge: Badge, key: string): boolean;
}

export class Badge {
  // A span, because TikTok's own code looks for divs and paragraphs among its neighbours.
  readonly host: HTMLElement = document.createElement("span");
  readonly #button: HTMLButtonElement;
  #shown = "";

  constructor(
    readonly anchor: Element,
    readonly shape: Shape,
    gestures: Gestures,
  ) {
    const root = closedRoot(this.host, STYLES[shape]);
    this.#button = h("button", { type: "button", tabindex: -1, "aria-haspopup": "dialog", "aria-expanded": "false" });
    root.append(this.#button);
    // TikTok opens profiles and moves videos on clicks and keys that bubble up to it.
    for (const type of ["click", "pointerdown", "mousedown", "mouseup", "dblclick"] as const)
      root.addEventListener(type, (event) => event.stopPropagation());
    root.addEventListener(
      "click",
      trusted(() => gestures.open(this)),
    );
    root.addEventListener("keydown", (event) => this.#pressed(event as KeyboardEvent, gestures));
  }

  /** Show `face`. Asking for what is already shown costs nothing. */
  paint(face: Face): void {
    const shown = `${face.kind}|${face.number}|${face.word}|${face.name}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    const pill = h("span", { class: `pill ${face.kind}` }, h("i"));
    if (face.number !== "") pill.append(h("b", {}, face.number));
    if (face.word !== "") pill.append(h("span", {}, face.word));
    this.#button.setAttribute("aria-label", face.name);
    this.#button.title = face.name;
    this.#button.replaceChildren(pill);
  }

  wear(theme: Theme): void {
    if (this.host.getAttribute("data-theme") !== theme) this.host.setAttribute("data-theme", theme);
  }

  /** Whether this badge is the one that Tab reaches. */
  set tabStop(isStop: boolean) {
    this.#button.tabIndex = isStop ? 0 : -1;
  }

  set expanded(isOpen: boolean) {
    this.#button.setAttribute("aria-expanded", String(isOpen));
  }

  focus(): void {
    this.#button.focus();
  }

  /** Where the button stands on screen. */
  box(): DOMRect {
    return this.#button.getBoundingClientRect();
  }

  #pressed(event: KeyboardEvent, gestures: Gestures): void {
    if (!event.isTrusted || event.altKey || event.ctrlKey || event.metaKey) return;
    const isPress = event.key === "Enter" || event.key === " ";
    if (isPress || gestures.move(this, event.key)) event.stopPropagation();
    if (!isPress && event.key.startsWith("Arrow")) event.preventDefault();
  }
}
