import { t } from "../../lib/i18n";
import type { View } from "../../lib/messages";
import { linkSentence } from "../../lib/status";
import { askWorker, followView } from "../../pages/ask-worker";
import { copyOnClick } from "../../pages/copy";
import { keepSwitch } from "../../pages/keep-switch";
import { legend } from "../../pages/legend";
import { pairForm } from "../../pages/pair-form";
import { sampleList } from "../../pages/sample-list";
import { part, startPage } from "../../pages/start";

const LOOK = 3000; // ms between looks for the companion while this page is in front and it is not found
const sample = sampleList();
const badges = legend();
const keep = keepSwitch(showView);
let found = false;

startPage();
document.title = t("onboarding_title");
part("sample").append(sample.element);
part("legend").append(...badges.items);
part("keep").append(keep.element);
part("pairing").append(pairForm(() => part("paired").scrollIntoView({ block: "nearest" })));
copyOnClick(part<HTMLButtonElement>("copy"), () => part("command").textContent ?? "");
paintSamples();
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paintSamples);
void followView(showView);
void look();
setInterval(() => void look(), LOOK);

async function look(): Promise<void> {
  if (!found && !document.hidden) showView(await askWorker({ type: "check" }));
}

function showView(view: View): void {
  const { link, paired } = view;
  keep.show(view);
  const isPaired = paired && link.state !== "revoked";
  found = link.state === "ready" || link.state === "unpaired" || link.state === "revoked";
  const isMissing = link.state === "offline" || link.state === "connecting";
  part("found").textContent = found ? t("onboarding_found") : isMissing ? t("onboarding_looking") : linkSentence(link);
  part("other-port").hidden = link.state !== "offline";
  part("found").dataset.tone = found ? "good" : isMissing ? "wait" : "bad";
  part("step-start").classList.toggle("done", found);
  part("step-pair").classList.toggle("done", isPaired);
  part("pairing").hidden = isPaired;
  part("paired").hidden = !isPaired;
}

/** As with the settings a newcomer has, but with every grade shown: a dot explains nothing yet. */
function paintSamples(): void {
  sample.paint({ threshold: 0.5, quiet: false });
  badges.paint();
}
