/** Moves inside TikTok's single-page app, which come without a page load. */

const LOOK_EVERY_MS = 500;

/** Calls `look` whenever the address may have changed, and twice a second while the tab is visible. */
export function watchLocation(look: () => void, signal: AbortSignal): void {
  const navigation = (window as { navigation?: EventTarget }).navigation;
  navigation?.addEventListener("currententrychange", look, { signal });
  window.addEventListener("popstate", look, { signal });
  const timer = setInterval(() => {
    if (!document.hidden) look();
  }, LOOK_EVERY_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}
