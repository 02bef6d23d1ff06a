// A hashtag's page: its name and numbers, and the grid of its videos.
import * as api from './api.js';
import { cls } from './names.js';
import { h } from './dom.js';
import { count } from './format.js';
import { endlessGrid } from './endless_grid.js';
import { embeddedFor } from './items.js';

const PAGE = 30;

export async function tagPage(main, name, { openFromGrid }) {
  const embedded = embeddedFor('webapp.challenge-detail');
  const detail = embedded?.challengeInfo?.challenge?.title === name ? embedded : await api.tag(name).catch(() => ({}));
  const { challenge, statsV2 } = detail.challengeInfo ?? {};
  main.id = 'main-content-challenge';
  if (!challenge) {
    main.append(h('div', { class: cls('DivErrorContainer') }, h('p', {}, "Couldn't find this hashtag")));
    return { destroy() {} };
  }
  const grid = h('div', { e2e: 'challenge-item-list', class: cls('DivVideoFeedV2') });
  main.append(h('div', { class: cls('DivShareLayoutMain') },
    h('div', { class: cls('DivShareTitleContainer') },
      h('h1', { e2e: 'challenge-title' }, `#${challenge.title}`),
      h('h2', { e2e: 'challenge-vvcount', title: 'posts' }, h('strong', {}, `${count(statsV2.videoCount)} posts`))),
    grid));
  const first = detail === embedded ? embeddedFor('webapp.updated-items') ?? [] : [];
  const list = endlessGrid(grid, {
    kind: 'challenge-item',
    cursor: String(first.length ? PAGE : 0),
    options: (items) => ({ open: (address) => openFromGrid(address, items), withAuthor: true }),
    async ask(cursor) {
      const page = await api.tagItems(challenge.id, cursor);
      return { items: page.itemList ?? [], cursor: page.cursor, more: page.hasMore };
    },
    onEmpty: () => grid.append(h('p', {}, 'No content')),
  });
  list.add(first);
  if (first.length === 0) await list.start();
  return list;
}
