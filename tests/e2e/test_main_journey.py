"""The main job: pair, read a thread in each layout, correct a grade, find it again after a restart."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from companion.intent import IntentModel
from tests.e2e.badges import badge_of, expected, right, seen, wrong
from tests.e2e.browser import browser, open_video
from tests.e2e.conftest import CAPTURE
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import Companion, pair, wait_until
from tests.replica import Layout, Replica, load_capture

pytestmark = pytest.mark.browser


@pytest.mark.shared
@pytest.mark.skipif(not CAPTURE.exists(), reason="the captures are not beside this checkout")
@pytest.mark.parametrize("layout", ["g4", "g2", "g1"])
def test_every_comment_of_a_captured_thread_carries_the_right_badge(
    layout: Layout, replica: Replica, running: Companion, extension: Path, model: IntentModel
) -> None:
    video = replica.add(load_capture(CAPTURE))
    wanted = expected(model, video)
    with browser(extension, replica) as context:
        pair(context, running)
        page = context.new_page()
        open_video(page, replica, video, layout)
        reader = ShadowReader(page)
        top = seen(next(comment.text for comment in video.comments if comment.text))
        wait_until(page, lambda: top in right(reader, wanted), what="the badge of the first comment")
        met: set[str] = set()
        for _ in range(40):  # rows are read as they come near, and the virtual list holds only a part of them
            page.wait_for_timeout(250)
            assert wrong(reader, wanted) == []
            met |= right(reader, wanted)
            if met == set(wanted):
                break
            page.locator('[data-e2e="comment-level-1"]').last.hover()
            page.mouse.wheel(0, 300)
    assert met == set(wanted)


def test_a_correction_replaces_the_grade_and_outlives_a_restart(
    replica: Replica, running: Companion, extension: Path, tmp_path: Path
) -> None:
    video = next(iter(replica.videos.values()))
    text = seen(video.comments[0].text)
    profile = tmp_path / "profile"
    with browser(extension, replica, profile=profile) as context:
        pair(context, running)
        page = context.new_page()
        open_video(page, replica, video, "g2")
        reader = ShadowReader(page)
        wait_until(page, lambda: badge_of(reader, text, "of 10"), what="the first badge")
        first = badge_of(reader, text, "of 10")
        assert first
        reader.click(first.element)
        reader.one("[role=dialog]")
        page.keyboard.press("9")
        wait_until(page, lambda: badge_of(reader, text, "9 of 10, your grade"), what="the corrected badge")
    running.stop()
    with closing(sqlite3.connect(running.database)) as database:
        stored = database.execute("SELECT text, grade, source, comment_id FROM label_event").fetchall()
    assert stored == [(video.comments[0].text, 9, "badge", video.comments[0].cid)]
    running.start()
    with browser(extension, replica, profile=profile) as context:
        page = context.new_page()
        open_video(page, replica, video, "g2")
        reader = ShadowReader(page)
        wait_until(page, lambda: badge_of(reader, text, "9 of 10, your grade"), what="the corrected badge after a restart")
