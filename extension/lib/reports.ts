/** What each tab says of itself (counts only): kept for the popup, shown in the toolbar's badge. */
import { browser } from "wxt/browser";
import type { PageReport } from "./messages";

const PREFIX = "report:";
const HIGH = "#0b5c2e"; // --bs-high and --bs-on-high of the design tokens
const ON_HIGH = "#ffffff";

export async function keepReport(tabId: number, report: PageReport): Promise<void> {
  await browser.storage.session.set({ [PREFIX + tabId]: report });
  await showCount(report.high > 0 ? short(report.high) : "", tabId);
}

export async function reportOf(tabId: number): Promise<PageReport | null> {
  const key = PREFIX + tabId;
  return (await browser.storage.session.get<Record<string, PageReport>>(key))[key] ?? null;
}

export async function dropReport(tabId: number): Promise<void> {
  await browser.storage.session.remove(PREFIX + tabId);
}

/** The toolbar's badge has room for about four characters. */
export function short(count: number): string {
  return count < 1000 ? String(count) : count < 10_000 ? `${Math.floor(count / 100) / 10}k` : "9k+";
}

async function showCount(text: string, tabId: number): Promise<void> {
  try {
    await browser.action.setBadgeBackgroundColor({ color: HIGH, tabId });
    await browser.action.setBadgeTextColor({ color: ON_HIGH, tabId });
    await browser.action.setBadgeText({ text, tabId });
  } catch {
    // the tab is gone
  }
}
