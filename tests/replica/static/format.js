// Numbers and times as TikTok's English pages show them.
import { config } from './config.js';

export const MEDIA = '/media/tiktokcdn';

export function count(value) {
  const number = Number(value);
  for (const [size, letter] of [[1e9, 'B'], [1e6, 'M'], [1e3, 'K']]) {
    if (number >= size) return `${(Math.floor(number / (size / 10)) / 10).toFixed(1).replace(/\.0$/, '')}${letter}`;
  }
  return String(number);
}

export function ago(createTime) {
  const seconds = Math.max(0, config.now - Number(createTime));
  if (seconds < 3600) return `${Math.max(1, Math.floor(seconds / 60))}m ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)}h ago`;
  if (seconds < 7 * 86400) return `${Math.floor(seconds / 86400)}d ago`;
  const date = new Date(Number(createTime) * 1000);
  const day = `${date.getUTCMonth() + 1}-${date.getUTCDate()}`;
  return date.getUTCFullYear() === new Date(config.now * 1000).getUTCFullYear() ? day : `${date.getUTCFullYear()}-${day}`;
}

/** One of a few hundred drawings, so that a long thread asks for few. */
export function avatarOf(handle) {
  const sum = [...handle].reduce((total, letter) => (total * 31 + letter.codePointAt(0)) % 9973, 7);
  return `${MEDIA}/avatar/${encodeURIComponent(handle.slice(0, 1))}${sum % 24}.svg`;
}

export const coverOf = (item) => `${MEDIA}/cover/${item.id}.svg`;
export function pathOf(item) {
  if (item.liveRoomInfo) return `/@${item.author.uniqueId}/live`;
  return `/@${item.author.uniqueId}/${item.imagePost ? 'photo' : 'video'}/${item.id}`;
}
