"""Who lives in a simulated world: creators with audiences of their own, and their videos."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.quality.simulator import rules as r
from companion.quality.simulator.rules import Bools, Floats, Ints, Rules

HOURS_A_WEEK = 168


@dataclass(frozen=True)
class Creators:
    """One entry a creator. `wave`: (creators, 168) how awake the audience is in each hour of the week UTC, mean 1."""

    followers: Ints
    topic_mix: Floats
    skill: Floats
    appetite: Floats
    pull: Floats
    wave: Floats


@dataclass(frozen=True)
class Videos:
    """One entry a video. `posted`: hour, negative for the library of old videos. `rates`: per view; asks per comment; watch is a share.

    `sizes`, `speeds`, `review_after`: (videos, pools): viewers of each pool, part shown an hour, part shown before the review.
    """

    creator: Ints
    topic: Ints
    sound: Ints
    posted: Ints
    library: Bools
    rates: dict[str, Floats]
    buyers_per_view: Floats
    sizes: Floats
    speeds: Floats
    review_after: Floats
    held_hours: Floats
    follower_views: Floats
    audience: Floats
    trickle_days: Floats
    catchiness: Floats


def draw_creators(count: int, rng: np.random.Generator) -> Creators:
    """`count` creators, from a few followers to millions."""
    followers = np.exp(rng.normal(np.log(r.FOLLOWERS_MEDIAN), r.FOLLOWERS_SPREAD, count)).clip(r.FOLLOWERS_LEAST, r.FOLLOWERS_MOST)
    focus = np.where(rng.random(count) < r.VERTICAL_SHARE, r.VERTICAL_FOCUS, r.BROAD_FOCUS)
    mix = rng.gamma(focus[:, None], 1.0, (count, r.TOPICS)) + 1e-12
    return Creators(
        followers=followers.astype(np.int64),
        topic_mix=mix / mix.sum(1, keepdims=True),
        skill=rng.normal(0, r.SKILL_SPREAD, count),
        appetite=rng.normal(0, r.APPETITE_SPREAD, count),
        pull=rng.beta(2, 2, count) * (rng.random(count) >= r.PULL_NONE),
        wave=_waves(count, rng),
    )


def _waves(count: int, rng: np.random.Generator) -> Floats:
    zone = rng.choice(r.TIME_ZONES, count) + rng.normal(0, r.TIME_ZONE_SPREAD, count)
    peak = rng.normal(r.PEAK_HOUR, r.PEAK_HOUR_SPREAD, count)
    hour = np.arange(HOURS_A_WEEK)
    local = hour[None, :] + zone[:, None] - peak[:, None]
    day = np.cos(2 * np.pi * local / 24) + r.SECOND_PEAK * np.cos(4 * np.pi * (local - 2) / 24)
    wave = 1 + rng.uniform(*r.WAVE_DEPTH, count)[:, None] * day
    weekend = ((hour[None, :] + zone[:, None]) // 24 % 7) >= 5
    wave = wave.clip(0.05) * np.exp(rng.normal(0, r.WEEKEND_SPREAD, count)[:, None] * weekend)
    return np.asarray(wave / wave.mean(1, keepdims=True), np.float64)


def draw_videos(count: int, hours: int, creators: Creators, rules: Rules, rng: np.random.Generator) -> Videos:
    """`count` videos: a library of old ones, and new ones posted when their creators' audiences are awake."""
    people = len(creators.followers)
    busy = np.exp(rng.normal(0, r.BUSY_SPREAD, people))
    creator = rng.choice(people, count, p=busy / busy.sum())
    topic = (creators.topic_mix[creator].cumsum(1) < rng.random(count)[:, None]).sum(1).clip(max=r.TOPICS - 1)
    library = rng.random(count) < r.LIBRARY_SHARE
    old = -(rng.uniform(*r.LIBRARY_AGE_DAYS, count) * 24)
    sounds = max(2, int(count * r.SOUNDS_PER_VIDEO))
    popularity = 1 / np.arange(1, sounds + 1)
    followers = creators.followers[creator].astype(np.float64)
    known = (followers / r.FOLLOWERS_MEDIAN) ** r.KNOWN_ACCOUNT_POWER
    rates, wish = _rates(creators, creator, rules, rng)
    topic_audience = np.exp(rng.normal(np.log(r.TOPIC_AUDIENCE), r.TOPIC_AUDIENCE_SPREAD, r.TOPICS))
    return Videos(
        creator=creator.astype(np.int64),
        topic=topic.astype(np.int64),
        sound=rng.choice(sounds, count, p=popularity / popularity.sum()).astype(np.int64),
        posted=np.where(library, old, _posting_hours(creators, creator, hours, rng)).astype(np.int64),
        library=library,
        rates=rates,
        buyers_per_view=(r.BUYERS_PER_VIEW * np.exp(creators.appetite[creator] + wish)).clip(max=0.05),
        sizes=_sizes(count, rules, rng) * known[:, None],
        speeds=(np.array(r.DELIVERY) * np.exp(rng.normal(0, r.DELIVERY_SPREAD, (count, r.POOLS)))).clip(max=0.9),
        review_after=rng.uniform(*r.REVIEW_AFTER, (count, r.POOLS)),
        held_hours=np.where(
            rng.random(count) < r.HELD_LONG_SHARE, rng.uniform(*r.HELD_LONG_HOURS, count), rng.exponential(r.HELD_HOURS, count)
        ),
        follower_views=r.FOLLOWER_VIEWS * followers**r.FOLLOWER_POWER * np.exp(rng.normal(0, r.FOLLOWER_VIEWS_SPREAD, count)),
        audience=topic_audience[topic] * rng.uniform(r.SMALL_WORLD_PART, 1, count),
        trickle_days=r.TRICKLE_DAYS * np.exp(rng.normal(0, r.TRICKLE_DAYS_SPREAD, count)),
        catchiness=np.exp(rng.normal(0, r.CATCHINESS_SPREAD, count)),
    )


def _posting_hours(creators: Creators, creator: Ints, hours: int, rng: np.random.Generator) -> Floats:
    """An hour of the world; of two chosen evenly the one with the wider-awake audience."""
    first, second = rng.uniform(0, hours, (2, len(creator)))
    awake = [creators.wave[creator, hour.astype(np.int64) % HOURS_A_WEEK] for hour in (first, second)]
    return np.asarray(np.where(awake[0] >= awake[1], first, second), np.float64)


def _sizes(count: int, rules: Rules, rng: np.random.Generator) -> Floats:
    sizes: Floats = np.empty((count, r.POOLS))
    sizes[:, 0] = rules.first_pool * np.exp(rng.normal(0, r.FIRST_POOL_SPREAD, count))
    for step, (growth, spread) in enumerate(zip(rules.growth, r.POOL_GROWTH_SPREADS, strict=True), 1):
        sizes[:, step] = sizes[:, step - 1] * growth * np.exp(rng.normal(0, spread, count))
    return sizes


def _rates(creators: Creators, creator: Ints, rules: Rules, rng: np.random.Generator) -> tuple[dict[str, Floats], Floats]:
    """The rates of each video, and its pull on buyers (log): a liked video is often shared too, but not therefore bought from."""
    common = rng.normal(0, 1, len(creator))
    rates: dict[str, Floats] = {}
    wish = np.zeros(len(creator))
    for name, mean in r.RATES.items():
        part = r.COMMON_PARTS[name]
        own = part * common + np.sqrt(1 - part**2) * rng.normal(0, 1, len(creator))
        shift = rules.rate_shift[name] + r.RATE_SPREADS[name] * own
        if name == "asks":
            shift = shift + r.APPETITE_IN_ASKS * creators.appetite[creator]
            wish = r.BUYERS_FOLLOW_ASKS * r.RATE_SPREADS[name] * own + rng.normal(0, r.BUYERS_SPREAD, len(creator))
        else:
            shift = shift + part * creators.skill[creator]
        rates[name] = np.asarray(1 / (1 + (1 - mean) / mean * np.exp(-shift)), np.float64)
    return rates, wish
