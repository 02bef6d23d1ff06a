// What surrounds every page: side navigation, search box, the hidden inbox with its "comments" tab.
import { cls } from './names.js';
import { h, icon } from './dom.js';
import { viewer } from './items.js';

export function mountShell(app, { navigate }) {
  const input = h('input', { name: 'q', type: 'search', placeholder: 'Search', e2e: 'search-user-input', 'aria-label': 'Search' });
  const form = h('form', { e2e: 'search-box', class: cls('FormElement'), action: '/search', on: { submit: (event) => {
    event.preventDefault();
    if (input.value.trim()) navigate(`/search?q=${encodeURIComponent(input.value.trim())}`);
  } } }, input, h('button', { e2e: 'search-box-button', 'aria-label': 'Search', type: 'submit' }, icon('search', 18)));
  const link = (name, label, symbol, href) =>
    h('a', { e2e: `nav-${name}`, href, class: cls('StyledLink') }, icon(symbol, 26), h('span', {}, label));
  const side = h('nav', { class: cls('DivSideNavContainer'), 'aria-label': 'Main' },
    h('a', { e2e: 'tiktok-logo', href: '/', class: cls('StyledLinkLogo') }, 'TikTok', h('small', {}, 'replica')),
    form,
    link('foryou', 'For You', 'home', '/foryou'),
    link('explore', 'Explore', 'compass', '/search?q=a'),
    link('following', 'Following', 'person', '/following'),
    viewer
      ? h('a', { e2e: 'nav-profile', href: `/@${viewer.uniqueId}`, class: cls('StyledLink') }, icon('person', 26), h('span', {}, 'Profile'))
      : h('button', { e2e: 'nav-login-button', class: 'TUXButton TUXButton--primary' }, 'Log in'),
    h('p', { e2e: 'copyright', class: cls('PCopyright') }, 'A local replica. Every name, video and comment is invented.'));
  const main = h('main', { class: cls('DivMainContainer') });
  app.append(h('div', { class: cls('DivBodyContainer') }, side, main, inbox()));
  return main;
}

/** Hidden popover: its tab carries data-e2e="comments" and is no comment list. */
function inbox() {
  return h('div', { class: cls('DivHeaderInboxContainer'), e2e: 'inbox-notifications', hidden: true },
    h('div', { e2e: 'inbox-bar' }, ...['all', 'likes', 'comments', 'mentions', 'followers'].map((name) =>
      h('button', { e2e: name, class: cls('ButtonGroupItem') }, name))),
    h('div', { e2e: 'inbox-list' }));
}
