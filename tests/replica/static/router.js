// Addresses to pages without a reload: pushState, popstate, and the overlay that leaves its grid mounted.
import { config } from './config.js';
import { h } from './dom.js';
import { pathOf } from './format.js';
import { cls } from './names.js';
import { feedPage } from './feed.js';
import { itemOf } from './items.js';
import { loginPage } from './login.js';
import { mountBrowse } from './browse.js';
import { setPanel } from './panel.js';
import { profilePage } from './profile.js';
import { searchPage } from './search.js';
import { mountShell } from './shell.js';
import { tagPage } from './tag.js';
import { videoPage } from './video_page.js';

const VIDEO = /^\/@[^/]*\/(?:video|photo)\/(\d{15,20})$/;
const opensOverlay = () => !config.unknown_layout && (config.layout !== 'g4' || config.grid_opens === 'overlay');

let main;
let page = null;
let mounted = null; // address of the mounted page, under an overlay too
let overlay = null;
let pageTurn = 0; // a page that comes too late is dropped
let overlayTurn = 0;

export function start(app) {
  main = mountShell(app, { navigate });
  window.addEventListener('popstate', (event) => render(event.state ?? {}));
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href^="/"]');
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    navigate(link.getAttribute('href'));
  });
  return render({});
}

export function navigate(address) {
  history.pushState({}, '', address);
  return render({});
}

function openOverlay(address, { list = [] } = {}) {
  history.pushState({ overlay: true }, '', address);
  return showOverlay(list);
}

const openFromGrid = (address, list) => (opensOverlay() ? openOverlay(address, { list }) : navigate(address));

async function showOverlay(list) {
  const mine = ++overlayTurn;
  const item = await itemOf(videoId());
  if (mine !== overlayTurn || !item) return;
  closeOverlay();
  const place = list.findIndex((one) => one.id === item.id);
  const next = place < 0 ? null : list[place + 1];
  const step = (by) => {
    const wanted = place < 0 ? null : list[place + by];
    if (!wanted) return;
    history.replaceState({ overlay: true }, '', pathOf(wanted));
    showOverlay(list);
  };
  const onClose = () => (history.state?.overlay ? history.back() : navigate(`/@${item.author.uniqueId}`));
  const mount = () => {
    overlay = setPanel(mountBrowse(document.getElementById('app'), item, { onClose, onStep: step, next }));
    overlay.remount = () => { overlay.destroy(); mount(); };
  };
  mount();
}

function closeOverlay() {
  overlay?.destroy();
  overlay = null;
  setPanel(null);
}

const videoId = () => VIDEO.exec(location.pathname)?.[1];

async function render(state) {
  const address = location.pathname + location.search;
  if (state.overlay && page) return showOverlay([]);
  const mine = ++pageTurn;
  overlayTurn += 1;
  closeOverlay();
  if (mounted === address) return undefined;
  page?.destroy();
  const empty = main.cloneNode(false);
  empty.removeAttribute('id');
  main.replaceWith(empty);
  main = empty;
  window.scrollTo(0, 0);
  mounted = address;
  const fresh = await build();
  if (mine === pageTurn) page = fresh;
  else fresh.destroy();
  return undefined;
}

function build() {
  const { pathname } = location;
  if (videoId()) {
    if (config.layout === 'g4' || config.unknown_layout) return videoPage(main, videoId());
    return showOverlay([]).then(() => {
      if (!overlay) main.append(h('div', { class: cls('DivErrorContainer') }, h('p', {}, 'Video currently unavailable')));
      return { destroy() {} };
    });
  }
  if (pathname === '/' || pathname === '/foryou' || pathname === '/en') return feedPage(main, { openOverlay });
  const handle = /^\/@([^/]+)$/.exec(pathname)?.[1];
  if (handle) return profilePage(main, decodeURIComponent(handle), { openFromGrid });
  const tag = /^\/tag\/([^/]+)$/.exec(pathname)?.[1];
  if (tag) return tagPage(main, decodeURIComponent(tag), { openFromGrid });
  if (pathname === '/login') return loginPage(main);
  if (pathname === '/search') return searchPage(main, new URLSearchParams(location.search).get('q') ?? '', { openFromGrid });
  main.append(h('div', { class: cls('DivErrorContainer') }, h('p', {}, "Couldn't find this page")));
  return Promise.resolve({ destroy() {} });
}
