/** Finding comments as they appear, change and leave, without leaving a mark on the page. */
import { isOwn } from "./dom";
import { ANCHOR, closest, LAYOUTS } from "./surface";

const LISTS = [...new Set(LAYOUTS.flatMap((layout) => layout.list))];
const LOOK_EVERY_MS = 1_000;
const MAX_CLIMB = 8;

/** On the whole page only what comes and goes is watched; within a list also what becomes of a row. */
const ON_PAGE: MutationObserverInit = { subtree: true, childList: true };
const ON_LIST: MutationObserverInit = { ...ON_PAGE, characterData: true, attributeFilter: ["id", "href"] };

export interface Sightings {
  /** These comment texts are new, or something in their rows changed. */
  touch(anchors: Iterable<Element>): void;
  /** These left the page. */
  gone(anchors: Iterable<Element>): void;
  /** Whether this text was already reported. */
  knows(anchor: Element): boolean;
}

/**
 * Report comment texts until `signal` aborts. The observer's callback runs before the page is painted, so that a row
 * which the page reuses never shows the badge of another comment. A slow look covers texts that become comments
 * by an attribute alone. (An animation on every text, a common way to learn of them, costs 5 KB a comment.)
 */
export function observeComments(sightings: Sightings, signal: AbortSignal): void {
  const watch = new Watch(sightings);
  const timer = setInterval(() => watch.look(), LOOK_EVERY_MS);
  signal.addEventListener(
    "abort",
    () => {
      clearInterval(timer);
      watch.stop();
    },
    { once: true },
  );
}

class Watch {
  readonly #lists = new WeakSet<Node>();
  readonly #observer = new MutationObserver((records) => this.#report(records));

  constructor(readonly sightings: Sightings) {
    this.#observer.observe(document, ON_PAGE);
    for (const anchor of document.querySelectorAll(ANCHOR)) this.#arrived(anchor);
  }

  stop(): void {
    this.#observer.disconnect();
  }

  /** Is there a comment on the page that nothing told of? */
  look(): void {
    if (document.hidden) return;
    const anchor = document.querySelector(ANCHOR);
    if (anchor === null || this.sightings.knows(anchor)) return;
    for (const each of document.querySelectorAll(ANCHOR)) this.#arrived(each);
  }

  /** `anchor` came into the page: a list that was not watched yet is, and all in it reported. */
  #arrived(anchor: Element): void {
    const list = closest(anchor, LISTS) ?? anchor.parentElement?.parentElement ?? anchor;
    if (this.#lists.has(list)) {
      if (!this.sightings.knows(anchor)) this.sightings.touch([anchor]);
      return;
    }
    this.#lists.add(list);
    this.#observer.observe(list, ON_LIST);
    this.sightings.touch(list.querySelectorAll(ANCHOR));
  }

  #report(records: readonly MutationRecord[]): void {
    const touched = new Set<Element>();
    const gone = new Set<Element>();
    for (const record of records) {
      if (isOurDoing(record)) continue;
      for (const node of record.removedNodes) for (const anchor of anchorsIn(node)) gone.add(anchor);
      for (const node of record.addedNodes) for (const anchor of anchorsIn(node)) touched.add(anchor);
      for (const anchor of this.#anchorsNear(record.target)) touched.add(anchor);
    }
    const left = [...gone].filter((anchor) => !anchor.isConnected);
    if (left.length > 0) this.sightings.gone(left);
    const here = [...touched].filter((anchor) => anchor.isConnected);
    const [inLists, elsewhere] = [
      here.filter((each) => this.#isWatched(each)),
      here.filter((each) => !this.#isWatched(each)),
    ];
    if (inLists.length > 0) this.sightings.touch(inLists);
    for (const anchor of elsewhere) this.#arrived(anchor);
  }

  #isWatched(node: Node): boolean {
    for (let each: Node | null = node; each !== null; each = each.parentNode) if (this.#lists.has(each)) return true;
    return false;
  }

  /** The comment that `node` is a part of: the first thing around it, within a list, that holds exactly one text. */
  #anchorsNear(node: Node): Element[] {
    if (!this.#isWatched(node)) return [];
    let element = node instanceof Element ? node : node.parentElement;
    for (let step = 0; element !== null && step < MAX_CLIMB && !this.#lists.has(element); step += 1) {
      if (element.matches(ANCHOR)) return [element];
      const inside = element.querySelectorAll(ANCHOR);
      if (inside.length > 0) return inside.length === 1 ? [...inside] : [];
      element = element.parentElement;
    }
    return [];
  }
}

function anchorsIn(node: Node): Element[] {
  if (!(node instanceof Element)) return [];
  return node.matches(ANCHOR) ? [node] : [...node.querySelectorAll(ANCHOR)];
}

/** A badge was put in its place. (One that was removed is worth a look.) */
function isOurDoing(record: MutationRecord): boolean {
  return record.addedNodes.length > 0 && record.removedNodes.length === 0 && [...record.addedNodes].every(isOwn);
}
