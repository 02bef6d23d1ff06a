"""The invented rules of the simulated platform. Every number here is an assumption; docs/simulator.md says why each was chosen.

A `Range` is drawn anew for every world, so that no two seeds share a platform; other numbers hold in every world.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NOTICE = "A simulation with invented rules. It shows what would follow if the rules were so; it measures nothing on TikTok."


class Range(NamedTuple):
    """A world draws its value evenly between the two."""

    low: float
    high: float


START_MS = 1_772_409_600_000
"""Monday 2 March 2026, 00:00 UTC: the first hour of every world. Weekdays count from here."""

# Creators
TOPICS = 8
VIDEOS_PER_CREATOR = 15
FOLLOWERS_MEDIAN = 9_000.0
FOLLOWERS_SPREAD = 1.9
FOLLOWERS_LEAST, FOLLOWERS_MOST = 40.0, 30_000_000.0
VERTICAL_SHARE = 0.6
VERTICAL_FOCUS, BROAD_FOCUS = 0.05, 1.5
SKILL_SPREAD = 0.45
APPETITE_SPREAD = 0.6
BUSY_SPREAD = 0.7
PULL_NONE = 0.2
TIME_ZONES = (-6.0, 1.0, 7.0)
TIME_ZONE_SPREAD = 1.5
WAVE_DEPTH = (0.35, 0.75)
PEAK_HOUR, PEAK_HOUR_SPREAD = 20.0, 1.5
SECOND_PEAK = 0.3
WEEKEND_SPREAD = 0.25

# Videos
LIBRARY_SHARE = 0.25
LIBRARY_AGE_DAYS = (20.0, 500.0)
LIBRARY_RESTS_AFTER_HOURS = 72
SOUNDS_PER_VIDEO = 0.12
RATES = {"watch": 0.35, "likes": 0.045, "comments": 0.005, "shares": 0.004, "saves": 0.006, "asks": 0.10}
RATE_SPREADS = {"watch": 0.55, "likes": 0.55, "comments": 0.70, "shares": 0.85, "saves": 0.80, "asks": 0.90}
COMMON_PARTS = {"watch": 0.6, "likes": 0.7, "comments": 0.55, "shares": 0.6, "saves": 0.5, "asks": 0.15}
WORLD_RATE_SPREAD = 0.2
APPETITE_IN_ASKS = 0.7
BUYERS_PER_VIEW = 0.0008
BUYERS_FOLLOW_ASKS = 0.8
BUYERS_SPREAD = 0.5

# Pools
POOLS = 4
FIRST_POOL = Range(140, 520)
FIRST_POOL_SPREAD = 0.45
POOL_GROWTH = (Range(5, 12), Range(6, 14), Range(6, 20))
POOL_GROWTH_SPREADS = (0.5, 0.5, 0.7)
KNOWN_ACCOUNT_POWER = 0.2
HELD_HOURS = 1.5
HELD_LONG_SHARE = 0.04
HELD_LONG_HOURS = (10.0, 36.0)
DELIVERY = (0.30, 0.14, 0.06, 0.03)
DELIVERY_SPREAD = 0.4
REVIEW_AFTER = (0.55, 0.95)
REVIEW_LATEST_HOURS = (48, 96, 168, 300)
OPENING_DELAY_HOURS = 2.0
PASS_SHARES = (Range(0.25, 0.45), Range(0.12, 0.26), Range(0.08, 0.20), Range(0.15, 0.40))
MIXTURE_EVENNESS = 2.0
COMPETITION = 0.2
LUCK_SPREAD = 0.35
FAIR_START = 0.015
REMEMBERED_REVIEWS, REHEARSED_REVIEWS = 300, 100
PRIOR_VIEWS = 150.0
ASK_RECALL, ASK_FALSE = 0.7, 0.02
WATCH_SPREAD = 0.35
LEFTOVER = 0.3
AGAIN_SIZE = (0.4, 2.5)
TOPIC_AUDIENCE = 8_000_000.0
TOPIC_AUDIENCE_SPREAD = 0.9
SMALL_WORLD_PART = 0.15
LESS_FITTING = (1.0, 0.93, 0.82, 0.68)

# Views that do not come from a pool
FOLLOWER_VIEWS, FOLLOWER_POWER = 0.6, 0.65
FOLLOWER_VIEWS_SPREAD = 0.5
FOLLOWER_PACE = 0.06
TRICKLE, TRICKLE_POWER = 0.05, 0.7
TRICKLE_DAYS, TRICKLE_DAYS_SPREAD = 12.0, 0.6
TRICKLE_FLOOR = 0.15
BURSTINESS = 6.0
COMMENTS_WAIT = 0.6

# Outside causes
LIFE_SHARE, LIBRARY_LIFE_SHARE = 0.06, 0.12
LIFE_CAUSES = ("search", "sound", "news", "retrial")
LIFE_CAUSE_SHARES = (0.55, 0.0, 0.0, 0.45)
LIFE_DAYS = {"search": (4.0, 12.0), "sound": (4.0, 9.0), "news": (2.0, 6.0), "retrial": (1.5, 5.0)}
LIFE_SIZE, LIFE_SIZE_SPREAD, LIFE_SIZE_LEAST = 0.7, 0.8, 250.0
REST_BEFORE_LIFE_HOURS = Range(36, 120)
SOUND_TRENDS = 2
NEWS_WAVES = 1
TREND_DELAY_HOURS = 14.0
TREND_CATCHES, NEWS_CATCHES = 0.35, 0.06
MURMUR_SHARE = 0.10
MURMUR_SIZE, MURMUR_HOURS = (0.01, 0.05), (24, 96)
BREAKOUT_TIMES_USUAL = Range(15, 40)
HALO_VISITS = 0.03
HALO_MEMORY = 0.85
HALO_RECENT_DAYS = 10.0
HALO_OLD_WEIGHT = 0.05
CATCHINESS_SPREAD = 0.8
HALO_LEAST_VIEWS = 15.0
HALO_OVER = 0.05
ADVERT_SHARE = 0.04
ADVERT_VIEWS, ADVERT_SPREAD = 6_000.0, 1.0
ADVERT_DAYS = (1.0, 5.0)
DELETED_SHARE, DELETED_AFTER_HOURS = 0.03, 6
GLITCH_HOURS = 720
FROZEN_SHARE, FROZEN_HOURS = 0.03, (4, 40)
WIDE_FREEZE_CHANCE, WIDE_FREEZE_CATCHES = 0.5, 0.3
FALL_SHARE, FALL_DEPTH, FALL_HOURS = 0.015, (0.02, 0.15), (6, 48)
PURGE_SHARE = 0.01

# Watching
CADENCES_HOURS = (1.0, 3.0, 6.0, 12.0, 24.0)
CADENCE_SHARES = (0.10, 0.20, 0.30, 0.20, 0.20)
CADENCE_SPREAD = 0.25
SLOWING_SHARE, SLOWING_DAYS = 0.5, 5.0
FIRST_SEEN_HOURS = 5.0
OUTAGE_PART, OUTAGE_HOURS = 1 / 3, 18.0
EXACT_SOURCE_SHARE = 0.4
STALE_SHARE, STALE_HOURS = 0.08, 3.0
JITTER, JITTER_FROM = 0.002, 1_000
OTHER_SOURCE_SHARE = 0.10

# Quiet weeks
QUIET_MARGIN_HOURS = 24
QUIET_SNAPSHOTS = 2

SIGNALS = ("watch", "likes", "comments", "shares", "asks", "views")
"""What a review can look at: rates per view, and how many views the video has already."""


@dataclass(frozen=True)
class Rules:
    """What one world drew. `pass_shares`: part of the reviewed that is let into the next pool. `weights` follow SIGNALS and sum to 1."""

    first_pool: float
    growth: tuple[float, ...]
    pass_shares: tuple[float, ...]
    weights: tuple[float, ...]
    breakout: float
    rest_before_life: float
    rate_shift: dict[str, float]


def draw_rules(rng: np.random.Generator) -> Rules:
    """The rules of a new world. Its own ranking mixes the rates; how many views a video has already counts for nothing in it."""
    mixture = rng.dirichlet(np.full(len(SIGNALS) - 1, MIXTURE_EVENNESS))
    return Rules(
        first_pool=rng.uniform(*FIRST_POOL),
        growth=tuple(rng.uniform(*span) for span in POOL_GROWTH),
        pass_shares=tuple(rng.uniform(*span) for span in PASS_SHARES),
        weights=(*(float(w) for w in mixture), 0.0),
        breakout=rng.uniform(*BREAKOUT_TIMES_USUAL),
        rest_before_life=rng.uniform(*REST_BEFORE_LIFE_HOURS),
        rate_shift={name: float(rng.normal(0, WORLD_RATE_SPREAD)) for name in RATES},
    )
