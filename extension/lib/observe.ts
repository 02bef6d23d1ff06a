/** Finding comments as they appear, change and leave, without watching the whole page. */
import { isOwn } from "./dom";
import { ANCHOR, closest, LAYOUTS } from "./surface";

/** The name of the animation that our content stylesheet gives every comment text: it starts when one is shown. */
export const SEEN_ANIMATION = "buysignal-seen";

const LISTS = [...new Set(LAYOUTS.flatMap((layout) => layout.list))];
const LOOK_EVERY_MS = 1_000;
const MAX_CLIMB = 8;

export interface Sightings {
  /** These comment texts are new, or something in their rows changed. */
  touch(anchors: Iterable<Element>): void;
  /** These left the page. */
  gone(anchors: Iterable<Element>): void;
  /** Whether this text was already reported. */
  knows(anchor: Element): boolean;
}

/**
 * Report comment texts until `signal` aborts. An animation start tells of the first one; its list is then
 * watched for mutations, whose callback runs before the page is painted, so that a row which the page
 * reuses never shows the badge of another comment. A slow look covers pages that switch our animation off.
 */
export function observeComments(sightings: Sightings, signal: AbortSignal): void {
  const lists = new WeakSet<Element>();
  const observer = new MutationObserver((records) => report(records, lists, sightings));

  const adopt = (anchor: Element): void => {
    const list = closest(anchor, LISTS) ?? anchor.parentElement?.parentElement ?? anchor;
    if (lists.has(list)) {
      if (!sightings.knows(anchor)) sightings.touch([anchor]);
      return;
    }
    lists.add(list);
    observer.observe(list, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ["id", "href"],
    });
    sightings.touch(list.querySelectorAll(ANCHOR));
  };

  const look = (): void => {
    if (document.hidden) return;
    const anchor = document.querySelector(ANCHOR);
    if (anchor !== null && !sightings.knows(anchor)) for (const each of document.querySelectorAll(ANCHOR)) adopt(each);
  };

  document.addEventListener(
    "animationstart",
    (event) => {
      if (event.animationName !== SEEN_ANIMATION || !(event.target instanceof Element)) return;
      if (event.target.matches(ANCHOR)) adopt(event.target);
    },
    { signal, capture: true },
  );
  const timer = setInterval(look, LOOK_EVERY_MS);
  signal.addEventListener(
    "abort",
    () => {
      clearInterval(timer);
      observer.disconnect();
    },
    { once: true },
  );
  for (const anchor of document.querySelectorAll(ANCHOR)) adopt(anchor);
}

function report(records: readonly MutationRecord[], lists: WeakSet<Element>, sightings: Sightings): void {
  const touched = new Set<Element>();
  const gone = new Set<Element>();
  for (const record of records) {
    if (isOurDoing(record)) continue;
    for (const node of record.removedNodes) for (const anchor of anchorsIn(node)) gone.add(anchor);
    for (const node of record.addedNodes) for (const anchor of anchorsIn(node)) touched.add(anchor);
    for (const anchor of anchorsNear(record.target, lists)) touched.add(anchor);
  }
  const left = [...gone].filter((anchor) => !anchor.isConnected);
  if (left.length > 0) sightings.gone(left);
  const here = [...touched].filter((anchor) => anchor.isConnected);
  if (here.length > 0) sightings.touch(here);
}

function anchorsIn(node: Node): Element[] {
  if (!(node instanceof Element)) return [];
  return node.matches(ANCHOR) ? [node] : [...node.querySelectorAll(ANCHOR)];
}

/** A badge was put in its place. (One that was removed is worth a look.) */
function isOurDoing(record: MutationRecord): boolean {
  return record.addedNodes.length > 0 && record.removedNodes.length === 0 && [...record.addedNodes].every(isOwn);
}

/** The comment that `node` is a part of: the first thing around it, within its list, that holds exactly one text. */
function anchorsNear(node: Node, lists: WeakSet<Element>): Element[] {
  let element = node instanceof Element ? node : node.parentElement;
  for (let step = 0; element !== null && step < MAX_CLIMB && !lists.has(element); step += 1) {
    if (element.matches(ANCHOR)) return [element];
    const inside = element.querySelectorAll(ANCHOR);
    if (inside.length > 0) return inside.length === 1 ? [...inside] : [];
    element = element.parentElement;
  }
  return [];
}
