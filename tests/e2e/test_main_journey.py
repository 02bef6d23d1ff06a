"""The main job: pair, read a thread in each layout, correct a grade, find it again after a restart."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from companion.intent import Context, IntentModel, Item
from tests.e2e.badges import SeenBadge, expected_name, seen_badges
from tests.e2e.browser import browser, open_video
from tests.e2e.conftest import CAPTURE
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import Companion, pair, wait_until
from tests.replica import Layout, Replica, Video, load_capture

pytestmark = pytest.mark.browser

PENDING = "Buying intent: being read…"


def expected(model: IntentModel, video: Video) -> dict[str, str]:
    """Accessible name of the badge by comment text, for every comment and shown reply of a thread."""
    texts = [(c.text, "") for c in video.comments] + [(r.text, c.text) for c in video.comments for r in c.replies]
    items = [Item(text, Context(video.caption, video.hashtags, "", parent)) for text, parent in texts]
    return {seen(text): expected_name(said) for (text, _), said in zip(texts, model.read(items), strict=True) if text}


def seen(text: str) -> str:
    """A comment as the page renders it: white space collapsed."""
    return " ".join(text.split())


def wrong(reader: ShadowReader, wanted: dict[str, str]) -> list[tuple[str, str]]:
    """Badges that say something else than they must; one that is still being read says nothing yet."""
    said = [(seen(badge.comment), badge.name) for badge in seen_badges(reader)]
    return [(text, name) for text, name in said if name != PENDING and wanted.get(text) != name]


def right(reader: ShadowReader, wanted: dict[str, str]) -> set[str]:
    return {text for badge in seen_badges(reader) if wanted.get(text := seen(badge.comment)) == badge.name}


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


def badge_of(reader: ShadowReader, text: str, says: str) -> SeenBadge | None:
    return next((badge for badge in seen_badges(reader) if seen(badge.comment) == text and says in badge.name), None)
