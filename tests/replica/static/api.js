// The page's own requests. They carry the usual crowd of parameters, which the server ignores.
import { config } from './config.js';
import { notice, whenGone } from './obstacles.js';

const COMMON = {
  aid: 1988, app_language: 'en', app_name: 'tiktok_web', channel: 'tiktok_web', cookie_enabled: true,
  device_platform: 'web_pc', os: 'linux', region: 'US', tz_name: 'Etc/UTC', msToken: 'replica', 'X-Bogus': 'replica',
};

/** A list that did not come: an empty body, a refusal, or no JSON. */
export class ListFailed extends Error {}

/** Numbers longer than JavaScript's own would lose their last digits, so ids are read as text. */
const parse = (text) => JSON.parse(text.replace(/"(cid|id|reply_id)":(\d{16,})/g, '"$1":"$2"'));

async function get(path, parameters) {
  const address = `${path}?${new URLSearchParams({ ...COMMON, ...parameters })}`;
  if (config.repeat_requests) setTimeout(() => fetch(address).catch(() => {}), 80);
  const answer = await fetch(address).catch(() => null);
  notice(JSON.parse(answer?.headers.get('X-Replica-Obstacles') ?? '{}'));
  if (answer?.redirected && new URL(answer.url).pathname === '/login') location.assign(answer.url);
  if (!answer?.ok) throw new ListFailed(`${path} answered ${answer?.status ?? 'nothing'}`);
  const body = await answer.text().then(parse).catch(() => { throw new ListFailed(`${path} answered no JSON`); });
  if (body.type !== 'verify' && !body.verifyConfig) return body;
  await whenGone('captcha');
  return get(path, parameters);
}

/** A list of videos; any status but 0 means that it did not come. */
async function items(path, parameters) {
  const body = await get(path, parameters);
  if (body.statusCode) throw new ListFailed(`${path} has status ${body.statusCode}`);
  return body;
}

export const comments = (videoId, cursor) => get('/api/comment/list/', { aweme_id: videoId, cursor, count: 20 });
export const replies = (videoId, commentId, cursor) =>
  get('/api/comment/list/reply/', { item_id: videoId, comment_id: commentId, cursor, count: 3 });
export const recommend = (seen) => get('/api/recommend/item_list/', { count: 6, seen });
export const posts = (secUid, cursor) => items('/api/post/item_list/', { secUid, cursor, count: 16 });
export const related = (videoId) => get('/api/related/item_list/', { itemID: videoId, count: 16 });
export const search = (keyword, offset) => get('/api/search/general/full/', { keyword, offset, from_page: 'search' });
export const tag = (challengeName) => get('/api/challenge/detail/', { challengeName });
export const tagItems = (challengeID, cursor) => items('/api/challenge/item_list/', { challengeID, cursor, count: 30 });
export const preload = () => get('/api/preload/item_list/', {});
export const user = (uniqueId) => get('/api/user/detail/', { uniqueId });
export const item = (itemId) => get('/api/item/detail/', { itemId });
