// What stands between a reader and the page. The server says what stands; only a person does it away.
import { config } from './config.js';
import { cls } from './names.js';
import { h } from './dom.js';
import { loginForm, personDid } from './login.js';
import { setHidden } from './visible.js';

const POLL_MS = 250;
const PICTURE = '/media/tiktokcdn/photo/captcha.svg';

const shown = new Map(); // name -> what takes it off the page
const awaited = new Set();
const waiting = new Map(); // name -> callbacks for when it is gone
let polling = 0;

/** Take over what the server says: `{name: ms until it shows}`. */
export function notice(standing) {
  for (const [name, ms] of Object.entries(standing)) {
    if (shown.has(name) || awaited.has(name) || !(name in SHOWS)) continue;
    awaited.add(name);
    setTimeout(() => { awaited.delete(name); show(name); }, ms);
  }
}

/** Resolves when a person did the obstacle away. */
export function whenGone(name) {
  return new Promise((resolve) => {
    waiting.set(name, [...(waiting.get(name) ?? []), resolve]);
    notice({ [name]: 0 });
  });
}

function show(name) {
  if (shown.has(name)) return;
  shown.set(name, SHOWS[name](() => hide(name)));
  if (!polling) polling = setInterval(look, POLL_MS);
}

function hide(name) {
  shown.get(name)?.();
  shown.delete(name);
}

async function look() {
  const standing = await fetch('/replica/obstacles').then((answer) => answer.json(), () => null);
  if (!standing) return;
  for (const name of new Set([...shown.keys(), ...waiting.keys()])) {
    if (name in standing) continue;
    hide(name);
    for (const resolve of waiting.get(name) ?? []) resolve();
    waiting.delete(name);
  }
  if (shown.size === 0 && waiting.size === 0) { clearInterval(polling); polling = 0; }
}

function modal(attributes, ...children) {
  const root = h('div', { class: cls('DivModalLayer') },
    h('div', { class: 'TUXModal-overlay' }), h('div', { role: 'dialog', ...attributes }, ...children));
  document.body.append(root);
  return () => root.remove();
}

function captcha(close) {
  if (config.captcha === 'old') {
    return modal({ id: 'tiktok-verify-ele', class: 'captcha_verify_container' },
      h('div', { id: 'captcha_container' }, h('p', {}, 'Verify to continue:'), h('p', {}, 'Click on the shapes with the same size'),
        h('button', { id: 'verify-bar-close', on: { click: close } }, '✕'),
        h('button', { class: 'secsdk-captcha-drag-icon', 'aria-label': 'Drag', on: { click: () => personDid('captcha') } }, '→')));
  }
  return modal({ class: 'TUXModal captcha-verify-container', 'data-width': 'small' },
    h('div', { id: 'captcha-verify-container-main-page', 'aria-modal': 'true' },
      h('p', {}, 'Drag the slider to fit the puzzle'),
      h('button', { id: 'captcha_close_button', 'aria-label': 'Close', on: { click: close } }, '✕'),
      h('img', { alt: 'Captcha', src: PICTURE }), h('img', { alt: 'Captcha', src: PICTURE }),
      h('button', { id: 'captcha_slide_button', 'aria-label': 'Slide', on: { click: () => personDid('captcha') } }, '→'),
      h('button', { id: 'captcha_refresh_button', 'aria-label': 'Refresh' }, '↻')));
}

const login = (closable) => () => modal({ class: 'TUXModal', 'data-e2e': 'login-modal' },
  h('div', { id: 'loginContainer' }, h('h2', {}, 'Log in to TikTok'),
    closable ? h('button', { e2e: 'modal-close-inner-button', 'aria-label': 'Close', on: { click: () => personDid('login_closable') } }, '✕') : null,
    loginForm(() => personDid('login')),
    closable ? h('a', { href: '#guest', on: { click: (event) => { event.preventDefault(); event.stopPropagation(); personDid('login_closable'); } } }, 'Continue as guest') : null));

const SHOWS = {
  captcha,
  login: login(false),
  login_closable: login(true),
  hidden_window() { setHidden(true); return () => setHidden(false); },
};
