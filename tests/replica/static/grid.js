// Tiles of videos, shared by profile and search; the page stays mounted when a tile opens as an overlay.
import { cls } from './names.js';
import { h } from './dom.js';
import { count, coverOf, pathOf } from './format.js';

/** One tile; `kind` is the list's data-e2e stem, `open` what a click does with the address. */
export function tile(item, kind, { open, withCaption }) {
  const address = pathOf(item);
  const link = h('a', { class: cls('AVideoContainer'), href: address, on: { click: (event) => { event.preventDefault(); open(address); } } },
    h('img', { alt: `${item.desc} created by ${item.author.nickname} with ${item.music.title}`, src: coverOf(item) }),
    h('strong', { e2e: 'video-views', class: cls('StrongVideoCount') }, count(item.statsV2.playCount)));
  return h('div', { class: cls('DivItemContainerV2') },
    h('div', { e2e: kind, class: cls('DivWrapper') }, link),
    withCaption ? h('div', { e2e: 'search-card-desc', class: cls('DivSearchCardDesc') },
      h('div', { e2e: 'search-card-video-caption' }, item.desc),
      h('a', { e2e: 'search-card-user-link', href: `/@${item.author.uniqueId}` },
        h('p', { e2e: 'search-card-user-unique-id' }, item.author.uniqueId))) : null);
}

/** Call `load` when the window scrolls near the page's end; returns the stop function. */
export function onWindowEnd(load) {
  const listener = () => {
    const { scrollHeight } = document.documentElement;
    if (scrollHeight - window.scrollY - window.innerHeight < 400) load();
  };
  window.addEventListener('scroll', listener, { passive: true });
  return () => window.removeEventListener('scroll', listener);
}
