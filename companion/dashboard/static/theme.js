// Chooses light or dark before the first paint; "Theme" goes round system, light, dark. Paper is always light.
(() => {
  const KEY = "buysignal-theme";
  const CHOICES = ["system", "light", "dark"];
  const WORDS = { system: "Theme: as system", light: "Theme: light", dark: "Theme: dark" };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paper = matchMedia("print");

  function chosen() {
    try {
      const stored = localStorage.getItem(KEY);
      return CHOICES.includes(stored) ? stored : "system";
    } catch {
      return "system"; // storage switched off: the system decides
    }
  }

  function apply() {
    const choice = chosen();
    const wanted = choice === "system" ? (dark.matches ? "dark" : "light") : choice;
    document.documentElement.dataset.theme = paper.matches ? "light" : wanted;
    document.dispatchEvent(new Event("bs:theme"));
  }

  function name(button) {
    button.querySelector("[data-theme-name]").textContent = WORDS[chosen()];
  }

  apply();
  dark.addEventListener("change", apply);
  paper.addEventListener("change", apply);
  addEventListener("storage", apply);
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-button]");
    if (!button) return;
    name(button);
    button.addEventListener("click", () => {
      const next = CHOICES[(CHOICES.indexOf(chosen()) + 1) % CHOICES.length];
      try {
        localStorage.setItem(KEY, next);
      } catch {
        return;
      }
      apply();
      name(button);
    });
  });
})();
