/** A text a user can paste into a problem report: versions, states and counts; no comment, handle, id or token. */
import { browser } from "wxt/browser";
import { API_VERSION } from "../protocol/answers";
import type { AdminDesk } from "./admin-desk";

export async function diagnostics(desk: AdminDesk): Promise<string> {
  const { settings, link, paired } = await desk.view();
  const cache = desk.cache.stats;
  const features = Object.entries(settings.features).map(([id, on]) => `${id} ${on ? "on" : "off"}`);
  const dropped = Object.entries(desk.dropped()).map(([reason, count]) => `${reason} ${count}`);
  return [
    `BuySignal extension ${browser.runtime.getManifest().version}, protocol ${API_VERSION}`,
    `Browser: ${navigator.userAgent}`,
    `Companion: ${link.state}${"version" in link ? ` ${link.version}, model ${link.model}` : ""}${"theirs" in link ? ` (speaks protocol ${link.theirs})` : ""}, port ${settings.port}`,
    `Paired: ${paired ? "yes" : "no"}`,
    `Settings: ${settings.paused ? "paused" : "running"}, threshold ${settings.threshold}, quiet dots ${settings.quiet ? "on" : "off"}, ${features.join(", ")}`,
    `Scores kept in memory: ${cache.entries} entries, ${Math.round(cache.bytes / 1000)} kB; waiting: ${desk.queue.waiting}`,
    `Messages refused since the worker started: ${dropped.join(", ")}`,
  ].join("\n");
}
