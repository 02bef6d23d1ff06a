/** Light or dark: what the page says about itself first, then what the system prefers. */

export type Theme = "light" | "dark";
const ATTRIBUTES = ["data-tux-color-scheme", "data-theme"];
const MARKED = ATTRIBUTES.map((name) => `[${name}="light"], [${name}="dark"]`).join(", ");

/** The theme around `element` (TikTok keeps some overlays dark on a light page). */
export function themeAt(element: Element = document.documentElement): Theme {
  const marked = element.closest(MARKED);
  for (const name of ATTRIBUTES) {
    const value = marked?.getAttribute(name);
    if (value === "light" || value === "dark") return value;
  }
  return prefersDark().matches ? "dark" : "light";
}

/** Calls `flipped` when the page or the system changes its theme, until `signal` aborts. */
export function watchTheme(flipped: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(flipped);
  observer.observe(document.documentElement, { attributeFilter: ATTRIBUTES });
  prefersDark().addEventListener("change", flipped, { signal });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}

function prefersDark(): MediaQueryList {
  return window.matchMedia("(prefers-color-scheme: dark)");
}
