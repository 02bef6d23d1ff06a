"""Labels of a simulated world: pools, second lives, halos, adverts and quiet weeks are what happened."""

import numpy as np
import pytest

from companion.quality.simulator import Mode, Pool, rules, simulate
from companion.quality.simulator.outside import NINE_TENTHS, shape
from companion.quality.simulator.watching import HOUR_MS
from tests.companion.quality.simulator.scene import events, hour_of


def test_the_widest_pool_never_narrows_and_grows_one_at_a_time(past):
    steps = np.diff(past.history.pools.astype(int), axis=0)
    assert set(np.unique(steps).tolist()) <= {0, 1}


def test_every_promotion_is_an_event_in_the_hour_in_which_the_pool_opened(world):
    pools = world.history.pools
    opened = np.diff(pools, axis=0) > 0
    expected = {(int(v), int(hour) + 1, Pool(int(pools[hour + 1, v])).name.lower()) for hour, v in np.argwhere(opened & (pools[1:] > 1))}
    assert {(v.index, e.start, e.cause) for v, e in events(world, "promoted")} == expected


def test_a_video_is_unposted_until_its_time_and_has_no_views_before_it_is_shown(world):
    views = world.history.counters["views"]
    for video in world.videos:
        posted = max(0, hour_of(video.posted_at))
        if posted:
            assert (video.modes[:posted] == Mode.UNPOSTED).all()
            assert (views[:posted, video.index] == 0).all()
        assert not len(video.snapshots) or video.snapshots.at[0] >= video.posted_at


def test_a_second_life_comes_after_a_rest_and_is_told_by_the_mode(world):
    lives = events(world, "second_life")
    assert {e.cause for _, e in lives} >= {"search", "retrial"}
    rest = int(world.history.rules.rest_before_life)
    for video, event in lives:
        assert (video.modes[max(0, event.start - rest) : event.start] == Mode.RESTING).all()
        after = video.modes[event.start : event.end]
        assert ((after == Mode.REVIVED) | (after == Mode.GONE)).all()
    revived = sum(int((v.modes == Mode.REVIVED).sum()) for v in world.videos)
    assert revived == sum(int((v.modes[e.start : e.end] == Mode.REVIVED).sum()) for v, e in lives)


def test_a_halo_belongs_to_a_hit_of_the_same_creator_that_came_before(world):
    hits = {v.index: (v.creator_id, e.start) for v, e in events(world, "breakout")}
    halos = events(world, "halo")
    assert halos
    for video, event in halos:
        creator, since = hits[int(event.cause)]
        assert video.creator_id == creator
        assert video.index != int(event.cause)
        assert since <= event.start < event.end


def test_a_creator_without_pull_has_no_halo():
    for seed in range(3):
        world = simulate(seed, videos=300, days=20)
        pull = world.history.creators.pull
        assert all(pull[world.history.videos.creator[v.index]] > 0 for v, _ in events(world, "halo"))


def test_adverts_bring_the_views_that_were_paid_for(past):
    history = past.history
    bought = [a for a in past.plan.adverts if a.end < len(history.modes) and a.views > 8_000 and past.plan.gone[a.video] > a.end]
    assert bought
    for advert in bought:
        gained = history.counters["views"][advert.end - 1, advert.video] - history.counters["views"][advert.start - 1, advert.video]
        assert gained > 0.75 * advert.views


def test_labels_are_asked_by_time_and_outside_the_world_there_are_none(world):
    video = next(v for v in world.videos if len(v.snapshots))
    at = int(video.snapshots.at[-1])
    assert (video.pool_at(at), video.mode_at(at)) == (video.pools[hour_of(at)], video.modes[hour_of(at)])
    with pytest.raises(ValueError, match="lies outside this world"):
        video.pool_at(rules.START_MS - 1)


def test_quiet_weeks_are_seven_days_of_rest_without_an_event(world):
    weeks = world.quiet_weeks()
    assert len(weeks) > 500
    last = {}
    for week in weeks:
        assert week.end - week.start == 7 * 24 * HOUR_MS
        assert week.start >= last.get(week.video.id, 0)
        last[week.video.id] = week.end
        start, end = hour_of(week.start), hour_of(week.end)
        assert (week.video.modes[start:end] == Mode.RESTING).all()
        assert np.ptp(week.video.pools[start:end]) == 0
        assert all(e.kind == "murmur" or e.end <= start or e.start >= end for e in week.video.events)


@pytest.mark.parametrize("cause", sorted(NINE_TENTHS))
def test_a_causes_shape_brings_all_its_views_and_nine_tenths_before_its_labelled_end(cause):
    x = (np.arange(10_000) + 0.5) / 10_000
    strength = np.array([shape(cause, float(part)) for part in x])
    assert strength.mean() == pytest.approx(1, abs=0.01)
    assert strength[x < NINE_TENTHS[cause]].sum() / strength.sum() == pytest.approx(0.9, abs=0.01)
