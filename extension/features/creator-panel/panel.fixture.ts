/** A TikTok page with the creator's panel on it, and what the companion answers. */
import { afterEach, beforeEach, vi } from "vitest";
import { browser } from "wxt/browser";
import { takeCorner } from "../../lib/corner";
import { registered } from "../../lib/feature";
import type { PageMessage, QualityReply, View } from "../../lib/messages";
import { goTo, showFixture } from "../../lib/page.fixture";
import { DEFAULTS } from "../../lib/settings";
import { Visit } from "../../lib/visit";
import "./index";

export const VIEW: View = {
  settings: DEFAULTS,
  link: { state: "ready", model: "m", version: "1" },
  paired: true,
  mayCapture: false,
};
export const VIDEO = "7600000000000000003";

type Answered = Extract<QualityReply, { ok: true }>;
/** What a companion answers that knows no codes yet: none of its sentences has them. */
const PLAIN = { low: null, high: null, said: [] };

export const REPLY = {
  ok: true,
  model: "m",
  video: {
    id: VIDEO,
    known: true,
    intent: null,
    score: { value: null, partial: true, reason: "not enough data; no comment to read", parts: [], ...PLAIN },
    stage: { words: "second pool", evidence: "4,000 views", said: [] },
    chance: { value: 0.12, low: 0.05, high: 0.2, n: 40 },
    findings: [{ words: "many shares, few views", evidence: "120 shares on 900 views", said: [] }],
    tip: null,
    looked: 9,
    unclear: 2,
  },
  creator: {
    handle: "shop.tests",
    id: "71",
    known: true,
    followers: 48_200,
    videos: 2,
    intent: {
      value: 0.25,
      low: 0.112,
      high: 0.469,
      n: 20,
      videos: 2,
      first: "2026-11-20T08:00:00.000Z",
      last: "2026-11-21T19:30:00.000Z",
      kinds: "open",
    },
    score: {
      value: 61.4,
      low: 55.2,
      high: 67.6,
      said: [],
      partial: true,
      reason: "without “Talks with commenters”: not read",
      parts: [
        { name: "sentiment", points: 71.2, weight: 0.5, reason: "60% positive", ...PLAIN },
        {
          ...{ name: "deviation", points: 40.2, weight: 0.3, reason: "above 40 % of 400 stored videos" },
          ...{ low: 31, high: 49, said: [] },
        },
        { name: "share value", points: 51, weight: 0.2, reason: "40 shares on 900 likes", ...PLAIN },
        { name: "engagement", points: null, weight: 0, reason: "not read", ...PLAIN },
      ],
    },
    latest: {
      id: VIDEO,
      posted: "2026-11-22T10:00:00.000Z",
      stage: { words: "insufficient data", evidence: "1 of 3", said: [] },
      chance: null,
    },
    tip: {
      part: "deviation",
      points: 40.2,
      words: "2 of your 5 newest videos did better.",
      video: VIDEO,
      about: "my new tumbler",
      said: [],
    },
    badge: { words: "consistent creator", evidence: "12 of 14 videos in 5 weeks", said: [] },
  },
} satisfies Answered;
export const PROFILE: Answered = { ...REPLY, video: null };

export class PanelScene {
  readonly stop = new AbortController();
  readonly roots = new Map<Element, ShadowRoot>();
  readonly sent: Extract<PageMessage, { type: "quality" }>[] = [];
  readonly opened: string[] = [];
  reply: QualityReply = REPLY;

  constructor() {
    vi.useFakeTimers();
    const { roots } = this;
    const attach = Element.prototype.attachShadow;
    vi.spyOn(Element.prototype, "attachShadow").mockImplementation(function (this: Element, init) {
      const root = attach.call(this, init);
      roots.set(this, root);
      return root;
    });
    vi.spyOn(browser.runtime, "sendMessage").mockImplementation((async (message: PageMessage) => {
      if (message.type === "open-creator") {
        this.opened.push(message.handle);
        return { ok: false, link: VIEW.link, message: "Too many pages; wait a moment." };
      }
      if (message.type !== "quality") return { ok: true };
      this.sent.push(message);
      return this.reply;
    }) as never);
  }

  end(): void {
    if (this.roots.size > 0 && this.pill.getAttribute("aria-expanded") === "true") this.press(".opener"); // it is remembered
    takeCorner(false);
    this.stop.abort();
    vi.useRealTimers();
  }

  async show(path: string, videoId = "", view = VIEW): Promise<Visit> {
    goTo(path);
    showFixture("page.html");
    const visit = new Visit(videoId, view, this.stop.signal);
    for (const feature of registered()) if (feature.id === "creator-panel") feature.init(this.stop.signal, visit);
    await vi.advanceTimersByTimeAsync(50);
    return visit;
  }

  /** On the page of the stored video, or of its creator. */
  showVideo = (): Promise<Visit> => this.show(`/@shop.tests/video/${VIDEO}`, VIDEO);
  showProfile = (): Promise<Visit> => this.show("/@shop.tests");

  get panel(): ShadowRoot {
    return ([...this.roots].filter(([host]) => host.isConnected).at(-1) ?? [...this.roots].at(-1))?.[1] as ShadowRoot;
  }

  get pill(): HTMLElement {
    return this.panel.querySelector(".opener") as HTMLElement;
  }

  press(selector: string): void {
    const click = trusted(new MouseEvent("click", { bubbles: true }));
    this.panel.querySelector(selector)?.dispatchEvent(click);
  }

  unfold(): string {
    if (this.pill.getAttribute("aria-expanded") === "false") this.press(".opener");
    return this.shown;
  }

  /** What stands in the panel, without what only bubbles say. */
  get shown(): string {
    const body = this.panel.querySelector(".body")?.cloneNode(true) as Element;
    for (const hidden of body.querySelectorAll("[hidden]")) hidden.remove();
    return body.textContent ?? "";
  }

  /** The number with this label; its bubble's words are part of its text. */
  number(label: string): HTMLButtonElement {
    const all = [...this.panel.querySelectorAll<HTMLButtonElement>(".why")];
    return all.find((one) => one.textContent?.includes(label)) as HTMLButtonElement;
  }
}

/** The scene of each test of a file, made anew. */
export function panelScene(): { it: PanelScene } {
  const held = {} as { it: PanelScene };
  beforeEach(() => {
    held.it = new PanelScene();
  });
  afterEach(() => held.it.end());
  return held;
}

export function trusted<E extends Event>(event: E): E {
  Object.defineProperty(event, "isTrusted", { value: true });
  return event;
}
