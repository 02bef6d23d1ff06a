// Videos this page has heard of; the embedded data is trusted for the very first address only.
import * as api from './api.js';

const known = new Map();

const scope = JSON.parse(document.getElementById('__UNIVERSAL_DATA_FOR_REHYDRATION__').textContent).__DEFAULT_SCOPE__;
const first = scope['webapp.video-detail']?.itemInfo?.itemStruct;
if (first) known.set(first.id, first);

/** Embedded data of the first address, by its key; later addresses have none of their own. */
export const embeddedFor = (key) => scope[key] ?? null;

export const viewer = scope['webapp.app-context'].user ?? null;

export function remember(items = []) {
  for (const item of items) known.set(item.id, item);
  return items;
}

/** The video's item, or null where the server knows none. */
export async function itemOf(videoId) {
  if (!known.has(videoId)) {
    const answer = await api.item(videoId).catch(() => ({}));
    if (answer.itemInfo?.itemStruct) known.set(videoId, answer.itemInfo.itemStruct);
  }
  return known.get(videoId) ?? null;
}
