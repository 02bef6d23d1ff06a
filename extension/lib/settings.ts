/** The user's settings: defaults, limits, and the one place they are stored (`storage.local`, worker only). */
import { browser } from "wxt/browser";
import { closed, flag, type Guard, listOf, partial, plain, real, text, whole } from "./guards";
import type { FeatureId, Settings, ShopSettings } from "./messages";

export const DEFAULTS: Settings = {
  paused: false,
  threshold: 0.5, // "high intent" everywhere in BuySignal means p_high >= 0.5
  quiet: true,
  port: 8765,
  features: {
    "comment-badge": true,
    "video-panel": true,
    "creator-panel": true,
    "hashtag-panel": true,
    "tile-chips": true,
    "shop-card": true,
    capture: false, // only by the user's own choice
  },
  shop: { every: 5, hosts: [], pictures: false, searches: false },
};

const FEATURE_FLAGS: { [K in FeatureId]: Guard<boolean> } = {
  "comment-badge": flag,
  "video-panel": flag,
  "creator-panel": flag,
  "hashtag-panel": flag,
  "tile-chips": flag,
  "shop-card": flag,
  capture: flag,
};

/** A host's name, such as "shop.example". */
export const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

const SHOP: Guard<ShopSettings> = closed({
  every: whole(2, 50),
  hosts: listOf(text(253, 3, HOST), 200),
  pictures: flag,
  searches: flag,
});

const FIELDS: { [K in keyof Settings]: Guard<Settings[K]> } = {
  paused: flag,
  threshold: real(0.05, 0.95),
  quiet: flag,
  port: whole(1024, 65535),
  features: closed(FEATURE_FLAGS),
  shop: SHOP,
};

/** A change that a page may send: known fields only, each within its limits. */
export const isSettingsChange: Guard<Partial<Settings>> = partial(FIELDS);

/** What was stored, with the default for every field that is missing, unknown or out of range. */
export function mergeSettings(stored: unknown): Settings {
  const found = plain(stored) ? stored : {};
  const pick = <K extends keyof Settings>(key: K): Settings[K] => {
    const value = Object.hasOwn(found, key) ? found[key] : undefined;
    return FIELDS[key](value) ? value : DEFAULTS[key];
  };
  return {
    paused: pick("paused"),
    threshold: pick("threshold"),
    quiet: pick("quiet"),
    port: pick("port"),
    features: mergeFeatures(Object.hasOwn(found, "features") ? found.features : undefined),
    shop: pick("shop"),
  };
}

/** Each by itself: a feature that is new since the settings were stored must not reset the others. */
function mergeFeatures(stored: unknown): Settings["features"] {
  const found = plain(stored) ? stored : {};
  const on = (id: FeatureId): boolean =>
    Object.hasOwn(found, id) && flag(found[id]) ? (found[id] as boolean) : DEFAULTS.features[id];
  return {
    "comment-badge": on("comment-badge"),
    "video-panel": on("video-panel"),
    "creator-panel": on("creator-panel"),
    "hashtag-panel": on("hashtag-panel"),
    "tile-chips": on("tile-chips"),
    "shop-card": on("shop-card"),
    capture: on("capture"),
  };
}

const KEY = "settings";

export async function loadSettings(): Promise<Settings> {
  const stored = await browser.storage.local.get(KEY);
  return mergeSettings(stored[KEY]);
}

/** Stores `change` over what is there and returns the whole. */
export async function changeSettings(change: Partial<Settings>): Promise<Settings> {
  const settings = mergeSettings({ ...(await loadSettings()), ...change });
  await browser.storage.local.set({ [KEY]: settings });
  return settings;
}
