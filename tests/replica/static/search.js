// Search results.
import * as api from './api.js';
import { cls } from './names.js';
import { h } from './dom.js';
import { endlessGrid } from './endless_grid.js';

export async function searchPage(main, keyword, { openFromGrid }) {
  const grid = h('div', { e2e: 'search_top-item-list', class: cls('DivVideoFeedV2') });
  main.id = 'main-content-search_top';
  main.append(h('div', { class: cls('DivSearchContainer'), id: 'tabs-0-panel-search_top' }, h('p', { class: cls('PSearchTabs') }, 'Top'), grid));
  const list = endlessGrid(grid, {
    kind: 'search_top-item',
    cursor: 0,
    options: (items) => ({ open: (address) => openFromGrid(address, items), withCaption: true }),
    async ask(cursor) {
      const page = await api.search(keyword, cursor);
      return { items: page.data.map((row) => row.item), cursor: page.cursor, more: page.has_more === 1 };
    },
    onEmpty: () => grid.append(h('p', {}, 'No results found')),
  });
  await list.start();
  return list;
}
