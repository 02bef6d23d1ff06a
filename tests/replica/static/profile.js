// A creator's profile: header and the grid of videos.
import * as api from './api.js';
import { cls } from './names.js';
import { h } from './dom.js';
import { avatarOf, count } from './format.js';
import { endlessGrid } from './endless_grid.js';

export async function profilePage(main, handle, { openFromGrid }) {
  const answer = await api.user(handle).catch(() => ({}));
  if (answer.statusCode !== 0) {
    main.append(h('div', { class: cls('DivErrorContainer') }, h('p', {}, "Couldn't find this account")));
    return { destroy() {} };
  }
  const { user, statsV2 } = answer.userInfo;
  const grid = h('div', { e2e: 'user-post-item-list', mode: 'compact', class: cls('DivVideoFeedV2') });
  main.id = 'main-content-others_homepage';
  main.append(h('div', { e2e: 'user-page', class: cls('DivShareLayoutMain') }, header(user, statsV2), tabs(), grid));
  const list = endlessGrid(grid, {
    kind: 'user-post-item',
    cursor: '0',
    options: (items) => ({ open: (address) => openFromGrid(address, items) }),
    async ask(cursor) {
      const page = await api.posts(user.secUid, cursor);
      return { items: page.itemList ?? [], cursor: page.cursor, more: page.hasMore };
    },
    onEmpty: () => grid.append(h('p', {}, 'No content')),
  });
  await list.start();
  return list;
}

function header(user, stats) {
  const counter = (name, value, label) =>
    h('div', { class: cls('DivNumber') }, h('strong', { e2e: `${name}-count`, title: label }, count(value)), h('span', { e2e: name }, label));
  return h('div', { class: cls('DivShareLayoutHeader') },
    h('div', { e2e: 'user-avatar', class: cls('DivAvatar') }, h('img', { class: cls('ImgAvatar'), src: avatarOf(user.uniqueId), alt: '' })),
    h('div', { class: cls('DivShareTitleContainer') },
      h('h1', { e2e: 'user-title' }, user.uniqueId),
      h('h2', { e2e: 'user-subtitle' }, user.nickname),
      h('div', { class: cls('DivButtonPanel') },
        h('button', { e2e: 'follow-button', class: 'TUXButton TUXButton--primary' }, 'Follow'),
        h('button', { e2e: 'message-button', class: 'TUXButton TUXButton--secondary' }, 'Message')),
      h('h3', { class: cls('H3CountInfos') },
        counter('following', stats.followingCount, 'Following'),
        counter('followers', stats.followerCount, 'Followers'),
        counter('likes', stats.heartCount, 'Likes')),
      h('h2', { e2e: 'user-bio' }, user.signature)));
}

function tabs() {
  return h('div', { class: cls('DivVideoFeedTab'), role: 'tablist' },
    h('p', { role: 'tab', e2e: 'videos-tab', 'aria-selected': 'true' }, 'Videos'),
    h('p', { role: 'tab', e2e: 'repost-tab', 'aria-selected': 'false' }, 'Reposts'),
    h('p', { role: 'tab', e2e: 'liked-tab', 'aria-selected': 'false' }, 'Liked'));
}
