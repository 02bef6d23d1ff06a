// The 2026 comment drawer (G4): tabs, one scroller, threads that stay in the page once loaded.
import { cls } from './names.js';
import { h, setText } from './dom.js';
import { coverOf, pathOf } from './format.js';
import * as api from './api.js';
import { CommentFeed, openerText } from './comment_feed.js';
import { drawerRow } from './drawer_row.js';
import { loadNearEnd } from './load_near_end.js';
import { panelFoot } from './panel_foot.js';
import { commentInput } from './comment_input.js';

/** Mount the drawer of a video into `parent`; returns the panel that helpers and pages work with. */
export function mountDrawer(parent, videoId, { tab = 'comments', off = false } = {}) {
  const feed = new CommentFeed(videoId, { off });
  const foot = panelFoot(feed);
  const rows = [];
  const title = h('span');
  const list = h('div', { class: cls('DivCommentListContainer') });
  const scroller = h('div', { class: cls('DivCommentMain', 'DivCommentMainWithoutScroll') },
    h('div', { class: cls('DivCommentCountContainer') }, title), list, foot.root);
  const suggestions = h('div', { class: cls('DivYouMayLikeContainer') });
  const tabs = ['Comments', 'You may like'].map((label, index) =>
    h('button', { role: 'tab', class: cls('ButtonTabItem'), on: { click: () => show(index) } }, label));
  const body = h('div', { class: cls('DivVideoListTabBody') });
  const root = h('div', { class: cls('DivCommentContainer') },
    h('div', { class: cls('DivVideoListTabBarWrapper') }, h('div', { role: 'tablist', class: cls('DivTabList') }, ...tabs)),
    body);

  function show(index) {
    tabs.forEach((button, place) => button.setAttribute('aria-selected', String(place === index)));
    body.replaceChildren(...(index === 0 ? [scroller, commentInput()] : [suggestions]));
    if (index === 0 && feed.threads.length === 0) { feed.loadMore(); foot.update(); }
    if (index === 1 && !suggestions.hasChildNodes()) fillSuggestions(suggestions, videoId);
  }

  function addThread(thread) {
    const row = drawerRow(1).bind(thread.comment);
    rows.push(row);
    thread.element = h('div', { class: cls('DivCommentObjectWrapper') }, row.element);
    thread.rows = [];
    renderReplies(thread);
    return thread.element;
  }

  function renderReplies(thread) {
    thread.container?.remove();
    thread.container = null;
    if (!thread.comment.reply_comment_total) return;
    thread.rows = thread.replies.map((reply, place) => thread.rows[place]?.bind(reply) ?? drawerRow(2).bind(reply));
    thread.container = h('div', { class: cls('DivReplyContainer') },
      ...thread.rows.map((row) => row.element), replyOptions(feed, thread));
    thread.element.append(thread.container);
  }

  feed.onChange = ({ added, changed }) => {
    setText(title, `${feed.total} comments`);
    if (added) list.append(...added.map(addThread));
    if (changed) renderReplies(changed);
    foot.update();
  };
  loadNearEnd(scroller, feed, foot.update);
  parent.append(root);
  show(tab === 'comments' ? 0 : 1);
  return {
    root, feed, scroller,
    rows: () => feed.threads.flatMap((thread, place) => [rows[place], ...thread.rows.slice(0, thread.replies.length)]),
    showComments: () => show(0),
    destroy: () => root.remove(),
  };
}

function replyOptions(feed, thread) {
  const opener = openerText(thread);
  const button = (label, act) =>
    h('div', { class: cls('DivViewRepliesContainer'), role: 'button', on: { click: act } }, h('span', {}, label));
  return h('div', { class: cls('DivViewMoreRepliesWrapper') },
    h('div', { class: cls('DivViewMoreRepliesOptionsContainer') },
      opener && button(opener, () => feed.loadReplies(thread)),
      thread.replies.length > 0 ? button('Hide', () => feed.hideReplies(thread)) : null));
}

async function fillSuggestions(holder, videoId) {
  const { itemList = [] } = await api.related(videoId).catch(() => ({}));
  holder.append(...itemList.map((item) =>
    h('a', { class: cls('AVideoCard'), href: pathOf(item) }, h('img', { src: coverOf(item), alt: '' }), h('span', {}, item.desc))));
}
