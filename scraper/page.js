// What the scraper sees and does in a page, by name: evaluate `(<this file>)[name](argument)`.
// It scrolls, clicks and looks; it never asks TikTok for anything by itself. Selectors as of 2026-09.
({
  wall() {
    const shown = (selector) => [...document.querySelectorAll(selector)].some((element) => element.getClientRects().length > 0);
    const captcha = '#captcha-verify-container-main-page, .captcha-verify-container, #tiktok-verify-ele, #captcha_container, .captcha_verify_container, .secsdk-captcha-drag-icon';
    if (shown(captcha)) return 'captcha';
    if (location.pathname === '/login' || location.pathname.startsWith('/login/')) return 'login';
    if (document.querySelector('p#cs, p._wafchallengeid, #wci')) return 'challenge';
    if (shown('#loginContainer, [data-e2e="login-modal"]')) return 'login-modal';
    if (/^\s*access denied\s*$/i.test(document.title)) return 'denied';
    return null;
  },

  closeLogin() {
    const close = document.querySelector('[data-e2e="modal-close-inner-button"]');
    close?.click();
    return Boolean(close);
  },

  tiles() {
    const lists = document.querySelectorAll('[data-e2e="challenge-item-list"], [data-e2e="user-post-item-list"], [data-e2e="search_video-item-list"]');
    const within = lists.length ? [...lists] : [document.body];
    return within.flatMap((list) => [...list.querySelectorAll('a[href*="/video/"], a[href*="/photo/"]')]).map((link) => link.getAttribute('href'));
  },

  openTile(id) {
    const link = [...document.querySelectorAll('a[href*="/video/"], a[href*="/photo/"]')].find((one) => new RegExp(`/(?:video|photo)/${id}(?:$|[?#])`).test(one.getAttribute('href')));
    if (!link) return false;
    link.scrollIntoView({ block: 'center' });
    link.click(); // a mouse would hit the moving preview that lies over the link
    return true;
  },

  scrollPage(share) {
    const root = document.scrollingElement;
    window.scrollBy(0, Math.round(window.innerHeight * share));
    return { top: root.scrollTop, end: root.scrollHeight - window.innerHeight };
  },

  comments() {
    const text = (selector) => document.querySelector(selector)?.textContent?.trim() ?? '';
    return {
      rows: document.querySelectorAll('[data-e2e="comment-level-1"]').length,
      panel: Boolean(document.querySelector('[class*="DivCommentListContainer"], [class*="DivCommentMain"]')),
      message: text('[class*="DivErrorContainer"], [class*="NoComment"], [class*="EmptyComment"], [class*="CommentEmpty"]'),
    };
  },

  openComments() {
    const tab = [...document.querySelectorAll('[role="tab"]')].find((one) => one.getAttribute('aria-selected') !== 'true' && one.closest('[role="tablist"]')?.firstElementChild === one);
    const button = document.querySelector('[data-e2e="comment-icon"], [data-e2e="browse-comment-icon"]');
    (tab ?? button?.closest('button') ?? button)?.click();
    return Boolean(tab ?? button);
  },

  scrollComments(share) {
    let scroller = document.querySelector('[data-e2e="comment-level-1"]');
    for (; scroller && scroller !== document.body; scroller = scroller.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(scroller).overflowY) && scroller.scrollHeight > scroller.clientHeight) break;
    }
    if (!scroller) return null;
    const view = scroller === document.body ? document.scrollingElement : scroller;
    view.scrollTop += Math.round(view.clientHeight * share);
    return { top: view.scrollTop, end: view.scrollHeight - view.clientHeight };
  },

  // Threads now in the page, top to bottom: a key that stays while the page does, and whether replies can be opened.
  threads() {
    return this._threads().map(({ key, element }) => ({ key, opener: Boolean(this._opener(element)) }));
  },

  openReplies(key) {
    const thread = this._threads().find((one) => one.key === key);
    const opener = thread && this._opener(thread.element);
    if (!opener) return false;
    opener.scrollIntoView({ block: 'nearest' });
    opener.click();
    return true;
  },

  closeVideo() {
    const close = document.querySelector('[data-e2e="browse-close"]');
    close?.click();
    return Boolean(close);
  },

  refresh() {
    const button = [...document.querySelectorAll('[class*="DivErrorContainer"] button, [class*="DivCommentError"] button, [data-e2e="refresh"]')][0];
    button?.click();
    return Boolean(button);
  },

  skip() {
    const label = [...document.querySelectorAll('div.TUXButton-label')].find((one) => one.textContent.trim() === 'Skip');
    label?.closest('button')?.click();
    return Boolean(label);
  },

  _threads() {
    const all = [...document.querySelectorAll('[class*="DivCommentObjectWrapper"], [class*="DivCommentItemContainer"]')];
    const outer = all.filter((one) => !all.some((other) => other !== one && other.contains(one)));
    const tops = new Map(outer.map((one) => [one, one.getBoundingClientRect().top])); // a virtual list recycles its rows in any order
    outer.sort((one, other) => tops.get(one) - tops.get(other));
    const twins = new Map();
    return outer.map((element) => {
      const text = element.querySelector('[data-e2e="comment-level-1"]');
      const row = [...element.querySelectorAll('[id]')].find((one) => /^\d{17,20}$/.test(one.id));
      const author = [...element.querySelectorAll('a[href^="/@"]')].find((link) => !text?.contains(link))?.getAttribute('href') ?? '';
      const words = `${author}|${text?.textContent ?? ''}`;
      const nth = twins.get(words) ?? 0;
      twins.set(words, nth + 1);
      return { element, key: row ? row.id : `${words}|${nth}` };
    });
  },

  // The first thing in a thread that opens replies; "Hide" comes after it, and alone once all are shown.
  _opener(element) {
    const marked = element.querySelector('[data-e2e="view-more-1"], [data-e2e="view-more-2"]');
    return marked ?? element.querySelector('[class*="DivViewRepliesContainer"][role="button"], [class*="DivViewRepliesContainer"] [role="button"]:not([data-e2e="comment-hide"])');
  },
})
