"""Which videos are due for a second look at their counters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.store import Store, clock, creators, keeping, tasks, videos
from companion.store import runs as runs_store
from companion.store.creators import Creator
from companion.store.refreshing import Watched, watched
from companion.store.runs import Run
from companion.store.tasks import Wanted
from companion.store.videos import Metric, Video
from scraper.refresh_plan import HOUR, LATEST, OFFSETS, Due, due, next_due

NOW = 1_800_000_000_000


def seen(ago: int, visited_ago: int | None = None, ident: str = "1") -> Watched:
    return Watched(ident, "brightbuys", NOW - ago, None if visited_ago is None else NOW - visited_ago)


@pytest.mark.parametrize(
    ("ago", "visited_ago", "offset"),
    [
        (HOUR - 1, None, None),
        (HOUR, None, HOUR),
        (2 * HOUR, None, HOUR),
        (2 * HOUR + 1, None, None),  # missed by more than its own length
        (6 * HOUR, None, 6 * HOUR),
        (90 * 60_000, 90 * 60_000, HOUR),  # visited when it was found, not since
        (90 * 60_000, 20 * 60_000, None),
        (5 * clock.DAY, 4 * clock.DAY, 3 * clock.DAY),  # one visit for the first day's three
        (5 * clock.DAY, 2 * clock.DAY, None),
        (40 * clock.DAY, 12 * clock.DAY, 30 * clock.DAY),
        (61 * clock.DAY, None, None),
    ],
)
def test_the_latest_moment_that_has_passed_counts(ago: int, visited_ago: int | None, offset: int | None) -> None:
    assert [one.offset for one in due([seen(ago, visited_ago)], NOW)] == ([] if offset is None else [offset])


def test_the_moment_that_passes_away_soonest_comes_first() -> None:
    found = due([seen(40 * clock.DAY, ident="month"), seen(90 * 60_000, ident="hour"), seen(7 * HOUR, ident="six")], NOW)
    assert [one.video_id for one in found] == ["hour", "six", "month"]
    assert found[0] == Due("hour", "brightbuys", HOUR, 30 * 60_000)


def test_it_says_when_the_next_one_becomes_due() -> None:
    assert next_due([seen(2 * HOUR), seen(23 * HOUR, ident="2")], NOW) == NOW + HOUR
    assert next_due([seen(31 * clock.DAY)], NOW) is None


@given(st.integers(0, LATEST + clock.DAY), st.integers(0, LATEST))
def test_a_visit_now_serves_all_that_has_passed(ago: int, visited_ago: int) -> None:
    assert due([seen(ago, 0)], NOW) == []
    for one in due([seen(ago, visited_ago)], NOW):
        assert one.offset in OFFSETS
        assert 0 <= one.late <= one.offset


def test_the_store_tells_when_each_was_first_and_last_looked_at(store: Store) -> None:
    with store.writing() as connection:
        creators.save(connection, [Creator("tiktok", "77", handle="brightbuys")], 1000)
        for ident, first in (("a", 1000), ("b", 2000), ("c", 3000), ("gone", 2500), ("over", 2600)):
            videos.save(connection, [Video("tiktok", ident, creator_id="77" if ident == "a" else None)], first)
        videos.save(connection, [Video("sample", "s")], 2000)
        videos.measure(connection, [Metric("tiktok", "a", 1000, plays=1), Metric("tiktok", "a", 5000, plays=2)])
        videos.mark_missing(connection, "tiktok", "gone", 4000)
        keeping.set_until(connection, "video", "tiktok", {"over"}, 5500)
        runs_store.start(connection, Run("r1", "refresh", (), 1000, 1000))
        tasks.add(connection, "r1", [Wanted("refresh", "b"), Wanted("refresh", "c")])
        first = tasks.of_run(connection, "r1")[0]
        tasks.end(connection, first.id, "done", "", 6000)
    with store.reading() as connection:
        assert watched(connection, "tiktok", 0, 9000) == [
            Watched("a", "brightbuys", 1000, 5000),
            Watched("b", "", 2000, 6000),
            Watched("c", "", 3000, None),
        ]
        assert [one.id for one in watched(connection, "tiktok", 2000, 2999)] == ["b", "over"]
