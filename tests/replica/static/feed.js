// For You: one card a screen, content only near the reader, comments of the card on screen at the side.
import * as api from './api.js';
import { cls } from './names.js';
import { h, icon } from './dom.js';
import { config } from './config.js';
import { pathOf } from './format.js';
import { actionBar, mediaCard } from './card.js';
import { remember } from './items.js';
import { mountSidePanel, setPanel } from './panel.js';

const KEPT_NEIGHBOURS = 1;

export async function feedPage(main, { openOverlay }) {
  const items = [];
  const articles = [];
  let active = -1;
  let panel = null;
  let more = true;
  let loading = false;
  const column = h('div', { id: 'column-list-container', class: cls('DivColumnListContainer') });
  const side = h('aside', { class: cls('DivCommentSidebar') });
  main.id = 'main-content-homepage_hot';
  const step = (by) => column.scrollTo({ top: (Math.max(active, 0) + by) * column.clientHeight });
  const stepper = (label, by) =>
    h('button', { class: 'TUXButton TUXButton--capsule action-item', 'aria-label': label, on: { click: () => step(by) } }, icon('down', 20));
  const steppers = h('div', { class: cls('DivFeedNavigationContainer') }, stepper('Previous video', -1), stepper('Next video', 1));
  main.append(h('div', { class: cls('DivFeedContainer') }, column, steppers, side));
  const pressed = (event) => {
    if (event.target.closest?.('input, textarea, [contenteditable="true"]')) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1);
    }
  };
  document.addEventListener('keydown', pressed);

  async function load() {
    if (!more || loading) return;
    loading = true;
    const answer = await api.recommend(items.length).catch(() => ({ hasMore: false }));
    for (const item of remember(answer.itemList)) {
      const place = items.push(item) - 1;
      articles.push(h('article', { id: `one-column-item-${place}`, e2e: 'recommend-list-item-container', 'data-scroll-index': String(place), class: cls('ArticleItemContainer') }));
      column.append(articles[place]);
    }
    more = answer.hasMore;
    loading = false;
  }

  function show(place) {
    if (place === active || !items[place]) return;
    active = place;
    articles.forEach((article, index) => {
      const near = Math.abs(index - place) <= KEPT_NEIGHBOURS;
      if (near && !article.hasChildNodes()) {
        article.append(mediaCard(items[index], index), actionBar(items[index], { onComment: () => comments(items[index]) }));
      } else if (!near && article.hasChildNodes()) {
        article.replaceChildren();
      }
    });
    if (panel) openDrawer(items[place]);
    if (place > items.length - 3) load();
  }

  function comments(item) {
    if (config.layout !== 'g4') openOverlay(pathOf(item), { list: items });
    else if (panel) closeDrawer();
    else openDrawer(item);
  }

  function openDrawer(item) {
    panel?.destroy();
    panel = mountSidePanel(side, item.id);
    panel.remount = () => openDrawer(item);
  }

  function closeDrawer() {
    panel.destroy();
    panel = null;
    setPanel(null);
  }

  column.addEventListener('scroll', () => show(Math.round(column.scrollTop / column.clientHeight)), { passive: true });
  await load();
  show(0);
  return {
    destroy() {
      document.removeEventListener('keydown', pressed);
      setPanel(null);
    },
  };
}
