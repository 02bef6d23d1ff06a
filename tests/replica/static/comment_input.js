// The field at the foot of every comment panel; it takes text and posts nothing.
import { cls } from './names.js';
import { h } from './dom.js';

export function commentInput() {
  return h('div', { class: cls('DivBottomCommentContainer') },
    h('div', { class: cls('DivCommentInputArea'), e2e: 'comment-input', contenteditable: 'plaintext-only', role: 'textbox', 'aria-label': 'Add comment...' }),
    h('button', { class: cls('ButtonPost'), e2e: 'comment-post', disabled: true }, 'Post'));
}
