/** Puts the worker together: link, queue, cache, desks, and the browser events that drive them. */
import { browser } from "wxt/browser";
import { type AdminDesk, answerAdmin } from "./admin-desk";
import { ScoreCache } from "./cache";
import { Companion } from "./link";
import type { Push, View } from "./messages";
import { answerPage, keepScore } from "./page-desk";
import { ScoreQueue } from "./queue";
import { dropReport } from "./reports";
import { Router } from "./router";
import { indexedDbSecrets } from "./secrets";
import { changeSettings, loadSettings } from "./settings";

const HOSTS = ["https://www.tiktok.com/*", "http://127.0.0.1/*"];

/** Listeners are registered before the first `await`, or the browser would not wake the worker for them. */
export function startWorker(): void {
  const secrets = indexedDbSecrets();
  const cache = new ScoreCache();
  const companion = new Companion({
    secrets,
    port: async () => (await loadSettings()).port,
    permitted: () => browser.permissions.contains({ origins: HOSTS }),
    changed: () => void announce(),
  });
  const queue = new ScoreQueue({
    session: () => companion.prove(),
    failed: (outcome) => companion.failed(outcome),
    scored: (answer) => keepScore({ companion, cache }, answer),
  });
  const view = async (): Promise<View> => ({
    settings: await loadSettings(),
    link: companion.link,
    paired: (await secrets.read()) !== null,
    mayCapture: companion.allows("capture"),
  });
  const announce = async (): Promise<void> => push({ type: "changed", view: await view() });
  const desk: AdminDesk = { companion, cache, queue, secrets, view, announce, dropped: () => router.dropped };
  const router = new Router(
    {
      page: (message, tabId) => answerPage(desk, message, tabId),
      admin: (message) => answerAdmin(desk, message),
    },
    { id: browser.runtime.id, root: browser.runtime.getURL("/") },
  );

  browser.runtime.onMessage.addListener((raw: unknown, sender, answer) => {
    const coming = router.receive(raw, sender);
    if (coming === null) return false;
    coming.then(answer, () => answer(undefined)); // undefined: the asker treats it like a stopped worker
    return true; // the answer comes later
  });
  browser.tabs.onRemoved.addListener((tabId) => {
    queue.drop(tabId);
    void dropReport(tabId);
  });
  browser.commands.onCommand.addListener((name) => {
    if (name === "toggle-pause") void togglePause().then(announce);
  });
  browser.permissions.onAdded.addListener(() => void companion.check());
  browser.permissions.onRemoved.addListener(() => {
    companion.reset();
    void companion.check();
  });
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === "install") void browser.tabs.create({ url: browser.runtime.getURL("/onboarding.html") });
  });
  void hideStorage();
  void companion.ensure();
}

async function togglePause(): Promise<void> {
  await changeSettings({ paused: !(await loadSettings()).paused });
}

/** To every TikTok tab's top frame and to our own open pages; those that are not there do not matter. */
async function push(message: Push): Promise<void> {
  const tabs = await browser.tabs.query({ url: HOSTS[0] as string });
  const sent = tabs.flatMap(({ id }) =>
    id === undefined ? [] : [browser.tabs.sendMessage(id, message, { frameId: 0 })],
  );
  await Promise.allSettled([...sent, browser.runtime.sendMessage(message)]);
}

/** Content scripts may read `storage.local` unless told otherwise (Firefox cannot be told; nothing secret is there). */
async function hideStorage(): Promise<void> {
  for (const area of [browser.storage.local, browser.storage.session]) {
    try {
      await area.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
    } catch {
      // not supported for this area
    }
  }
}
