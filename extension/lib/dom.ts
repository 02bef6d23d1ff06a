/** Building our own elements: only `createElement` and text, so that nothing from a page can become markup. */

type Child = Node | string | number | null | false | undefined;
type Listener = (event: never) => void;
type Attributes = Record<string, string | number | boolean | Listener | null | undefined>;

/** An element with attributes (`onclick` etc. become listeners for real user actions only) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), trusted(value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter(isShown).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

function isShown(child: Child): child is Node | string | number {
  return child !== null && child !== undefined && child !== false;
}

/** `listener` for events a person made: a page can dispatch clicks and keys, but not trusted ones. */
export function trusted(listener: Listener): (event: Event) => void {
  return (event) => {
    if (event.isTrusted) (listener as (event: Event) => void)(event);
  };
}

/** True unless the page made our element, or one around it, invisible: then a click on it was not meant. */
export function isPlainlyVisible(host: HTMLElement): boolean {
  return host.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;
}

const own = new WeakMap<Node, ShadowRoot>();

/** Whether we put `node` into the page. */
export function isOwn(node: Node): boolean {
  return own.has(node);
}

/** Where our other elements beside the page's content stand now: panels and cards, not what sits inside the page's rows. */
export function ownBoxes(except: Element): DOMRect[] {
  return [...document.body.children]
    .filter((host) => host !== except)
    .flatMap((host) => [...(own.get(host)?.children ?? [])].flatMap((part) => [part, ...part.children])) // a pill, and what it unfolds
    .map((part) => part.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0);
}

/** A closed shadow root for `host`, styled with a sheet that all of its kind share. */
export function closedRoot(host: HTMLElement, style: Style): ShadowRoot {
  const root = host.attachShadow({ mode: "closed", delegatesFocus: false });
  own.set(host, root);
  style.applyTo(root);
  return root;
}

/** One stylesheet for many shadow roots; a `<style>` each where sheets cannot be shared (older Firefox worlds). */
export class Style {
  #shared: CSSStyleSheet | null | undefined;

  constructor(readonly css: string) {}

  applyTo(root: ShadowRoot): void {
    if (this.#shared === undefined) this.#shared = this.#build();
    try {
      if (this.#shared) {
        root.adoptedStyleSheets = [this.#shared];
        return;
      }
    } catch {
      this.#shared = null;
    }
    root.append(h("style", {}, this.css));
  }

  #build(): CSSStyleSheet | null {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(this.css);
      return sheet;
    } catch {
      return null;
    }
  }
}
