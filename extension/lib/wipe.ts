/** "Delete my data": everything the extension stored on this browser. */
import { browser } from "wxt/browser";
import type { ScoreCache } from "./cache";
import type { SecretStore } from "./secrets";

/** Pairing, settings, cached scores and counts. What the companion stored is deleted in the companion. */
export async function forgetAll({ secrets, cache }: { secrets: SecretStore; cache: ScoreCache }): Promise<void> {
  await cache.clear();
  await Promise.all([secrets.clear(), browser.storage.local.clear(), browser.storage.session.clear()]);
  for (const tab of await browser.tabs.query({})) {
    if (tab.id !== undefined) await browser.action.setBadgeText({ text: "", tabId: tab.id }).catch(() => {});
  }
}
