/** The "Your data" part of the options: deletion with a question before it, and diagnostics to copy. */
import { t } from "../../lib/i18n";
import type { View } from "../../lib/messages";
import { askWorker } from "../../pages/ask-worker";
import { copyOnClick } from "../../pages/copy";
import { part } from "../../pages/start";

export function wireData(showView: (view: View) => void): void {
  const confirm = part<HTMLDialogElement>("confirm");
  part("delete").addEventListener("click", () => confirm.showModal());
  confirm.addEventListener("close", async () => {
    if (confirm.returnValue !== "delete") return;
    confirm.returnValue = "";
    showView(await askWorker({ type: "forget" }));
    part("deleted").textContent = t("options_deleted");
  });
  part("diagnose").addEventListener("click", async () => {
    part("diagnostics").textContent = (await askWorker({ type: "diagnostics" })).text;
    part("diagnostics").hidden = false;
    part("copy").hidden = false;
  });
  copyOnClick(part<HTMLButtonElement>("copy"), () => part("diagnostics").textContent ?? "");
}
