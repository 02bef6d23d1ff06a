/** One badge in the page: a plain host, a closed shadow root, a real button. It holds no state but what it shows. */
import tokens from "../../../companion/dashboard/static/tokens.css?inline";
import { closedRoot, h, Style } from "../../lib/dom";
import gradeCss from "../../lib/grade.css?inline";
import type { Theme } from "../../lib/theme";
import badgeCss from "./badge.css?inline";
import boxCss from "./badge-box.css?inline";
import lineCss from "./badge-line.css?inline";
import type { Face } from "./face";

const STYLES = {
  box: new Style(tokens + gradeCss + badgeCss + boxCss),
  line: new Style(tokens + gradeCss + badgeCss + lineCss),
};

export type Shape = keyof typeof STYLES;

export interface Gestures {
  open(badge: Badge): void;
  /** An arrow key, Home or End was pressed on the badge; true when focus moved. */
  move(badge: Badge, key: string): boolean;
}

/** What all badges have in common; copying it is cheaper than building it 500 times. */
const SKELETON = h(
  "span",
  { class: "room" },
  h("button", { type: "button", tabindex: -1, "aria-haspopup": "dialog", "aria-expanded": "false" }, h("span")),
);

// TikTok opens profiles and moves videos on clicks and keys that bubble up to it.
const EVENTS = ["click", "keydown", "pointerdown", "mousedown"];

export class Badge implements EventListenerObject {
  // A span, because TikTok's own code looks for divs and paragraphs among its neighbours.
  readonly host: HTMLElement = document.createElement("span");
  readonly #button: HTMLButtonElement;
  readonly #pill: HTMLElement;
  #shown: Face | null = null;

  constructor(
    readonly anchor: Element,
    readonly shape: Shape,
    readonly gestures: Gestures,
  ) {
    const root = closedRoot(this.host, STYLES[shape]);
    const room = root.appendChild(SKELETON.cloneNode(true));
    this.#button = room.firstChild as HTMLButtonElement;
    this.#pill = this.#button.firstChild as HTMLElement;
    for (const type of EVENTS) root.addEventListener(type, this);
  }

  /** Show `face`. Asking for what is already shown costs nothing. */
  paint(face: Face): void {
    const before = this.#shown;
    if (before !== null && same(before, face)) return;
    this.#shown = face;
    this.#pill.className = `pill ${face.kind}`;
    this.#pill.replaceChildren(...(face.number === "" ? [] : [h("b", {}, face.number)]), face.word);
    this.#button.setAttribute("aria-label", face.name);
    this.#button.title = face.name;
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

  handleEvent(event: Event): void {
    if (event.type === "keydown") this.#pressed(event as KeyboardEvent);
    else event.stopPropagation();
    if (event.type === "click" && event.isTrusted) this.gestures.open(this);
  }

  #pressed(event: KeyboardEvent): void {
    if (!event.isTrusted || event.altKey || event.ctrlKey || event.metaKey) return;
    const isPress = event.key === "Enter" || event.key === " ";
    if (isPress || this.gestures.move(this, event.key)) event.stopPropagation();
    if (!isPress && event.key.startsWith("Arrow")) event.preventDefault();
  }
}

function same(a: Face, b: Face): boolean {
  return a.kind === b.kind && a.number === b.number && a.word === b.word && a.name === b.name;
}
