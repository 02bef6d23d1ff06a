"""A synthetic comment thread opened in the replica and scrolled to its end, with or without the extension."""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import BrowserContext

from bench.page_meter import Memory, Meter
from bench.thread_time import ThreadTime
from tests.e2e.browser import wait_for_comments
from tests.replica import Layout, Replica, Video

# Two screens on, which leaves no row outside the extension's window of three; then two frames, in which the page
# and the extension notice. Says whether the end was reached: nothing more came within a second.
STEP = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  let scroller = document.querySelector('[data-e2e="comment-level-1"]');
  while (scroller && !(scroller.scrollHeight > scroller.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(scroller).overflowY)))
    scroller = scroller.parentElement;
  const before = scroller.scrollTop;
  for (let wait = 0; wait < 20; wait += 1) {
    scroller.scrollTop = before + 2 * scroller.clientHeight;
    await frame();
    await frame();
    if (scroller.scrollTop > before) return false;
    await new Promise((done) => setTimeout(done, 50));
  }
  return true;
}"""

ROWS = """document.querySelectorAll('[data-e2e="comment-level-1"]').length"""

# [badges that say a grade, badges] among the last `count` of the page, or only those of them on screen; only the
# extension's own world can see them.
BADGES = """((count, onScreen) => {
  const said = [];
  for (const host of [...document.querySelectorAll('span[data-theme]')].slice(-count)) {
    const { top, bottom } = host.getBoundingClientRect();
    const root = chrome.dom.openOrClosedShadowRoot(host);
    const button = root && root.querySelector('button[aria-haspopup=dialog]');
    if (button && (!onScreen || (bottom > 0 && top < innerHeight))) said.push(!button.ariaLabel.startsWith('Buying intent:'));
  }
  return [said.filter(Boolean).length, said.length];
})"""

NEAR = 60
"""Rows from the end of the page among which those on screen are, with room to spare."""

PATIENCE_SECONDS = 60
POLL_MS = 100
SETTLE_MS = 2000
"""The panel's and the popup's counts come up to a second after the last grade."""


@dataclass(frozen=True)
class Reading:
    """One thread read to its end.

    Attributes:
        rows: comments in the page at the end.
        badges: those of them that carry a badge which says a grade.
        time: the main thread's, from opening the page on; zero unless timed.
        grown: memory grown from the first comments on, MB.
        shift_opened: layout shift until the first comments stood, graded.
        shift: layout shift in all.
    """

    rows: int
    badges: int
    time: ThreadTime
    grown: Memory
    shift_opened: float
    shift: float


def read(context: BrowserContext, replica: Replica, video: Video, layout: Layout, *, ours: bool, timed: bool = False) -> Reading:
    """Open `video`, scroll to its end at a reader's pace, measure.

    `ours` says that the extension is loaded and paired: then each screen's grades are waited for, as a reader would.
    """
    replica.configure(layout=layout)
    meter = Meter(context, timed=timed)
    meter.page.goto(replica.url(video.path))
    wait_for_comments(meter.page)
    before = meter.memory()
    if ours:
        _wait_for_grades(meter)
    meter.page.wait_for_timeout(SETTLE_MS)
    opened = meter.shift()
    while not meter.page.evaluate(STEP):
        if ours:
            _wait_for_grades(meter)
    meter.page.wait_for_timeout(SETTLE_MS)
    spent, grown, shift = meter.time(), meter.memory() - before, meter.shift()
    rows = int(meter.page.evaluate(ROWS))
    badges = meter.in_extension(f"{BADGES}({rows}, false)")[0] if ours else 0
    meter.page.close()
    return Reading(rows, badges, spent, grown, opened, shift)


def _wait_for_grades(meter: Meter) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        graded, badges = meter.in_extension(f"{BADGES}({NEAR}, true)")
        if graded == badges > 0:
            return
        if time.monotonic() > deadline:
            raise TimeoutError(f"{badges - graded} comments on screen stayed without a grade for {PATIENCE_SECONDS} s")
        meter.page.wait_for_timeout(POLL_MS)
