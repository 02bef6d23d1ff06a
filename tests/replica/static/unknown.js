// A comment panel that no selector knows: no data-e2e, no component names, other elements.
import { opaque } from './names.js';
import { h, setText } from './dom.js';
import { ago, avatarOf } from './format.js';
import { CommentFeed } from './comment_feed.js';
import { loadNearEnd } from './load_near_end.js';

export function mountUnknown(parent, videoId) {
  const feed = new CommentFeed(videoId);
  const rows = [];
  const heading = h('h3');
  const scroller = h('section', { class: opaque('list') });
  const root = h('aside', { class: opaque('panel'), 'data-panel': '' }, heading, scroller);
  feed.onChange = ({ added = [] }) => {
    setText(heading, `${feed.total}`);
    for (const { comment } of added) {
      const row = unknownRow().bind(comment);
      rows.push(row);
      scroller.append(row.element);
    }
  };
  loadNearEnd(scroller, feed);
  parent.append(root);
  feed.loadMore();
  return { root, feed, scroller, rows: () => rows, destroy: () => root.remove() };
}

function unknownRow() {
  const picture = h('img', { alt: '' });
  const name = h('b');
  const text = h('div');
  const time = h('small');
  const row = {
    element: h('article', { class: opaque('row') }, picture, h('div', {}, name, text, time)),
    comment: null,
    setText: (value) => setText(text, value),
    bind(comment) {
      row.comment = comment;
      picture.src = avatarOf(comment.user.unique_id);
      setText(name, comment.user.nickname);
      setText(text, comment.text);
      setText(time, ago(comment.create_time));
      return row;
    },
  };
  return row;
}
