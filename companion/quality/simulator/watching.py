"""What somebody who looks now and then gets to see: irregular visits, gaps, stale and rounded numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.quality.simulator import rules as r
from companion.quality.simulator.counters import PUBLIC, rounded
from companion.quality.simulator.history import History
from companion.quality.simulator.labels import Mode
from companion.quality.simulator.rules import Bools, Floats, Ints

HOUR_MS = 3_600_000


@dataclass(frozen=True)
class Watching:
    """How well a world is watched. `noise`: 0 none, 1 usual, more is worse. `missing`: part of the visits that did not happen, 0-0.95."""

    noise: float = 1.0
    missing: float = 0.2

    def __post_init__(self) -> None:
        if not self.noise >= 0:
            raise ValueError(f"noise is {self.noise}; give 0 (none), 1 (usual) or more")
        if not 0 <= self.missing <= 0.95:
            raise ValueError(f"missing is {self.missing}; give a part from 0 to 0.95")


@dataclass(frozen=True)
class Snapshots:
    """A video's public counters as read, oldest first. `at`: ms UTC."""

    at: Ints
    views: Ints
    likes: Ints
    comments: Ints
    shares: Ints
    saves: Ints

    def __len__(self) -> int:
        return len(self.at)


def watch(history: History, shown: dict[str, Ints], watching: Watching, rng: np.random.Generator) -> list[Snapshots]:
    """The snapshots of every video."""
    hours = len(history.modes)
    outages = _outages(hours, watching.missing * r.OUTAGE_PART, rng)
    kept = 1 - (watching.missing - outages.mean()) / max(1 - outages.mean(), 1e-9)
    visits = []
    for v in range(len(history.videos.posted)):
        up = np.flatnonzero((history.modes[:, v] != Mode.UNPOSTED) & (history.modes[:, v] != Mode.GONE))
        times = _visits(int(up[0]), int(up[-1]) + 1, bool(history.videos.library[v]), rng) if len(up) else np.zeros(0)
        visits.append(times[(rng.random(len(times)) < kept) & ~outages[times.astype(np.int64)]])
    return _read(visits, shown, watching.noise, rng)


def _outages(hours: int, part: float, rng: np.random.Generator) -> Bools:
    """The hours in which nothing was collected at all: the computer was off."""
    off = np.zeros(hours, np.bool_)
    while off.mean() < part:
        start = int(rng.uniform(0, hours))
        length = round(min(rng.exponential(r.OUTAGE_HOURS), hours * (part - off.mean())))
        off[start : start + max(1, length)] = True
    return off


def _visits(first: int, last: int, library: bool, rng: np.random.Generator) -> Floats:
    cadence = rng.choice(r.CADENCES_HOURS, p=r.CADENCE_SHARES)
    begin = first + (rng.uniform(0, 24) if library else rng.exponential(r.FIRST_SEEN_HOURS))
    gaps = cadence * np.exp(rng.normal(0, r.CADENCE_SPREAD, int((last - first) / cadence * 1.5) + 8))
    if rng.random() < r.SLOWING_SHARE:
        gaps *= 1 + gaps.cumsum() / (24 * r.SLOWING_DAYS)
    times = begin + np.concatenate(([0.0], gaps.cumsum()))
    return np.asarray(times[times < last - 1e-6], np.float64)


def _read(visits: list[Floats], shown: dict[str, Ints], noise: float, rng: np.random.Generator) -> list[Snapshots]:
    """The counters at the hours of `visits`, all videos at once."""
    lengths = [len(times) for times in visits]
    video, times = np.repeat(np.arange(len(visits)), lengths), np.concatenate(visits)
    exact = np.repeat(rng.random(len(visits)) < r.EXACT_SOURCE_SHARE, lengths)
    exact ^= rng.random(len(times)) < r.OTHER_SOURCE_SHARE * noise
    stale = (rng.random(len(times)) < r.STALE_SHARE * noise) * rng.exponential(r.STALE_HOURS, len(times))
    age = (times - stale).clip(0)
    hour = age.astype(np.int64)
    columns = [r.START_MS + (times * HOUR_MS).astype(np.int64)]
    for name in PUBLIC:
        before, after = shown[name][(hour - 1).clip(0), video], shown[name][hour, video]
        value = np.floor(before + (age - hour) * (after - before))
        shaken = value * np.exp(rng.normal(0, r.JITTER * noise, len(times))) if noise else value
        value = np.where(value >= r.JITTER_FROM, np.floor(shaken), value)
        columns.append(np.where(exact, value.astype(np.int64), rounded(value)))
    ends = np.cumsum(lengths)[:-1]
    return [Snapshots(*parts) for parts in zip(*(np.split(column, ends) for column in columns), strict=True)]
