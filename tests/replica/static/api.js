// The page's own requests. They carry the usual crowd of parameters, which the server ignores.
import { config } from './config.js';

const COMMON = {
  aid: 1988, app_language: 'en', app_name: 'tiktok_web', channel: 'tiktok_web', cookie_enabled: true,
  device_platform: 'web_pc', os: 'linux', region: 'US', tz_name: 'Etc/UTC', msToken: 'replica', 'X-Bogus': 'replica',
};

async function get(path, parameters) {
  const address = `${path}?${new URLSearchParams({ ...COMMON, ...parameters })}`;
  if (config.repeat_requests) setTimeout(() => fetch(address), 80);
  const answer = await fetch(address);
  return answer.json();
}

export const comments = (videoId, cursor) => get('/api/comment/list/', { aweme_id: videoId, cursor, count: 20 });
export const replies = (videoId, commentId, cursor) =>
  get('/api/comment/list/reply/', { item_id: videoId, comment_id: commentId, cursor, count: 3 });
export const recommend = (seen) => get('/api/recommend/item_list/', { count: 6, seen });
export const posts = (secUid, cursor) => get('/api/post/item_list/', { secUid, cursor, count: 16 });
export const related = (videoId) => get('/api/related/item_list/', { itemID: videoId, count: 16 });
export const search = (keyword, offset) => get('/api/search/general/full/', { keyword, offset, from_page: 'search' });
export const user = (uniqueId) => get('/api/user/detail/', { uniqueId });
export const item = (itemId) => get('/api/item/detail/', { itemId });

/** Resolves at once on a visible page, else when the page is shown: a hidden window loads nothing. */
export function whenVisible() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', function shown() {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', shown);
      resolve();
    });
  });
}
