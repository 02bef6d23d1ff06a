"""What comes from outside the feed, fixed before a world begins: revivals, murmurs, adverts, deletions, broken counters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from companion.quality.simulator import rules as r
from companion.quality.simulator.cast import Videos
from companion.quality.simulator.labels import Event, EventKind
from companion.quality.simulator.rules import Ints


class Wave(NamedTuple):
    """A cause that would bring `size` x (the views so far) to a video over `hours`. `murmur` is one too small to matter."""

    video: int
    start: int
    hours: int
    cause: str
    size: float


class Advert(NamedTuple):
    """Paid views, spread evenly."""

    video: int
    start: int
    end: int
    views: float


@dataclass(frozen=True)
class Plan:
    """`gone`: hour of each video's deletion, beyond the world's end for most. `waves` by hour of their start."""

    waves: dict[int, list[Wave]]
    adverts: list[Advert]
    gone: Ints
    glitches: list[Event]


def shape(cause: str, x: float) -> float:
    """How strongly a cause acts after the part `x` of its time, mean 1 over 0-1; 0 outside."""
    if not 0 <= x < 1:
        return 0.0
    if cause in ("search", "murmur"):
        return float(2 * np.sin(np.pi * x) ** 2)
    if cause == "sound":
        return 20 * x * (1 - x) ** 3
    return 6 * (1 - x) ** 5 if cause == "news" else 3 * (1 - x) ** 2


NINE_TENTHS = {"search": 0.74, "sound": 0.585, "news": 0.32, "retrial": 0.536, "murmur": 0.74}
"""Part of its time after which a cause has brought nine tenths of its views: there the labelled second life ends."""


def draw_plan(videos: Videos, hours: int, rng: np.random.Generator) -> Plan:
    """The outside causes of one world of `hours`."""
    waves = [*_own_waves(videos, hours, rng), *_shared_waves(videos, hours, rng)]
    by_hour: dict[int, list[Wave]] = {}
    for wave in waves:
        by_hour.setdefault(wave.start, []).append(wave)
    count = len(videos.posted)
    gone = np.where(
        rng.random(count) < r.DELETED_SHARE, rng.uniform(videos.posted.clip(0) + r.DELETED_AFTER_HOURS, hours + 24, count), 10**9
    )
    return Plan(by_hour, _adverts(videos, hours, rng), gone.astype(np.int64), _glitches(videos, hours, rng))


def _wave(video: int, start: float, cause: str, rng: np.random.Generator) -> Wave:
    if cause == "murmur":
        return Wave(video, int(start), int(rng.uniform(*r.MURMUR_HOURS)), cause, rng.uniform(*r.MURMUR_SIZE))
    size = r.LIFE_SIZE * np.exp(rng.normal(0, r.LIFE_SIZE_SPREAD))
    return Wave(video, int(start), int(24 * rng.uniform(*r.LIFE_DAYS[cause])), cause, float(size))


def _own_waves(videos: Videos, hours: int, rng: np.random.Generator) -> list[Wave]:
    count = len(videos.posted)
    lucky = rng.random(count) < np.where(videos.library, r.LIBRARY_LIFE_SHARE, r.LIFE_SHARE)
    start = rng.uniform(videos.posted.clip(0), hours)
    causes = rng.choice(r.LIFE_CAUSES, count, p=r.LIFE_CAUSE_SHARES)
    lives = [_wave(int(v), start[v], str(causes[v]), rng) for v in np.flatnonzero(lucky)]
    murmuring = np.flatnonzero(rng.random(count) < r.MURMUR_SHARE)
    return lives + [_wave(int(v), rng.uniform(videos.posted[v].clip(0), hours), "murmur", rng) for v in murmuring]


def _shared_waves(videos: Videos, hours: int, rng: np.random.Generator) -> list[Wave]:
    """Sounds that become a trend and news about a topic reach several videos within a day or two of each other."""
    found: list[Wave] = []
    for cause, group, number, catches in (
        ("sound", videos.sound, r.SOUND_TRENDS, r.TREND_CATCHES),
        ("news", videos.topic, r.NEWS_WAVES, r.NEWS_CATCHES),
    ):
        for chosen in rng.choice(group, number, replace=False):  # a sound that many use becomes a trend more often
            begin = rng.uniform(0, hours)
            caught = (group == chosen) & (rng.random(len(group)) < catches)
            found += [_wave(int(v), begin + rng.exponential(r.TREND_DELAY_HOURS), cause, rng) for v in np.flatnonzero(caught)]
    return found


def _adverts(videos: Videos, hours: int, rng: np.random.Generator) -> list[Advert]:
    found = []
    for v in np.flatnonzero(rng.random(len(videos.posted)) < r.ADVERT_SHARE):
        start = int(rng.uniform(videos.posted[v].clip(0) + 3, hours + 24))
        end = start + int(24 * rng.uniform(*r.ADVERT_DAYS))
        found.append(Advert(int(v), start, end, float(r.ADVERT_VIEWS * np.exp(rng.normal(0, r.ADVERT_SPREAD)))))
    return found


def _glitches(videos: Videos, hours: int, rng: np.random.Generator) -> list[Event]:
    """Counters that stand still or show too little; a correction takes views away for good."""
    count = len(videos.posted)
    found: list[Event] = []
    kinds: tuple[tuple[EventKind, str, float, tuple[int, int]], ...] = (
        ("frozen", "video", r.FROZEN_SHARE, r.FROZEN_HOURS),
        ("fallen", "video", r.FALL_SHARE, r.FALL_HOURS),
        ("fallen", "correction", r.PURGE_SHARE, (1, 1)),
    )
    for kind, cause, share, lengths in kinds:
        for v in np.flatnonzero(rng.random(count) < share * hours / r.GLITCH_HOURS):
            start = int(rng.uniform(videos.posted[v].clip(0) + 2, hours + 24))
            depth = rng.uniform(*r.FALL_DEPTH) if kind == "fallen" else 0.0
            found.append(Event(kind, int(v), start, start + _length(lengths, rng) + 1, cause, depth))
    if rng.random() < r.WIDE_FREEZE_CHANCE:
        start = int(rng.uniform(12, hours))
        end = start + _length(r.FROZEN_HOURS, rng) + 1
        here = np.flatnonzero((rng.random(count) < r.WIDE_FREEZE_CATCHES) & (videos.posted < start - 1))
        found += [Event("frozen", int(v), start, end, "platform") for v in here]
    return found


def _length(hours: tuple[int, int], rng: np.random.Generator) -> int:
    return int(rng.integers(hours[0], hours[1] + 1))
