// Tiles of videos, shared by profile, hashtag and search; the page stays mounted when a tile opens as an overlay.
import * as api from './api.js';
import { config } from './config.js';
import { cls } from './names.js';
import { h } from './dom.js';
import { count, coverOf, pathOf } from './format.js';

/** One tile; `kind` is the list's data-e2e stem, `open` what a click does with the address. */
export function tile(item, kind, { open, withCaption, withAuthor }) {
  const address = pathOf(item);
  const follow = (event) => { event.preventDefault(); event.stopPropagation(); open(address); };
  const link = h('a', { class: cls('AVideoContainer'), href: address, on: { click: follow } },
    h('img', { alt: `${item.desc} created by ${item.author.nickname} with ${item.music.title}`, src: coverOf(item) }),
    h('strong', { e2e: 'video-views', class: cls('StrongVideoCount') }, count(item.statsV2?.playCount ?? 0)));
  const wrapper = h('div', { e2e: kind, class: cls('DivWrapper') }, link);
  if (config.hover_preview) wrapper.addEventListener('mouseenter', () => preview(wrapper), { once: true });
  return h('div', { class: cls('DivItemContainerV2') }, wrapper,
    withAuthor ? h('div', { e2e: `${kind}-desc`, class: cls('DivTagCardDesc') },
      h('span', {}, item.desc), h('p', { class: 'user-name' }, item.author.uniqueId)) : null,
    withCaption ? h('div', { e2e: 'search-card-desc', class: cls('DivSearchCardDesc') },
      h('div', { e2e: 'search-card-video-caption' }, item.desc),
      h('a', { e2e: 'search-card-user-link', href: `/@${item.author.uniqueId}` },
        h('p', { e2e: 'search-card-user-unique-id' }, item.author.uniqueId))) : null);
}

/** The moving picture under the mouse: it lies over the link, and a real click ends on it. */
function preview(wrapper) {
  wrapper.append(h('video', { class: cls('VideoPreview'), playsinline: true, tabindex: '-1' }));
  api.preload().catch(() => {});
}
