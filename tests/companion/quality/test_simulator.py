"""Simulated worlds are repeatable, consistent in themselves, broken only where they say so, and each platform is another."""

import json
import re
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from companion.cli import main
from companion.quality.simulator import (
    GLITCHES,
    NOTICE,
    Mode,
    Pool,
    Watching,
    live_through,
    observe,
    rules,
    simulate,
    watching_grid,
)
from companion.quality.simulator.counters import PUBLIC, rounded
from companion.quality.simulator.outside import NINE_TENTHS, shape
from companion.quality.simulator.promotion import Reviewer
from companion.quality.simulator.ranking import RANKINGS, Experiment, compare_rankings
from companion.quality.simulator.watching import HOUR_MS

CLEAR = Watching(noise=0, missing=0)
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def past():
    return live_through(11, videos=600, days=30)


@pytest.fixture(scope="module")
def world(past):
    return observe(past, CLEAR)


def events(world, *kinds):
    return [(video, event) for video in world.videos for event in video.events if event.kind in kinds]


def hour_of(at):
    return (at - rules.START_MS) // HOUR_MS


def read_of(world):
    return [[getattr(v.snapshots, name).tolist() for name in ("at", *PUBLIC)] for v in world.videos]


# Seeds


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


# Counters


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


# Labels


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


# Plausibility


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


@pytest.mark.parametrize("cause", sorted(NINE_TENTHS))
def test_a_causes_shape_brings_all_its_views_and_nine_tenths_before_its_labelled_end(cause):
    x = (np.arange(10_000) + 0.5) / 10_000
    strength = np.array([shape(cause, float(part)) for part in x])
    assert strength.mean() == pytest.approx(1, abs=0.01)
    assert strength[x < NINE_TENTHS[cause]].sum() / strength.sum() == pytest.approx(0.9, abs=0.01)


# Watching


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


def test_a_world_too_small_to_simulate_is_refused():
    with pytest.raises(ValueError, match="too few to simulate"):
        simulate(1, videos=5)


def test_the_smallest_world_can_be_lived():
    assert len(simulate(1, videos=20, days=2).videos) == 20


def test_two_thousand_videos_over_a_month_take_a_few_seconds():
    start = time.process_time()
    simulate(8)
    assert time.process_time() - start < 6


# Rankings


@pytest.fixture(scope="module")
def outcomes():
    return {o.ranking: o for o in compare_rankings(Experiment(seed=21, worlds=5, videos=200, days=8))}


def test_ranking_by_views_is_compared_with_itself_as_no_change(outcomes):
    views = outcomes["views"]
    assert (views.small_share_change.value, views.small_share_change.low, views.small_share_change.high) == (0, 0, 0)
    assert (views.buyers_ratio.value, views.views_ratio.value, views.all_buyers_ratio.value) == (1, 1, 1)


def test_estimates_lie_in_their_intervals_and_ratios_belong_together(outcomes):
    assert list(outcomes) == list(RANKINGS)
    for outcome in outcomes.values():
        assert 0 <= outcome.small_share.value <= 1
        for estimate in (outcome.small_share, outcome.small_share_change, outcome.buyers, outcome.buyers_ratio, outcome.views_ratio):
            assert estimate.low <= estimate.value + 1e-12
            assert estimate.value <= estimate.high + 1e-12
        assert outcome.all_buyers_ratio.value == pytest.approx(outcome.buyers_ratio.value * outcome.views_ratio.value)


def test_ranking_by_asking_comments_finds_more_buyers_a_view_than_ranking_by_views(outcomes):
    """So it must be in these worlds: buyers follow what is asked by rule."""
    assert outcomes["intent"].buyers_ratio.value > 1


@pytest.mark.parametrize("by_size", [False, True])
def test_the_bar_opens_its_share_of_the_audience_whoever_is_ranked_first(past, by_size):
    rng = np.random.default_rng(1)
    reviewer = Reviewer(past.history.videos, past.history.rules, past.history.rules.weights, rng)
    asked = np.exp(rng.normal(6, 0.7, 3_000))
    scores = np.log(asked) if by_size else rng.normal(0, 1, len(asked))
    passed = reviewer.passes(np.zeros(len(asked), np.int64), scores, asked, hour=42)[500:]
    share = asked[500:][passed].sum() / asked[500:].sum()
    assert share == pytest.approx(past.history.rules.pass_shares[0], abs=0.04)


def test_fewer_than_three_worlds_have_no_interval():
    (views, *_) = compare_rankings(Experiment(seed=1, worlds=2, videos=40, days=3))
    assert (views.buyers.low, views.buyers.high) == (None, None)
    with pytest.raises(ValueError, match="at least one"):
        compare_rankings(Experiment(seed=1, worlds=0))


# The command and the document


def run(*args):
    return CliRunner().invoke(main, ["simulate", "--videos", "40", "--days", "3", *args])


def test_every_output_says_that_it_is_a_simulation_with_invented_rules():
    shown, read = run("--worlds", "3", "--seed", "4"), run("--worlds", "3", "--seed", "4", "--json")
    assert shown.exit_code == read.exit_code == 0
    assert NOTICE in shown.stdout
    answer = json.loads(read.stdout)
    assert answer["notice"] == NOTICE
    assert [row["ranking"] for row in answer["rankings"]] == list(RANKINGS)
    assert {"seed": 4, "worlds": 3, "videos": 40, "days": 3, "small": 10_000, "compared_with": "views"}.items() <= answer.items()


def test_the_command_repeats_itself_by_seed_and_names_a_seed_of_its_own():
    assert run("--worlds", "1", "--seed", "4", "--json").stdout == run("--worlds", "1", "--seed", "4", "--json").stdout
    assert json.loads(run("--worlds", "1", "--json").stdout)["seed"] >= 0


def test_one_world_alone_is_said_to_prove_little():
    assert "no interval" in run("--worlds", "1", "--seed", "4").stdout


@pytest.mark.parametrize("wrong", [("--worlds", "0"), ("--days", "1"), ("--seed", "-3"), ("--videos", "many")])
def test_a_wrong_option_ends_with_status_2(wrong):
    assert run(*wrong).exit_code == 2


def test_the_document_gives_every_constant_with_its_value():
    document = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")
    written = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", document, re.M))
    constants = {name: written_as(value) for name, value in vars(rules).items() if name.isupper() and name not in ("NOTICE", "SIGNALS")}
    assert written == constants


def written_as(value):
    """As the document writes a constant."""
    if isinstance(value, rules.Range):
        return f"{value.low:,g} to {value.high:,g}, drawn by each world"
    if isinstance(value, dict):
        return ", ".join(f"{key} {written_as(item)}" for key, item in value.items())
    if isinstance(value, tuple):
        return "; ".join(written_as(item) for item in value)
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:,.0f}" if value >= 1_000 else f"{value:.4g}"
