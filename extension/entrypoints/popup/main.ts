import { browser } from "wxt/browser";
import { t } from "../../lib/i18n";
import type { PageReport, View } from "../../lib/messages";
import { askWorker, followView } from "../../pages/ask-worker";
import { part, startPage } from "../../pages/start";
import { openPage, paintState, stateOf } from "../../pages/state";

const REFRESH = 1000; // ms between looks at the tab's counts while the popup is open
const running = part<HTMLInputElement>("running");
const action = part<HTMLButtonElement>("action");
let act: () => Promise<unknown> = async () => {};

startPage();
running.checked = true;
running.disabled = true; // until it is known which it is: a press before that would be lost
part("sentence").textContent = t("status_connecting");
action.addEventListener("click", () => void act());
running.addEventListener("change", () => void askWorker({ type: "settings", change: { paused: !running.checked } }));
part("options").addEventListener("click", () => void openPage("/options.html").then(() => window.close()));
part("setup").addEventListener("click", () => void openPage("/onboarding.html").then(() => window.close()));
void followView(showView);
void showCounts();
void showNotices();
setInterval(() => void showCounts(), REFRESH);

function showView(view: View): void {
  const state = stateOf(view);
  paintState(part("state"), state);
  part("sentence").textContent = state.sentence;
  running.checked = !view.settings.paused;
  running.disabled = false;
  part("keeping").hidden = view.settings.paused || !view.settings.features.capture || !view.mayCapture;
  action.hidden = state.action === null;
  action.textContent = state.action?.label ?? "";
  act = state.action?.run ?? act;
}

async function showNotices(): Promise<void> {
  const notices = await askWorker({ type: "notices" });
  const number = new Intl.NumberFormat(browser.i18n.getUILanguage());
  const items = notices.map(({ name, count }) => {
    const item = document.createElement("li");
    item.textContent = t("popup_notice", name, number.format(count));
    return item;
  });
  part("notices").replaceChildren(...items);
  part("notices").hidden = items.length === 0;
}

async function showCounts(): Promise<void> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  // Without the tabs permission an address is visible only where we have the host: that is TikTok.
  const isTikTok = tab?.url?.startsWith("https://www.tiktok.com/") === true;
  const report = isTikTok && tab.id !== undefined ? await askWorker({ type: "report-of", tabId: tab.id }) : null;
  paintCounts(report, isTikTok);
}

function paintCounts(report: PageReport | null, isTikTok: boolean): void {
  const number = new Intl.NumberFormat(browser.i18n.getUILanguage());
  const seen = report !== null && report.seen > 0;
  part("counts").hidden = !seen;
  part("no-counts").hidden = seen;
  part("no-counts").textContent = t(isTikTok ? "popup_none_yet" : "popup_no_page");
  part("page-changed").hidden = report?.pageChanged !== true;
  for (const count of ["seen", "high", "unsure"] as const)
    part(count).textContent = number.format(report?.[count] ?? 0);
}
