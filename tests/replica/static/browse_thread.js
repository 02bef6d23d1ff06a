// A comment with its replies in the G2 and G1 panels; the same block can be bound to another thread.
import { cls } from './names.js';
import { h } from './dom.js';
import { openerText } from './comment_feed.js';
import { browseRow } from './browse_row.js';

/** Block handle `{element, rows, bind(thread)}`. */
export function browseThread(feed, options) {
  const root = browseRow(1, options);
  const replies = h('div', { class: cls('DivReplyContainer') });
  const element = h('div', { class: cls('DivCommentItemContainer') }, root.element);
  const pool = [];

  const block = {
    element,
    thread: null,
    rows: () => [root, ...pool.slice(0, block.thread.replies.length)],
    bind(thread) {
      block.thread = thread;
      root.bind(thread.comment);
      while (pool.length < thread.replies.length) pool.push(browseRow(2, options));
      const shown = thread.replies.map((reply, place) => pool[place].bind(reply));
      replies.replaceChildren(...shown.map((row) => row.element), actions(feed, thread, options));
      if (thread.comment.reply_comment_total) element.append(replies);
      else replies.remove();
      return block;
    },
  };
  return block;
}

function actions(feed, thread, { old = false } = {}) {
  const first = thread.replies.length === 0;
  const label = old && first ? `View more replies (${thread.comment.reply_comment_total})` : openerText(thread);
  return h('div', { class: cls(old ? 'DivReplyActionContainer' : 'DivViewRepliesContainer') },
    openerText(thread) && h('p', { e2e: first ? 'view-more-1' : 'view-more-2', class: cls('PReplyActionText'), role: 'button', on: { click: () => feed.loadReplies(thread) } }, label),
    first ? null : h('p', { e2e: 'comment-hide', class: cls('PReplyActionText'), role: 'button', on: { click: () => feed.hideReplies(thread) } }, 'Hide'));
}
