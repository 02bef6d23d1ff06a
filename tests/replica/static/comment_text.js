// A comment's text as nodes: plain text, links for mentions, then a photo or sticker.
import { cls } from './names.js';
import { h, setText } from './dom.js';
import { MEDIA } from './format.js';

const MENTION = /@[A-Za-z0-9_.]{2,24}/g;

function mentionParts(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(MENTION)) {
    if (found.index > end) parts.push(document.createTextNode(text.slice(end, found.index)));
    parts.push(h('a', { class: cls('StyledCommonLink'), href: `/${found[0]}` }, found[0]));
    end = found.index + found[0].length;
  }
  if (end < text.length) parts.push(document.createTextNode(text.slice(end)));
  return parts;
}

/** Put `text` into `element`: in place for plain text, new children where mentions are linked. */
export function fillText(element, text) {
  if (text.includes('@')) element.replaceChildren(...mentionParts(text));
  else setText(element, text);
}

/** Photo or sticker under a comment, or null. */
export function attachment(comment) {
  const photo = (comment.image_list ?? []).length > 0;
  if (!photo && !comment.cmt_sticker_struct) return null;
  const kind = photo ? 'photo' : 'sticker';
  return h('div', { class: cls(photo ? 'DivCommentImageWrapper' : 'DivCommentStickerWrapper') },
    h('img', { alt: '', src: `${MEDIA}/${kind}/${comment.cid}.svg` }));
}
