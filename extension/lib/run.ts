/** The life of the content script: one visit after another, each with the features that apply to it. */
import { ask, Orphaned, watchView } from "./ask";
import { registered } from "./feature";
import { Leftovers } from "./leftovers";
import { watchLocation } from "./location";
import type { View } from "./messages";
import { surfaceOf } from "./surface";
import { currentVideo } from "./video";
import { Visit } from "./visit";

const ASK_AGAIN_MS = 5_000;

/** Whether this document is TikTok's own web page, in the top frame, and not some other host or an embed. */
export function isOurPage(page: Pick<Window, "location" | "top" | "self">): boolean {
  return page.location.origin === "https://www.tiktok.com" && page.top === page.self;
}

/** Work on this page until `signal` aborts. */
export async function run(signal: AbortSignal): Promise<void> {
  const stop = new AbortController();
  const all = AbortSignal.any([signal, stop.signal]);
  const session = new Session();
  all.addEventListener("abort", () => session.end(), { once: true });
  let pushed: View | null = null;
  watchView((view) => {
    pushed = view;
    session.settle(view);
  }, all);
  watchLocation(() => session.look(), all);
  try {
    const view = await firstView(all);
    if (pushed === null && view !== null) session.settle(view);
  } catch (error) {
    if (error instanceof Orphaned) stop.abort();
    else throw error;
  }
}

async function firstView(signal: AbortSignal): Promise<View | null> {
  while (!signal.aborted) {
    const view = await ask<View>({ type: "view" });
    if ("settings" in view) return view;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  return null;
}

class Session {
  #view: View | null = null;
  #visit: Visit | null = null;
  #controller: AbortController | null = null;
  #where = "";

  /** Settings or link as the worker tells them. Pausing or switching a feature starts the visit anew. */
  settle(view: View): void {
    const restart = this.#view === null || shape(this.#view) !== shape(view);
    this.#view = view;
    if (restart) this.#begin(new Leftovers());
    else this.#visit?.update(view);
  }

  /** Has the page moved to another video? */
  look(): void {
    if (this.#view !== null && whereNow() !== this.#where) this.#begin(Leftovers.now());
  }

  end(): void {
    this.#controller?.abort();
    this.#visit = null;
  }

  #begin(leftovers: Leftovers): void {
    this.end();
    this.#where = whereNow();
    const view = this.#view;
    if (view === null || view.settings.paused) return;
    const controller = new AbortController();
    const visit = new Visit(currentVideo(), view, controller.signal, leftovers);
    const wanted = registered().filter((feature) => view.settings.features[feature.id] && feature.include(visit));
    this.#controller = controller;
    this.#visit = visit;
    for (const feature of wanted) feature.init(controller.signal, visit);
    if (wanted.length > 0) visit.start();
  }
}

function whereNow(): string {
  return currentVideo() || surfaceOf(location.pathname);
}

function shape(view: View): string {
  return JSON.stringify([view.settings.paused, Object.entries(view.settings.features).sort()]);
}
