/** The switch for keeping comments, in the setup and in the options: what would be kept, and how it stands. */
import { h } from "../lib/dom";
import { t } from "../lib/i18n";
import type { View } from "../lib/messages";
import { linkSentence } from "../lib/status";
import { askWorker } from "./ask-worker";

const LOOK = 3_000; // ms between looks whether the companion allows it by now, while somebody waits for that

export interface KeepSwitch {
  element: HTMLElement;
  show(view: View): void;
}

/** Off unless the user switches it on; `changed` gets the view after that. */
export function keepSwitch(changed: (view: View) => void): KeepSwitch {
  const box = h("input", { type: "checkbox", id: "capture", "aria-describedby": "capture-state" });
  const state = h("p", { class: "message", id: "capture-state", role: "status" });
  const element = h(
    "div",
    { class: "group" },
    h("p", {}, t("keep_what")),
    h("p", { class: "muted" }, t("keep_who")),
    h("label", { class: "switch" }, h("span", {}, h("b", {}, t("keep_switch"))), box),
    state,
  );
  let view: View | undefined;
  const show = (now: View): void => {
    view = now;
    box.checked = now.settings.features.capture;
    const [tone, sentence] = stateOf(now);
    state.dataset.tone = tone;
    state.textContent = sentence;
  };
  box.addEventListener("change", async () => {
    if (view === undefined) return;
    const features = { ...view.settings.features, capture: box.checked };
    changed(await askWorker({ type: "settings", change: { features } }));
  });
  setInterval(() => {
    if (view !== undefined && !document.hidden && isWaiting(view)) void askWorker({ type: "check" }).then(changed);
  }, LOOK);
  return { element, show };
}

function isWaiting({ settings, link, mayCapture }: View): boolean {
  return settings.features.capture && link.state === "ready" && !mayCapture;
}

function stateOf(view: View): ["good" | "wait" | "off", string] {
  if (!view.settings.features.capture) return ["off", t("keep_off")];
  if (view.link.state !== "ready") return ["wait", linkSentence(view.link)];
  return view.mayCapture ? ["good", t("keep_on")] : ["wait", t("keep_wait")];
}
