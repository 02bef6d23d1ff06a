// A video's caption with its hashtags as links.
import { h } from './dom.js';

export function caption(item) {
  const parts = [];
  let end = 0;
  const spans = [...(item.textExtra ?? [])].sort((a, b) => a.start - b.start);
  const plain = (text) => h('span', { e2e: 'new-desc-span' }, text);
  for (const span of spans) {
    if (span.start > end) parts.push(plain(item.desc.slice(end, span.start)));
    parts.push(h('a', { e2e: 'search-common-link', href: `/tag/${span.hashtagName}` }, h('strong', {}, `#${span.hashtagName}`)));
    end = span.end;
  }
  if (end < item.desc.length) parts.push(plain(item.desc.slice(end)));
  return parts;
}
