// Logging in, as a page and inside the modal. Sending the form stands for a person who logs in.
import { cls } from './names.js';
import { h } from './dom.js';

const LOOK_MS = 400;

/** Tell the server that a person did an obstacle away. */
export const personDid = (name) => fetch(`/replica/obstacles/${name}/gone`, { method: 'POST' });

export function loginForm(onSend) {
  return h('form', { class: cls('FormLogin'), on: { submit: (event) => { event.preventDefault(); onSend(); } } },
    h('input', { name: 'username', type: 'text', placeholder: 'Email or username', autocomplete: 'off' }),
    h('input', { type: 'password', placeholder: 'Password', autocomplete: 'off' }),
    h('button', { type: 'submit', e2e: 'login-button', class: 'TUXButton TUXButton--primary' }, 'Log in'));
}

/** The page of its own. It leads back when the form is sent, and when the wall went in another way. */
export function loginPage(main) {
  const wanted = new URLSearchParams(location.search).get('redirect_url') ?? '/foryou';
  const leave = () => location.assign(wanted.startsWith('/') ? wanted : '/foryou');
  const stands = () => fetch('/replica/obstacles').then((answer) => answer.json()).then((all) => 'login_wall' in all, () => true);
  const look = setInterval(async () => { if (!await stands()) leave(); }, LOOK_MS);
  main.append(h('div', { id: 'loginContainer', class: cls('DivLoginContainer') }, h('h2', {}, 'Log in to TikTok'),
    loginForm(async () => { await personDid('login'); leave(); })));
  return Promise.resolve({ destroy() { clearInterval(look); } });
}
