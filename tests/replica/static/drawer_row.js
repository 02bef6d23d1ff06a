// One row of the 2026 drawer (G4): no comment id anywhere, nickname shown, handle only in the link.
import { cls } from './names.js';
import { h, icon, setText } from './dom.js';
import { ago, avatarOf, count } from './format.js';
import { attachment, fillText } from './comment_text.js';
import { isCreator } from './comment_feed.js';

const TUX = 'TUXText TUXText--tiktok-sans';

/** Row handle `{element, comment, bind, setText}`; `level` 1 for comments, 2 for replies. */
export function drawerRow(level) {
  const avatar = h('img', { class: cls('ImgAvatar'), alt: '' });
  const avatarLink = h('a', {}, avatar);
  const name = h('p', { class: `${TUX} TUXText--weight-medium` });
  const nameLink = h('a', { class: 'link-a11y-focus' }, name);
  const username = h('div', { e2e: `comment-username-${level}`, class: cls('DivUsernameContentWrapper') },
    h('div', { class: cls('DivTriggerWrapper') }, nameLink));
  const text = h('span', { class: TUX });
  const holder = h('span', { e2e: `comment-level-${level}` }, text);
  const time = h('span');
  const likes = h('span', { class: 'TUXText' });
  const heart = h('div', { class: cls('DivLikeContainer'), role: 'button', 'aria-pressed': 'false', on: { click: like } }, icon('heart', 16), likes);
  const notes = h('div', { class: cls('DivCommentNotes') });
  const content = h('div', { class: cls('DivCommentContentWrapper') },
    h('div', { class: cls('DivCommentHeaderWrapper') }, username,
      h('div', { 'aria-expanded': 'false', 'aria-haspopup': 'dialog', class: cls('DivMore') },
        h('div', { class: cls('DivMoreTriggerWrapper') }, icon('more', 16)))),
    holder,
    h('div', { class: cls('DivCommentSubContentSplitWrapper') },
      h('div', { class: cls('DivCommentSubContentWrapper') }, time,
        h('p', { role: 'button', e2e: `comment-reply-${level}` }, 'Reply'), notes),
      heart));
  const element = h('div', { class: cls('DivCommentItemWrapper') },
    h('div', { class: cls('DivAvatarWrapper') }, avatarLink), content);

  function like() {
    const pressed = heart.getAttribute('aria-pressed') === 'true';
    heart.setAttribute('aria-pressed', String(!pressed));
    setText(likes, count(row.comment.digg_count + (pressed ? 0 : 1)));
  }

  const row = {
    element,
    comment: null,
    setText: (value) => fillText(text, value),
    bind(comment) {
      row.comment = comment;
      avatar.src = avatarOf(comment.user.unique_id);
      for (const link of [avatarLink, nameLink]) link.setAttribute('href', `/@${comment.user.unique_id}`);
      setText(name, comment.user.nickname);
      username.querySelector(':scope > p')?.remove();
      if (isCreator(comment)) username.append(h('p', { class: 'TUXText' }, h('span', {}, '· Creator')));
      fillText(text, comment.text);
      content.querySelector(':scope > [class*="-DivCommentImage"], :scope > [class*="-DivCommentSticker"]')?.remove();
      const media = attachment(comment);
      if (media) holder.after(media);
      setText(time, ago(comment.create_time));
      setText(likes, count(comment.digg_count));
      heart.setAttribute('aria-pressed', 'false');
      heart.setAttribute('aria-label', `Like video ${comment.digg_count} likes`);
      setText(notes, [comment.author_pin ? 'Pinned' : '', comment.is_author_digged ? 'Liked by creator' : ''].filter(Boolean).join(' · '));
      return row;
    },
  };
  return row;
}
