"""A whole simulated world: what can be seen of its videos, and what was true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from companion.quality.simulator import rules as r
from companion.quality.simulator.cast import draw_creators, draw_videos
from companion.quality.simulator.counters import shown_counters
from companion.quality.simulator.history import History, Setting, live
from companion.quality.simulator.labels import QUIET, Event, Mode, Pool
from companion.quality.simulator.outside import Plan, draw_plan
from companion.quality.simulator.promotion import Reviewer
from companion.quality.simulator.rules import draw_rules
from companion.quality.simulator.watching import HOUR_MS, Snapshots, Watching, watch

WEEK_HOURS = 168


@dataclass(frozen=True)
class SimulatedVideo:
    """`posted_at`: ms UTC. `pools` and `modes` hold the truth of each hour from the world's first; `events` those of this video."""

    id: str
    index: int
    creator_id: str
    followers: int
    topic: int
    posted_at: int
    snapshots: Snapshots
    pools: NDArray[np.int8]
    modes: NDArray[np.int8]
    events: tuple[Event, ...]

    def pool_at(self, at: int) -> Pool:
        """The widest pool opened by then. Raises ValueError outside the world's time."""
        return Pool(int(self.pools[self._hour(at)]))

    def mode_at(self, at: int) -> Mode:
        """What the platform did with the video then. Raises ValueError outside the world's time."""
        return Mode(int(self.modes[self._hour(at)]))

    def _hour(self, at: int) -> int:
        hour = (at - r.START_MS) // HOUR_MS
        if not 0 <= hour < len(self.pools):
            raise ValueError(f"time {at} ms lies outside this world; it lasts from {r.START_MS} for {len(self.pools)} hours")
        return int(hour)


@dataclass(frozen=True)
class QuietWeek:
    """Seven days of a video in which nothing happened that deserves an alarm; `start` <= time < `end`, ms UTC."""

    video: SimulatedVideo
    start: int
    end: int


@dataclass(frozen=True)
class World:
    """One seed's videos as one watcher saw them. `history` holds every true number."""

    seed: int
    watching: Watching
    videos: tuple[SimulatedVideo, ...]
    history: History

    @property
    def hours(self) -> int:
        """How long the world lasts."""
        return len(self.history.modes)

    def quiet_weeks(self) -> list[QuietWeek]:
        """Weeks of resting videos without an event in them or in the day before; each video's follow one another without overlap.

        A week must hold two snapshots: where nobody looked, staying silent is no merit.
        """
        return [week for video in self.videos for week in _quiet_weeks(video)]


@dataclass(frozen=True)
class Past:
    """A world that has been lived and can be watched more than once. `glitches` are planned, some may not have been visible."""

    seed: int
    history: History
    plan: Plan


def simulate(
    seed: int, *, videos: int = 2_000, days: int = 30, watching: Watching | None = None, weights: Sequence[float] | None = None
) -> World:
    """A new world. The same arguments give the same world, another seed another platform with other creators.

    A world keeps every true number: about 150 bytes for a video and hour.

    `weights` (in the order of SIGNALS) replaces the world's own way of ranking, everything else stays as the seed drew it.

    Raises:
        ValueError: fewer than 20 videos or 2 days.
    """
    return observe(live_through(seed, videos=videos, days=days, weights=weights), watching or Watching())


def live_through(seed: int, *, videos: int, days: int, weights: Sequence[float] | None = None) -> Past:
    """The world without its watcher; see `simulate`."""
    if videos < 20 or days < 2:
        raise ValueError(f"{videos} videos over {days} days are too few to simulate; give at least 20 videos and 2 days")
    hours = 24 * days
    streams = [np.random.default_rng(s) for s in np.random.SeedSequence([seed, 1]).spawn(6)]
    rules = draw_rules(streams[0])
    creators = draw_creators(max(8, videos // r.VIDEOS_PER_CREATOR), streams[1])
    cast = draw_videos(videos, hours, creators, rules, streams[2])
    plan = draw_plan(cast, hours, streams[3])
    reviewer = Reviewer(cast, rules, rules.weights if weights is None else weights, streams[4])
    return Past(seed, live(Setting(creators, cast, rules, plan, reviewer), hours, streams[5]), plan)


def observe(past: Past, watching: Watching) -> World:
    """The same world through the eyes of a better or worse watcher."""
    history = past.history
    shown, glitches = shown_counters(history, past.plan.glitches)
    rng = np.random.default_rng(np.random.SeedSequence([past.seed, 2]))
    snapshots = watch(history, shown, watching, rng)
    events: list[list[Event]] = [[] for _ in snapshots]
    for event in sorted([*history.events, *glitches], key=lambda e: e.start):
        events[event.video].append(event)
    cast = history.videos
    videos = tuple(
        SimulatedVideo(
            id=f"simulated-{past.seed}-{v}",
            index=v,
            creator_id=f"creator-{past.seed}-{cast.creator[v]}",
            followers=int(history.creators.followers[cast.creator[v]]),
            topic=int(cast.topic[v]),
            posted_at=r.START_MS + int(cast.posted[v]) * HOUR_MS,
            snapshots=snapshots[v],
            pools=history.pools[:, v],
            modes=history.modes[:, v],
            events=tuple(events[v]),
        )
        for v in range(len(snapshots))
    )
    return World(past.seed, watching, videos, history)


def watching_grid(
    seed: int,
    *,
    noises: Iterable[float] = (0.0, 1.0, 2.0, 4.0),
    missing: Sequence[float] = (0.0, 0.2, 0.4, 0.6, 0.8),
    videos: int = 2_000,
    days: int = 30,
) -> Iterator[World]:
    """One world under every combination of noise and missing visits, so that only the watching differs."""
    past = live_through(seed, videos=videos, days=days)
    for noise in noises:
        for part in missing:
            yield observe(past, Watching(noise, part))


def _quiet_weeks(video: SimulatedVideo) -> Iterator[QuietWeek]:
    calm = video.modes == Mode.RESTING
    for event in video.events:
        if event.kind not in QUIET:
            calm[event.start : event.end] = False
    hour, margin = 0, r.QUIET_MARGIN_HOURS
    while hour + margin + WEEK_HOURS <= len(calm):
        stirs = np.flatnonzero(~calm[hour : hour + margin + WEEK_HOURS])
        if len(stirs):
            hour += int(stirs[-1]) + 1
            continue
        start, end = (r.START_MS + h * HOUR_MS for h in (hour + margin, hour + margin + WEEK_HOURS))
        if np.sum((video.snapshots.at >= start) & (video.snapshots.at < end)) >= r.QUIET_SNAPSHOTS:
            yield QuietWeek(video, start, end)
        hour += WEEK_HOURS
