/** Talking to the service worker, the only part of the extension that reaches the companion. */
import { browser } from "wxt/browser";
import type { Failure, PageMessage, Push, View } from "./messages";

/** Longer than the worker's own patience with the companion (5 s a request, one in flight). */
const PATIENCE_MS = 15_000;
const RETRY_MS = 150;

/** The extension was updated or removed under this page: nothing will ever answer again. */
export class Orphaned extends Error {}

/** The worker's answer; asked a second time when the worker was stopped meanwhile, then `offline`. */
export async function ask<Reply>(message: PageMessage): Promise<Reply | Failure> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (!browser.runtime?.id) throw new Orphaned("the extension was updated; reload the page");
    try {
      const reply: Reply | undefined = await within(PATIENCE_MS, browser.runtime.sendMessage(message));
      if (reply !== undefined && reply !== null) return reply;
    } catch (error) {
      if (error instanceof TimedOut) break;
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  return { ok: false, link: { state: "offline", retryAt: Date.now() }, message: "" };
}

/** Calls `changed` with what the worker pushes (settings, link to the companion) until `signal` aborts. */
export function watchView(changed: (view: View) => void, signal: AbortSignal): void {
  const listener = (message: unknown, sender: { id?: string }): undefined => {
    if (sender.id === browser.runtime.id && isPush(message)) changed(message.view);
  };
  browser.runtime.onMessage.addListener(listener);
  signal.addEventListener("abort", () => browser.runtime?.onMessage?.removeListener(listener), { once: true });
}

class TimedOut extends Error {}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimedOut()), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function isPush(message: unknown): message is Push {
  return typeof message === "object" && message !== null && (message as Push).type === "changed" && "view" in message;
}
