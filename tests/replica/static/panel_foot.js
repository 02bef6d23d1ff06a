// The end of a comment list: skeletons while more come, a failure with its button, or why there is nothing.
import { cls } from './names.js';
import { h } from './dom.js';
import { emptyText } from './comment_feed.js';
import { failure, skeleton } from './list_states.js';

const SHOWN_AFTER_MS = 400; // most pages come sooner, and the list need not move for them

export function panelFoot(feed) {
  const root = h('div', { class: cls('DivCommentListFooter') });
  let timer = 0;
  function update() {
    clearTimeout(timer);
    if (feed.loading) timer = setTimeout(() => { if (feed.loading) root.replaceChildren(skeleton()); }, SHOWN_AFTER_MS);
    else if (feed.failed) root.replaceChildren(failure(() => { feed.retry(); update(); }));
    else root.replaceChildren(...(emptyText(feed) ? [h('p', { class: cls('PEmptyComments') }, emptyText(feed))] : []));
  }
  return { root, update };
}
