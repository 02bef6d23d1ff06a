import { t } from "../lib/i18n";

const SHOWN = 1500; // ms

/** Makes `button` copy `text()` and say so for a moment. */
export function copyOnClick(button: HTMLButtonElement, text: () => string): void {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = t("action_copied");
    setTimeout(() => {
      button.textContent = t("action_copy");
    }, SHOWN);
  });
}
