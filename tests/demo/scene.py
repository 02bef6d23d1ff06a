"""A stage for the product: a companion with a temporary workspace, the replica, Chromium with the paired extension."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from tests.e2e.browser import browser, open_video
from tests.e2e.stack import EXTENSION, Companion, companion, pair
from tests.replica import Layout, Replica, Video

VIDEO = "clip-lamp"
"""The invented video with the longest thread: price, fit, delivery and doubts all occur in it."""


@dataclass(frozen=True)
class Scene:
    """What runs: the companion, the invented site, and the browser that shows it."""

    companion: Companion
    replica: Replica
    context: BrowserContext

    @property
    def video(self) -> Video:
        """The video that demonstrations open."""
        return self.replica.videos[VIDEO]

    def show(self, layout: Layout) -> Page:
        """Open the video in `layout` as a new tab, at its first comments."""
        page = self.context.new_page()
        open_video(page, self.replica, self.video, layout)
        return page


@contextmanager
def scene(*, headless: bool, dark: bool = False, paired: bool = True, fixed_size: bool = True) -> Iterator[Scene]:
    """Yield the running product; everything it stored is deleted at the end.

    `fixed_size` keeps pages at the tests' size; else they follow their window, as a person expects.

    Raises:
        FileNotFoundError: the extension is not built; the message says how to build it.
    """
    if not (EXTENSION / "manifest.json").is_file():
        raise FileNotFoundError(f"the extension is not built: {EXTENSION} holds no manifest.json; run `make demo`, which builds it first")
    with (
        tempfile.TemporaryDirectory(prefix="buysignal-demo-") as folder,
        Replica() as replica,
        companion(Path(folder)) as running,
        browser(EXTENSION, replica, dark=dark, headless=headless, fixed_size=fixed_size) as context,
    ):
        if paired:
            pair(context, running)
        yield Scene(running, replica, context)
