"""Counters are consistent in themselves and broken only where the world says so, however it is watched."""

import numpy as np
import pytest

from companion.quality.simulator import GLITCHES, Mode, Watching, observe, rules, watching_grid
from companion.quality.simulator.counters import PUBLIC, rounded
from companion.quality.simulator.watching import HOUR_MS
from tests.companion.quality.simulator.scene import CLEAR, events, hour_of


def test_true_counters_never_fall(past):
    for counter in past.history.counters.values():
        assert (np.diff(counter, axis=0) >= 0).all()


def test_without_noise_a_read_counter_falls_only_in_a_declared_glitch(world):
    falls = 0
    for video in world.videos:
        hours = (video.snapshots.at - rules.START_MS) // HOUR_MS
        broken = [e for e in video.events if e.kind in GLITCHES]
        for name in PUBLIC:
            for i in np.flatnonzero(np.diff(getattr(video.snapshots, name)) < 0):
                assert any(e.start <= hours[i + 1] and hours[i] < e.end for e in broken), (video.id, name, hours[i])
                falls += 1
    assert falls > 0, "this world should hold a fall, or the test says nothing"


def test_a_frozen_counter_stands_still_and_catches_up(past):
    world = observe(past, CLEAR)
    checked = 0
    for video, event in events(world, "frozen"):
        hours = (video.snapshots.at - rules.START_MS) / HOUR_MS
        within = (hours >= event.start + 1) & (hours < event.end - 1)
        if any(e.kind == "fallen" for e in video.events) or within.sum() < 2:
            continue
        assert np.ptp(video.snapshots.views[within]) == 0
        checked += 1
    assert checked > 0


def test_nobody_likes_shares_or_saves_more_often_than_there_were_views(past):
    counters = past.history.counters
    for name in ("likes", "shares", "saves"):
        assert (counters[name] <= counters["views"]).all()
    assert (counters["asks"] <= counters["comments"]).all()


def test_a_deleted_video_is_read_and_counted_no_more(world):
    gone = events(world, "deleted")
    assert gone
    for video, event in gone:
        assert not len(video.snapshots) or hour_of(int(video.snapshots.at[-1])) < event.start
        assert (video.modes[event.start :] == Mode.GONE).all()
        assert len(np.unique(world.history.counters["views"][event.start :, video.index])) == 1


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (0, 0),
        (9_999, 9_999),
        (10_049, 10_000),
        (38_884, 38_900),
        (402_451, 402_500),
        (999_949, 999_900),
        (999_950, 1_000_000),
        (1_585_253, 1_600_000),
        (1_100_223_344, 1_100_000_000),
    ],
)
def test_numbers_are_rounded_as_the_site_rounds_them(exact, shown):
    assert rounded(np.array([exact])).tolist() == [shown]


def test_rounding_never_turns_a_rise_into_a_fall():
    values = np.unique(
        np.concatenate([np.arange(9_900, 10_200), np.arange(999_000, 1_060_000, 7), np.geomspace(1, 4e9, 5_000).astype(np.int64)])
    )
    assert (np.diff(rounded(values)) >= 0).all()


def test_the_grid_watches_one_world_better_and_worse():
    worlds = list(watching_grid(2, noises=(0, 2), missing=(0, 0.5), videos=300, days=20))
    assert [(w.watching.noise, w.watching.missing) for w in worlds] == [(0, 0), (0, 0.5), (2, 0), (2, 0.5)]
    assert len({id(w.history) for w in worlds}) == 1
    seen = [sum(len(v.snapshots) for v in w.videos) for w in worlds]
    assert seen[1] / seen[0] == pytest.approx(0.5, abs=0.08)
    assert seen[3] / seen[2] == pytest.approx(0.5, abs=0.08)


def test_noise_makes_read_counters_contradict_each_other_and_without_it_they_do_not(past):
    def falls(noise):
        world = observe(past, Watching(noise, 0))
        return sum(int((np.diff(v.snapshots.views) < 0).sum()) for v in world.videos)

    assert falls(0) < falls(1) < falls(4)


def test_visits_are_irregular_in_order_and_of_another_rhythm_for_each_video(world):
    rhythm = [float(np.median(np.diff(v.snapshots.at))) / HOUR_MS for v in world.videos if len(v.snapshots) > 5]
    assert all((np.diff(v.snapshots.at) > 0).all() for v in world.videos)
    assert np.quantile(rhythm, 0.1) < 4
    assert np.quantile(rhythm, 0.9) > 12


@pytest.mark.parametrize(("noise", "missing"), [(-1, 0), (float("nan"), 0), (1, 1.0), (1, -0.1)])
def test_a_watcher_that_cannot_be_is_refused(noise, missing):
    with pytest.raises(ValueError, match="give"):
        Watching(noise, missing)
