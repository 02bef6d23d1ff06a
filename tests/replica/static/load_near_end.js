// Ask for the next page when a scroller comes near its end, as a reader would make it do.
import { config } from './config.js';

const NEAR = 500;

export function loadNearEnd(scroller, feed, onAsk = () => {}) {
  let before = 0;
  let height = scroller.scrollHeight;
  scroller.addEventListener('scroll', () => {
    const moved = Math.abs(scroller.scrollTop - before);
    before = scroller.scrollTop;
    const shrunk = scroller.scrollHeight < height; // rows drawn late pull the end up, and the position with it
    height = scroller.scrollHeight;
    if (config.scroll_jumps === 'ignored' && (shrunk || moved > scroller.clientHeight)) return;
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR) { feed.loadMore(); onAsk(); }
  }, { passive: true });
}
