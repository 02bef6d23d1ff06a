"""What the extension costs the page it stands on, and how fast its popup shows.

Every figure is the extension's own: the same synthetic thread is read in the replica to its end with and without
it, and what is left after subtraction is ours. With it, a real companion grades every comment.

- *Main thread*: processor time, so that other programs do not count, from the page's opening until 500 badges stand
  and say their grade: the extension's functions, and promise continuations, style and layout with the extension less
  without it. Not in it: painting, garbage collection, and the worker, which has a process of its own. The median of
  three readings each.
- *Memory*: what is live after forced garbage collection, grown since the first comments: JavaScript values, and also
  elements, styles and boxes, plus the worker's. In the drawer, where every row stays in the page.
- *Layout shift*: every entry that the browser reports, in each layout, the largest difference. Where the page's own
  rows shift while it scrolls (the virtual list of g2), only what happens before that.
- *Popup*: first contentful paint of its page, opened as a tab, by the browser's own clock.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

from playwright.sync_api import BrowserContext

from bench.long_thread import Reading, read
from bench.table import Row
from bench.worker_memory import WorkerMemory
from tests.e2e.browser import browser
from tests.e2e.stack import EXTENSION, companion, extension_page, pair
from tests.replica import Layout, Replica, Video, synthetic_video

BADGES = 500
LONG = 5_000
SHORT = 100
ROUNDS = 3
POPUPS = 5
POLL_MS = 50
SHIFT_DIGITS = 4

FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint').map((entry) => entry.startTime)[0]"


def rows() -> list[Row]:
    """All lines of this module; about ten minutes on two quiet cores."""
    layouts: tuple[Layout, ...] = get_args(Layout)
    with Replica() as replica:
        middle, long, short = (replica.add(synthetic_video(count, seed=seed)) for seed, count in enumerate((BADGES, LONG, SHORT), 1))
        with browser(None, replica) as context:
            plain = [read(context, replica, middle, "g4", ours=False, timed=True) for _ in range(ROUNDS)]
            plain_long = read(context, replica, long, "g4", ours=False)
            plain_short = {layout: read(context, replica, short, layout, ours=False) for layout in layouts}
        with paired_browser(replica) as context:
            popup = _popup(context)
            ours = [read(context, replica, middle, "g4", ours=True, timed=True) for _ in range(ROUNDS)]
            ours_short = {layout: read(context, replica, short, layout, ours=True) for layout in layouts}
            memory = _memory(context, replica, long, plain_long)
    shifts = {layout: _shift_caused(ours_short[layout], plain_short[layout]) for layout in layouts}
    return [_time(ours, plain), memory, _shift(shifts), popup]


@contextmanager
def paired_browser(replica: Replica) -> Iterator[BrowserContext]:
    """Chromium with the extension, paired with a companion that has an empty workspace."""
    with tempfile.TemporaryDirectory() as folder, companion(Path(folder)) as running, browser(EXTENSION, replica) as context:
        pair(context, running)
        yield context


def _time(ours: list[Reading], plain: list[Reading]) -> Row:
    script = _median(ours, "ours") + _median(ours, "continuations") - _median(plain, "continuations")
    style, layout = (_median(ours, kind) - _median(plain, kind) for kind in ("style", "layout"))
    total = script + style + layout
    figure = f"{total:.0f} ms (script {script:.0f}, style {style:.0f}, layout {layout:.0f})"
    return Row(f"main thread for {min(one.badges for one in ours)} graded badges", figure, "<= 200 ms", total <= 200)


def _median(readings: list[Reading], kind: str) -> float:
    return statistics.median(float(getattr(one.time, kind)) for one in readings)


def _memory(context: BrowserContext, replica: Replica, video: Video, plain: Reading) -> Row:
    worker = WorkerMemory(context)
    before = worker.mb()
    ours = read(context, replica, video, "g4", ours=True)
    kept = worker.mb() - before
    values, elements = ours.grown.values - plain.grown.values, ours.grown.elements - plain.grown.elements
    total = values + elements + kept
    figure = f"{total:.1f} MB (values {values:.1f}, elements {elements:.1f}, worker {kept:.1f})"
    what = f"memory for {ours.rows:,} comments scrolled to the end"
    return Row(what, figure, "<= 30 MB", total <= 30 and ours.rows == plain.rows == len(video.comments))


def _shift_caused(ours: Reading, plain: Reading) -> float:
    return ours.shift if plain.shift == 0 else ours.shift_opened - plain.shift_opened


def _shift(shifts: dict[Layout, float]) -> Row:
    worst = max(shifts, key=lambda layout: shifts[layout])
    caused = round(max(0.0, shifts[worst]), SHIFT_DIGITS)
    figure = f"{caused:.{SHIFT_DIGITS}f} ({', '.join(sorted(shifts)) if caused == 0 else worst})"
    return Row("cumulative layout shift caused", figure, "0", caused == 0)


def _popup(context: BrowserContext) -> Row:
    times = []
    for _ in range(POPUPS):
        page = extension_page(context, "popup")
        while (painted := page.evaluate(FIRST_PAINT)) is None:
            page.wait_for_timeout(POLL_MS)
        times.append(float(painted))
        page.close()
    median = statistics.median(times)
    figure = f"{median:.0f} ms (median of {POPUPS}, slowest {max(times):.0f})"
    return Row("popup's first paint with content", figure, "<= 100 ms", median <= 100)
