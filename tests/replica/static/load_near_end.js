// Ask for the next page when a scroller comes near its end, as a reader would make it do.

const NEAR = 500;

export function loadNearEnd(scroller, feed) {
  scroller.addEventListener('scroll', () => {
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR) feed.loadMore();
  }, { passive: true });
}
