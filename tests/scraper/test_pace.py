"""The pace: within its bounds, never faster than its bucket, never faster after trouble."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scraper.config import Pace
from scraper.pace import Pacer

PACE = Pace()


def paced(seed: int) -> Pacer:
    return Pacer(PACE, random.Random(seed))  # noqa: S311


@given(seed=st.integers(0, 10_000), thinking=st.lists(st.floats(0, 30), min_size=30, max_size=60))
def test_steps_wait_four_seconds_at_least_and_the_bucket_holds_over_any_minute(seed: int, thinking: list[float]) -> None:
    pacer, now, acted = paced(seed), 0.0, []
    for seconds in thinking:
        wait = pacer.step(now)
        assert wait >= PACE.step[0]
        now += wait
        acted.append(now)
        now += seconds
    for moment in acted:
        assert sum(moment <= other < moment + 60 for other in acted) <= PACE.burst + PACE.actions_per_minute + 1


@given(seed=st.integers(0, 10_000), spent=st.lists(st.floats(0, 200), min_size=2, max_size=20))
def test_videos_are_opened_forty_five_seconds_apart_at_least(seed: int, spent: list[float]) -> None:
    pacer, now, opened = paced(seed), 1000.0, []
    for seconds in spent:
        now += pacer.video(now)
        opened.append(now)
        now += seconds
    gaps = [later - earlier for earlier, later in pairwise(opened)]
    assert all(gap >= PACE.video[0] - 1e-6 for gap in gaps)
    assert pacer.video(now + 1000) == 0.0, "a long stay needs no further pause"


def test_pauses_differ_from_one_another() -> None:
    pacer = paced(1)
    assert len({round(pacer.step(minute * 60.0), 2) for minute in range(20)}) > 10


@given(slowness=st.floats(1, 8))
def test_slowness_makes_every_pause_longer(slowness: float) -> None:
    usual, slow = paced(3), paced(3)
    slow.slowness = slowness
    assert slow.step(0.0) >= usual.step(0.0)
    assert slow.video(0.0) == usual.video(0.0) == 0.0
    assert slow.video(0.0) >= usual.video(0.0) >= PACE.video[0]
