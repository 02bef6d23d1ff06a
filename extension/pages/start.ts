/** What every page of ours does first: the system's theme, and the user's language. */
import { browser } from "wxt/browser";
import { type MessageKey, t } from "../lib/i18n";

export function startPage(): void {
  followSystemTheme();
  localise(document);
}

function followSystemTheme(): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const wear = () => document.documentElement.setAttribute("data-theme", dark.matches ? "dark" : "light");
  dark.addEventListener("change", wear);
  wear();
}

/** Fills `data-t` (text), `data-t-label` (accessible name) and the title from `_locales`. */
function localise(root: Document): void {
  root.documentElement.lang = browser.i18n.getUILanguage();
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(key(element, "data-t"));
  for (const element of root.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", t(key(element, "data-t-label")));
  }
}

function key(element: Element, attribute: string): MessageKey {
  return element.getAttribute(attribute) as MessageKey;
}

/** The element with this id; a page without it was built wrong. */
export function part<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`this page has no element with the id "${id}"`);
  return element as E;
}
