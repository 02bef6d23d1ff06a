// Search results and, with the same tiles, a hashtag's page.
import * as api from './api.js';
import { cls } from './names.js';
import { h } from './dom.js';
import { remember } from './items.js';
import { onWindowEnd, tile } from './grid.js';

export async function searchPage(main, keyword, { openFromGrid, tag = false }) {
  const items = [];
  let offset = 0;
  let more = true;
  const kind = tag ? 'challenge-item' : 'search_top-item';
  const grid = h('div', { e2e: `${kind}-list`, class: cls('DivVideoFeedV2') });

  async function load() {
    if (!more) return;
    more = false;
    const page = await api.search(keyword, offset);
    offset = page.cursor;
    const found = remember(page.data.map((row) => row.item));
    items.push(...found);
    grid.append(...found.map((item) => tile(item, kind, { withCaption: !tag, open: (address) => openFromGrid(address, items) })));
    more = page.has_more === 1;
    if (items.length === 0) grid.append(h('p', {}, 'No results found'));
  }

  main.id = tag ? 'main-content-challenge' : 'main-content-search_top';
  main.append(h('div', { class: cls('DivSearchContainer'), id: tag ? null : 'tabs-0-panel-search_top' },
    tag ? h('h1', { e2e: 'challenge-title' }, `#${keyword}`) : h('p', { class: cls('PSearchTabs') }, 'Top'), grid));
  await load();
  return { destroy: onWindowEnd(load) };
}
