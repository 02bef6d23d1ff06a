// window.replica: what a test may do to the open page that a reader or TikTok's own code could do.
import { currentPanel } from './panel.js';
import { navigate } from './router.js';

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

function rowAt(index) {
  const row = currentPanel().rows()[index];
  if (!row) throw new RangeError(`row ${index} is not on the page; there are ${currentPanel().rows().length}`);
  return row;
}

export const helpers = {
  navigate,

  /** "light" or "dark", as the site's own switch sets it. */
  setTheme(theme) {
    for (const name of ['data-theme', 'data-tux-color-scheme']) document.documentElement.setAttribute(name, theme);
  },

  /** Rows on the page, in order: what they show and whose comment they are bound to. */
  rows: () => currentPanel().rows().map(({ comment, element }) => ({
    cid: comment.cid, handle: comment.user.unique_id, text: comment.text, level: comment.reply_id === '0' ? 1 : 2, connected: element.isConnected,
  })),

  /** Change the shown text of one row in place; its comment stays the same. */
  changeText: (index, text) => rowAt(index).setText(text),

  /** Bind row `i` to the comment of row `j`, as a list does that reuses its elements. */
  reuseRow: (i, j) => { rowAt(i).bind(rowAt(j).comment); },

  /** Throw the comment panel away and build it again. */
  remountPanel: () => currentPanel().remount(),

  /** Scroll in reader's steps until no more comments come; resolves to the number of threads. */
  async scrollToEnd() {
    const { feed, scroller } = currentPanel();
    const left = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    while (feed.hasMore || left() > 2) {
      scroller.scrollTop += scroller.clientHeight * 0.8;
      await frame();
      if (feed.loading && left() < scroller.clientHeight) await feed.loading;
    }
    await frame();
    return feed.threads.length;
  },

  /** Open the next replies of thread `index`, as a click on its opener does. */
  loadReplies(index) {
    const { feed } = currentPanel();
    return feed.loadReplies(feed.threads[index]);
  },
};
