// One row of the browse overlay (G2) and of the 2022-23 panel (G1): the comment's id is the element's id.
import { cls } from './names.js';
import { h, icon, setText } from './dom.js';
import { ago, avatarOf, count } from './format.js';
import { attachment, fillText } from './comment_text.js';
import { isCreator } from './comment_feed.js';

/** Row handle `{element, comment, bind, setText}`; `old` gives the G1 form of the same row. */
export function browseRow(level, { old = false } = {}) {
  const avatar = h('img', { class: cls('ImgAvatar'), alt: '' });
  const avatarLink = h('a', { e2e: `comment-avatar-${level}` }, avatar);
  const name = h('span', { e2e: `comment-username-${level}`, class: cls('SpanUserNameText') });
  const nameLink = h('a', { class: cls('StyledUserLinkName') }, name);
  const text = h('span', old ? {} : { dir: '' });
  const paragraph = h('p', { e2e: `comment-level-${level}`, class: cls('PCommentText') }, text);
  const time = h('span', { e2e: `comment-time-${level}`, class: cls('SpanCreatedTime') });
  const notes = h('span', { class: cls('SpanCommentNotes') });
  const likes = h('span', { e2e: 'comment-like-count', class: cls('SpanCount') });
  const content = h('div', { class: cls('DivContentContainer') }, nameLink, paragraph,
    h('p', { class: cls('PCommentSubContent') }, time,
      h('span', { 'aria-label': 'Reply', role: 'button', e2e: `comment-reply-${level}`, class: cls('SpanReplyButton') }, 'Reply'), notes));
  const element = h('div', { class: cls('DivCommentContentContainer'), 'data-comment-ui-enabled': old ? null : 'true' },
    avatarLink, content,
    h('div', { class: cls('DivActionContainer') },
      h('div', { 'aria-label': 'more', role: 'button', class: cls('DivMoreContainer'), e2e: old ? 'comment-more-icon' : null }, icon('more', 16)),
      h('div', { class: cls('DivLikeWrapper') }, h('div', { e2e: 'comment-like-icon', class: cls('DivLikeIcon') }, icon('heart', 18)), likes)));

  const row = {
    element,
    comment: null,
    setText: (value) => fillText(text, value),
    bind(comment) {
      row.comment = comment;
      element.id = comment.cid;
      avatar.src = avatarOf(comment.user.unique_id);
      for (const link of [avatarLink, nameLink]) link.setAttribute('href', `/@${comment.user.unique_id}`);
      setText(name, old ? comment.user.nickname : `${comment.user.nickname} `);
      nameLink.querySelector(`[data-e2e="comment-creator-${level}"]`)?.remove();
      if (nameLink.lastChild !== name) nameLink.lastChild.remove();
      if (isCreator(comment)) nameLink.append(document.createTextNode(old ? ' · ' : '· '), h('span', { e2e: `comment-creator-${level}`, class: cls('SpanCreatorBadge') }, 'Creator'));
      fillText(text, comment.text);
      content.querySelector(':scope > div')?.remove();
      const media = attachment(comment);
      if (media) paragraph.after(media);
      setText(time, ago(comment.create_time));
      setText(likes, count(comment.digg_count));
      setText(notes, [comment.author_pin ? 'Pinned' : '', comment.is_author_digged ? 'Liked by creator' : ''].filter(Boolean).join(' · '));
      return row;
    },
  };
  return row;
}
