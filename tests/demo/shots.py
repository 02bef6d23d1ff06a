"""Pictures of the product at work: badges read, a popover open, the panel unfolded."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from tests.demo.scene import Scene
from tests.e2e.badges import SeenBadge, seen_badges
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import wait_until
from tests.replica import Layout, Video

SIZE: ViewportSize = {"width": 1280, "height": 800}
PENDING = "Buying intent: being read…"
PATIENCE_SECONDS = 60.0
SETTLE_MS = 600
"""Fonts, fades and the panel's next redraw."""

PANEL_PILL = "button.pill"
REASONS = ".why h3"
PROBLEM = ".why .problem"
TRIES = 3
RETRY_MS = 10_000
"""By then the extension has looked for the companion again."""

_LEVEL = re.compile(r"^Buying intent (\d+) of 10")


def shoot(page: Page, path: Path, *, whole: bool = False) -> Path:
    """Write what the window shows, or the `whole` page, one image pixel a CSS pixel, and return where."""
    page.wait_for_timeout(SETTLE_MS)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=whole, animations="disabled", scale="css")
    return path


def shoot_video(stage: Scene, layout: Layout, path: Path, *, popover: bool = True, panel: bool = True) -> Path:
    """The demonstration's video in `layout`, its visible comments graded; optionally why a likely buyer is one, and the panel."""
    page = stage.show(layout)
    page.set_viewport_size(SIZE)
    reader = ShadowReader(page)
    wait_until(page, lambda: graded(reader), PATIENCE_SECONDS, "a grade on every visible comment")
    if panel:
        reader.click(reader.one(PANEL_PILL))
    if popover:
        _open_popover(page, reader, stage.video)
    page.mouse.move(SIZE["width"] / 2, 4)  # no hover colour in the picture
    shoot(page, path)
    page.close()
    return path


def graded(reader: ShadowReader) -> bool:
    """Whether every badge in the window says a grade."""
    shown = _in_window(reader)
    return bool(shown) and all(badge.name != PENDING for badge in shown)


def likely_buyer(reader: ShadowReader, video: Video) -> SeenBadge:
    """The badge in the window with the highest grade, the creator's own aside; AssertionError where none has a number."""
    own = {" ".join(comment.text.split()) for comment in video.comments if comment.user.handle == video.creator.handle}
    others = [badge for badge in _in_window(reader) if " ".join(badge.comment.split()) not in own]
    levels = [(int(found[1]), badge) for badge in others if (found := _LEVEL.match(badge.name))]
    assert levels, "no badge in the window shows a grade"
    return max(levels, key=lambda pair: pair[0])[1]


def _open_popover(page: Page, reader: ShadowReader, video: Video) -> None:
    """Open a likely buyer's popover and wait for the reasons; on a busy machine they may need another try."""
    for left in reversed(range(TRIES)):
        reader.click(likely_buyer(reader, video).element)
        wait_until(page, lambda: bool(reader.all(REASONS) or reader.all(PROBLEM)), PATIENCE_SECONDS, "the explanation")
        if reader.all(REASONS):
            return
        said = reader.one(PROBLEM).text
        assert left, f"no explanation in {TRIES} tries: {said}"
        page.keyboard.press("Escape")
        page.wait_for_timeout(RETRY_MS)


def _in_window(reader: ShadowReader) -> list[SeenBadge]:
    middles = [(badge, badge.element.box.y + badge.element.box.height / 2) for badge in seen_badges(reader)]
    return [badge for badge, y in middles if 0 < y < SIZE["height"] and badge.element.box.width > 0]
