// The browse overlay: a video from a grid, full screen, comments at the right (G2), or the older panel (G1).
import { cls } from './names.js';
import { h, icon, setText } from './dom.js';
import { ago, avatarOf, count, coverOf } from './format.js';
import { config } from './config.js';
import { CommentFeed, prefetchComments } from './comment_feed.js';
import { browseThread } from './browse_thread.js';
import { VirtualList } from './virtual_list.js';
import { loadNearEnd } from './load_near_end.js';
import { panelFoot } from './panel_foot.js';
import { commentInput } from './comment_input.js';
import { caption } from './caption.js';

const PREFETCH_DELAY_MS = 100;

/** Mount the overlay of `item` into `parent`; `onClose` and `onStep(±1)` belong to the router, `next` is the neighbour. */
export function mountBrowse(parent, item, { onClose, onStep = () => {}, next = null }) {
  const panel = commentPanel(item);
  const root = h('div', { class: cls('DivBrowserModeContainer'), role: 'dialog', 'aria-modal': 'true' },
    h('div', { class: cls('DivVideoContainer'), e2e: 'browse-video' },
      h('img', { class: cls('ImgPoster'), src: coverOf(item), alt: '' }),
      h('button', { class: cls('ButtonBasicButtonContainer'), e2e: 'browse-close', 'aria-label': 'Close', on: { click: onClose } }, '✕'),
      h('button', { class: cls('ButtonArrow'), e2e: 'arrow-left', 'aria-label': 'Previous video', on: { click: () => onStep(-1) } }, icon('down')),
      h('button', { class: cls('ButtonArrow'), e2e: 'arrow-right', 'aria-label': 'Next video', on: { click: () => onStep(1) } }, icon('down')),
      h('button', { class: cls('ButtonSound'), e2e: 'browse-sound', 'aria-label': 'Volume' }, icon('note'))),
    h('div', { class: cls('DivContentContainer', 'DivBrowseContent') }, info(item), panel.list, commentInput()));
  parent.append(root);
  panel.start();
  if (next && config.prefetch_neighbour) setTimeout(() => prefetchComments(next.id), PREFETCH_DELAY_MS);
  return { ...panel, root, item, destroy: () => root.remove() };
}

function info(item) {
  const author = `/@${item.author.uniqueId}`;
  return h('div', { class: cls('DivDescriptionContentWrapper') },
    h('div', { class: cls('DivInfoContainer') },
      h('a', { href: author, class: cls('StyledLinkAvatar') }, h('img', { class: cls('ImgAvatar'), src: avatarOf(item.author.uniqueId), alt: '' })),
      h('div', { class: cls('DivAuthorNames') },
        h('a', { href: author }, h('span', { e2e: 'browse-username' }, item.author.uniqueId)),
        h('span', { e2e: 'browser-nickname' }, `${item.author.nickname} · `, h('span', {}, ago(item.createTime)))),
      h('button', { e2e: 'browse-ellipsis', class: cls('ButtonEllipsis'), 'aria-label': 'More' }, icon('more')),
      h('button', { e2e: 'follow-button', class: 'TUXButton TUXButton--primary' }, 'Follow')),
    h('div', { e2e: 'browse-video-desc', class: cls('DivVideoDesc') }, ...caption(item)),
    h('h4', { e2e: 'browse-music', class: cls('H4Link') }, icon('note', 16), item.music.title),
    h('div', { class: cls('DivActionBar') },
      h('span', { e2e: 'browse-like-icon' }, icon('heart')), h('strong', { e2e: 'browse-like-count' }, count(item.statsV2.diggCount)),
      h('span', { e2e: 'browse-comment-icon' }, icon('comment')), h('strong', { e2e: 'browse-comment-count' }, count(item.statsV2.commentCount)),
      h('span', { e2e: 'undefined-icon' }, icon('save')), h('strong', { e2e: 'undefined-count' }, count(item.statsV2.collectCount))));
}

function commentPanel(item) {
  const old = config.layout === 'g1';
  const feed = new CommentFeed(item.id, { off: Boolean(item.itemCommentStatus) });
  const foot = panelFoot(feed);
  const title = h('div', { class: cls('DivTabItem') }, 'Comments');
  const list = h('div', { class: cls('DivCommentListContainer') });
  if (!old) list.append(h('div', { class: cls('DivTabMenuWrapper') }, title, h('div', { class: cls('DivTabItem') }, 'Creator videos')));
  const view = old ? plainList(list, feed) : new VirtualList(list, feed);
  if (!old) list.append(view.spacer);
  list.append(foot.root);
  loadNearEnd(list, feed, foot.update);
  feed.onChange = ({ changed }) => {
    setText(title, `Comments (${feed.total})`);
    if (changed) view.rebind(changed);
    view.render();
    foot.update();
  };
  return { feed, list, scroller: list, rows: () => view.rows(), start: () => { feed.loadMore(); foot.update(); } };
}

/** G1: every loaded thread stays in the page. */
function plainList(list, feed) {
  const blocks = [];
  return {
    rows: () => blocks.flatMap((block) => block.rows()),
    rebind: (thread) => blocks.find((block) => block.thread === thread)?.bind(thread),
    render() {
      const fresh = feed.threads.slice(blocks.length).map((thread) => browseThread(feed, { old: true }).bind(thread));
      blocks.push(...fresh);
      list.querySelector(':scope > [class*="-DivCommentListFooter "]').before(...fresh.map((block) => block.element));
    },
  };
}
