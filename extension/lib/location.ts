/** Moves inside TikTok's single-page app, which come without a page load. */
import { surfaceOf } from "./surface";

const LOOK_EVERY_MS = 500;

/**
 * Calls `look` whenever the address or the card on screen may have changed, and twice a second while the tab is
 * visible. A feed keeps its address: its scrolling is heard before the page's own code hears it, so that the comments
 * which the page is about to swap are still the old video's.
 */
export function watchLocation(look: () => void, signal: AbortSignal): void {
  const navigation = (window as { navigation?: EventTarget }).navigation;
  navigation?.addEventListener("currententrychange", look, { signal });
  window.addEventListener("popstate", look, { signal });
  const scrolled = (): void => {
    if (surfaceOf(location.pathname) === "feed") look();
  };
  document.addEventListener("scroll", scrolled, { signal, capture: true, passive: true });
  const timer = setInterval(() => {
    if (!document.hidden) look();
  }, LOOK_EVERY_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}
