"""Simulated worlds are repeatable, and each platform is another, all within what is plausible."""

import time

import numpy as np
import pytest

from companion.quality.simulator import Pool, live_through, rules, simulate
from tests.companion.quality.simulator.scene import read_of


def test_a_seed_gives_the_same_world_again():
    first, second = (simulate(3, videos=60, days=5) for _ in range(2))
    assert read_of(first) == read_of(second)
    assert [v.events for v in first.videos] == [v.events for v in second.videos]
    assert all(
        np.array_equal(a.pools, b.pools) and np.array_equal(a.modes, b.modes) for a, b in zip(first.videos, second.videos, strict=True)
    )


def test_another_seed_gives_another_platform_with_other_people():
    first, second = (simulate(seed, videos=60, days=5) for seed in (3, 4))
    assert first.history.rules != second.history.rules
    assert {v.followers for v in first.videos}.isdisjoint(v.followers for v in second.videos)
    assert read_of(first) != read_of(second)


def test_another_ranking_leaves_the_creators_the_videos_and_the_outside_causes_as_they_were():
    own, by_views = (live_through(5, videos=60, days=5, weights=w) for w in (None, (0, 0, 0, 0, 0, 1)))
    assert np.array_equal(own.history.videos.sizes, by_views.history.videos.sizes)
    assert np.array_equal(own.history.creators.followers, by_views.history.creators.followers)
    assert own.plan.waves == by_views.plan.waves
    assert own.plan.glitches == by_views.plan.glitches
    assert not np.array_equal(own.history.pools, by_views.history.pools)


def test_most_videos_stay_in_the_first_pool_and_few_reach_the_widest():
    counts = np.zeros(rules.POOLS + 1)
    for seed in range(4):
        world = simulate(seed, videos=500, days=20)
        new = ~world.history.videos.library
        counts += np.bincount(world.history.pools[-1][new], minlength=rules.POOLS + 1)
    share = counts / counts.sum()
    assert 0.5 < share[Pool.TRIAL] < 0.85
    assert share[Pool.TRIAL] > share[Pool.SECOND] > share[Pool.WIDE] > share[Pool.MASS] > 0
    assert share[Pool.MASS] < 0.03


def test_wider_pools_bring_more_views_but_their_sizes_overlap(world):
    new = ~world.history.videos.library
    views = [world.history.counters["views"][-1][new & (world.history.pools[-1] == pool)] for pool in (1, 2, 3)]
    assert np.median(views[0]) < np.median(views[1]) < np.median(views[2])
    assert np.quantile(views[0], 0.95) > np.quantile(views[1], 0.05)


def test_audiences_are_asleep_at_other_hours(past):
    wave = past.history.creators.wave
    assert np.allclose(wave.mean(1), 1)
    assert len(set(wave.argmax(1) % 24)) > 6
    assert (wave.max(1) / wave.min(1) > 1.8).mean() > 0.9


def test_creators_differ_in_size_and_some_keep_to_one_topic(past):
    followers, mix = past.history.creators.followers, past.history.creators.topic_mix
    assert np.quantile(followers, 0.9) > 30 * np.quantile(followers, 0.1)
    assert 0.2 < (mix.max(1) > 0.8).mean() < 0.8


def test_a_world_too_small_to_simulate_is_refused():
    with pytest.raises(ValueError, match="too few to simulate"):
        simulate(1, videos=5)


def test_the_smallest_world_can_be_lived():
    assert len(simulate(1, videos=20, days=2).videos) == 20


def test_two_thousand_videos_over_a_month_take_a_few_seconds():
    start = time.process_time()
    simulate(8)
    assert time.process_time() - start < 6
