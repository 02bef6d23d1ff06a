/** Scenes for tests: a layout's invented page, and browser parts that happy-dom does not act out. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Score } from "./messages";
import { ANCHOR } from "./surface";

const FIXTURES = resolve(import.meta.dirname, "../surfaces/tiktok/fixtures");

/** Put `surfaces/tiktok/fixtures/<name>` into the document and return its comment texts' elements. */
export function showFixture(name: string): Element[] {
  const html = readFileSync(resolve(FIXTURES, name), "utf8");
  const parsed = new DOMParser().parseFromString(`<body>${html}</body>`, "text/html");
  document.body.replaceChildren(...[...parsed.body.childNodes].map((node) => document.importNode(node, true)));
  return [...document.querySelectorAll(ANCHOR)];
}

/** Move the document to `path` of TikTok's site. */
export function goTo(path: string): void {
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(`https://www.tiktok.com${path}`);
}

/** An IntersectionObserver for which everything observed is on screen at once. */
export class EverythingVisible {
  constructor(readonly callback: IntersectionObserverCallback) {}

  observe(target: Element): void {
    const entry = { isIntersecting: true, target } as unknown as IntersectionObserverEntry;
    this.callback([entry], this as unknown as IntersectionObserver);
  }

  unobserve(): void {}
  disconnect(): void {}
}

/** A score as the companion would send it. */
export function score(id: string, grade: number, rest: Partial<Score> = {}): Score {
  return {
    id,
    grade,
    level: Math.round(grade),
    p_high: grade >= 7 ? 0.9 : 0.1,
    signal: grade >= 7 ? "availability" : "none",
    sentiment: "neutral",
    interval: [Math.max(1, grade - 1), Math.min(10, grade + 1)],
    unsure: false,
    lang: "en",
    truncated: false,
    yours: null,
    ...rest,
  };
}
