// A video with its text and action bar, as the feed and the video page both show it.
import { cls } from './names.js';
import { h, icon } from './dom.js';
import { avatarOf, count, coverOf } from './format.js';
import { caption } from './caption.js';

/** Picture, author, caption, sound. `place` is the card's number in its list. */
export function mediaCard(item, place) {
  return h('section', { class: cls('SectionMediaCardContainer'), id: `media-card-${place}` },
    h('div', { class: cls('DivVideoPlayerContainer'), e2e: 'feed-video' },
      h('div', { id: `xgwrapper-${place}-${item.id}`, class: `${cls('DivBasicPlayerWrapper')} xgplayer-container` },
        h('img', { class: cls('ImgPoster'), src: coverOf(item), alt: '' }),
        h('video', { playsinline: true, tabindex: '-1' }))),
    h('div', { class: cls('DivMediaCardBottom') },
      h('a', { href: `/@${item.author.uniqueId}`, e2e: 'video-author-uniqueid' }, item.author.uniqueId),
      h('div', { e2e: 'video-desc', class: cls('DivMultilineText') }, ...caption(item)),
      h('div', { e2e: 'video-music', class: cls('DivMusicText') }, icon('note', 14), item.music.title)));
}

export function actionBar(item, { onComment }) {
  const total = item.statsV2.commentCount;
  const action = (name, symbol, value, label, listener) =>
    h('button', { class: cls('ButtonActionItem'), 'aria-label': label, on: listener ? { click: listener } : {} },
      h('span', { e2e: `${name}-icon`, class: cls('SpanIconWrapper') }, icon(symbol, 24)),
      h('strong', { e2e: `${name}-count`, class: cls('StrongText') }, count(value)));
  return h('section', { class: cls('SectionActionBarContainer') },
    h('div', { class: cls('DivAvatarActionItemContainer') },
      h('a', { e2e: 'video-author-avatar', href: `/@${item.author.uniqueId}` },
        h('img', { class: cls('ImgAvatar'), src: avatarOf(item.author.uniqueId), alt: '' }))),
    action('like', 'heart', item.statsV2.diggCount, `Like video\n${count(item.statsV2.diggCount)} likes`),
    action('comment', 'comment', total, `Read or add comments\n${count(total)} comments`, onComment),
    action('favorite', 'save', item.statsV2.collectCount, `Add to Favorites. ${count(item.statsV2.collectCount)} added to Favorites`),
    action('share', 'share', item.statsV2.shareCount, `Share video\n${count(item.statsV2.shareCount)} shares`));
}
