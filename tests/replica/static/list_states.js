// What stands in a list's place while it loads and when it failed.
import { cls } from './names.js';
import { h } from './dom.js';

export const skeleton = () => h('div', { class: cls('DivSkeletonContainer'), 'aria-hidden': 'true' },
  ...Array.from({ length: 3 }, () => h('div', { class: cls('DivSkeletonItem') })));

/** "Something went wrong" with its button; `retry` is called once. */
export function failure(retry) {
  const root = h('div', { class: cls('DivErrorContainer', 'DivListError') },
    h('p', { class: cls('PTitle') }, 'Something went wrong'),
    h('p', { class: cls('PDesc') }, 'Sorry about that! Please try again later.'),
    h('button', { class: 'TUXButton TUXButton--primary', on: { click: () => { root.remove(); retry(); } } }, h('p', {}, 'Refresh')));
  return root;
}
