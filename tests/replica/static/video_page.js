// The standalone video page: card, action bar, and the comment drawer at its right (G4).
import * as api from './api.js';
import { cls } from './names.js';
import { h } from './dom.js';
import { config } from './config.js';
import { actionBar, mediaCard } from './card.js';
import { prefetchComments } from './comment_feed.js';
import { itemOf, remember } from './items.js';
import { mountSidePanel, setPanel } from './panel.js';

const PREFETCH_DELAY_MS = 100;

export async function videoPage(main, videoId) {
  const item = await itemOf(videoId);
  if (!item) {
    main.append(h('div', { class: cls('DivErrorContainer') }, h('p', {}, 'Video currently unavailable')));
    return { destroy() {} };
  }
  const side = h('aside', { class: cls('DivCommentSidebar') });
  let panel = null;
  const open = (tab) => {
    panel = mountSidePanel(side, videoId, { tab, off: Boolean(item.itemCommentStatus) });
    panel.remount = () => { panel.destroy(); open('comments'); };
  };
  const onComment = () => {
    if (!panel) open(config.panel === 'other-tab' ? 'you-may-like' : 'comments');
    else panel.showComments?.();
  };
  main.id = 'main-content-video_detail';
  main.append(h('div', { class: cls('DivVideoDetailContainer') },
    h('div', { class: cls('DivVideoColumn') }, mediaCard(item, 0), actionBar(item, { onComment })), side));
  if (config.panel === 'open') open('comments');
  if (config.prefetch_neighbour) setTimeout(() => prefetchNeighbour(videoId), PREFETCH_DELAY_MS);
  return { destroy() { setPanel(null); } };
}

/** The site loads the next video's first comments before anybody opens it. */
async function prefetchNeighbour(videoId) {
  const { itemList } = await api.related(videoId).catch(() => ({}));
  const [next] = remember(itemList);
  if (next) await prefetchComments(next.id);
}
