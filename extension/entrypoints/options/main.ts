import { t } from "../../lib/i18n";
import type { FeatureId, Settings, View } from "../../lib/messages";
import { askWorker, followView } from "../../pages/ask-worker";
import { keepSwitch } from "../../pages/keep-switch";
import { pairForm } from "../../pages/pair-form";
import { sampleList } from "../../pages/sample-list";
import { shopForm } from "../../pages/shop-form";
import { part, startPage } from "../../pages/start";
import { paintState, stateOf } from "../../pages/state";
import { percent, thresholdWords } from "../../pages/threshold";
import { wireData } from "./data";

const FEATURES: Exclude<FeatureId, "capture">[] = [
  "comment-badge",
  "video-panel",
  "creator-panel",
  "hashtag-panel",
  "tile-chips",
  "shop-card",
];
const threshold = part<HTMLInputElement>("threshold");
const quiet = part<HTMLInputElement>("quiet");
const port = part<HTMLInputElement>("port");
const preview = sampleList();
const keep = keepSwitch(showView);
const shop = shopForm(new URLSearchParams(location.search).get("shop") ?? "", showView);
let settings: Settings | undefined;

startPage();
document.title = t("options_title");
part("preview").append(preview.element);
part("pairing").append(pairForm(() => {}));
part("keep").append(keep.element);
part("shop").append(shop.element);
if (location.hash === "#shops") part("shops").scrollIntoView();
wireData(showView);
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paintThreshold());

threshold.addEventListener("input", () => paintThreshold());
threshold.addEventListener("change", () => change({ threshold: threshold.valueAsNumber / 100 }));
quiet.addEventListener("change", () => change({ quiet: quiet.checked }));
for (const id of FEATURES) part(id).addEventListener("change", () => change({ features: chosenFeatures() }));
part("unpair").addEventListener("click", async () => showView(await askWorker({ type: "unpair" })));
part<HTMLFormElement>("port-form").addEventListener("submit", (event) => {
  event.preventDefault();
  void savePort();
});
void followView(showView);
void askWorker({ type: "check" }).then(showView);

function showView(view: View): void {
  settings = view.settings;
  const isPaired = view.paired && view.link.state !== "revoked";
  const state = stateOf({ ...view, settings: { ...settings, paused: false } }); // here the link counts, paused or not
  paintState(part("state"), state);
  part("sentence").textContent = state.sentence;
  part("model").hidden = view.link.state !== "ready";
  if (view.link.state === "ready") part("model").textContent = t("options_model", view.link.model, view.link.version);
  part("paired").hidden = !isPaired;
  part("pairing").hidden = isPaired;
  if (document.activeElement !== threshold) threshold.value = String(percent(settings.threshold));
  if (document.activeElement !== port) port.value = String(settings.port);
  quiet.checked = settings.quiet;
  for (const id of FEATURES) part<HTMLInputElement>(id).checked = settings.features[id];
  keep.show(view);
  shop.show(view);
  paintThreshold();
}

function paintThreshold(): void {
  const p = threshold.valueAsNumber / 100;
  const { plain, feel } = thresholdWords(p);
  part("threshold-value").textContent = t("options_threshold_value", percent(p));
  part("threshold-plain").textContent = `${plain} ${feel}`;
  preview.paint({ threshold: p, quiet: quiet.checked });
}

function change(changed: Partial<Settings>): void {
  void askWorker({ type: "settings", change: changed }).then(showView);
}

function chosenFeatures(): Settings["features"] {
  return {
    "comment-badge": part<HTMLInputElement>("comment-badge").checked,
    "video-panel": part<HTMLInputElement>("video-panel").checked,
    "creator-panel": part<HTMLInputElement>("creator-panel").checked,
    "hashtag-panel": part<HTMLInputElement>("hashtag-panel").checked,
    "tile-chips": part<HTMLInputElement>("tile-chips").checked,
    "shop-card": part<HTMLInputElement>("shop-card").checked,
    capture: settings?.features.capture ?? false,
  };
}

async function savePort(): Promise<void> {
  const message = part("port-message");
  const value = port.valueAsNumber;
  const isGood = Number.isInteger(value) && value >= 1024 && value <= 65535;
  message.hidden = false;
  message.dataset.tone = isGood ? "good" : "bad";
  message.textContent = t(isGood ? "options_port_saved" : "options_port_bad");
  port.setAttribute("aria-invalid", String(!isGood));
  if (!isGood) return port.focus();
  showView(await askWorker({ type: "settings", change: { port: value } }));
}
