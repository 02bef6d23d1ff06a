"""Which videos are due for a second look at their counters: 1 h, 6 h, 1 d, 3 d, 7 d and 30 d after they were first seen.

One visit serves every moment that has passed. A moment that was missed by more than its own length is let go, so that a
computer that was off for months does not visit old videos all at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.store import clock
from companion.store.refreshing import Watched

HOUR = 60 * clock.MINUTE
OFFSETS = (HOUR, 6 * HOUR, clock.DAY, 3 * clock.DAY, 7 * clock.DAY, 30 * clock.DAY)
"""Milliseconds after a video was first seen."""

LATEST = 2 * OFFSETS[-1]
"""Older videos are due no more (ms after they were first seen)."""


@dataclass(frozen=True)
class Due:
    """A video to visit: `offset` is the moment that it serves (the latest that has passed), `late` by how much (both ms)."""

    video_id: str
    handle: str
    offset: int
    late: int


def due(videos: Iterable[Watched], now: int) -> list[Due]:
    """Videos due at `now` (ms UTC), those whose moment passes away soonest first."""
    found = [one for video in videos if (one := _due(video, now))]
    return sorted(found, key=lambda one: (one.offset - one.late, one.video_id))


def next_due(videos: Iterable[Watched], now: int) -> int | None:
    """When the next video becomes due that is not due yet (ms UTC); None where none ever will."""
    coming = [video.first_seen + offset for video in videos for offset in OFFSETS if video.first_seen + offset > now]
    return min(coming, default=None)


def _due(video: Watched, now: int) -> Due | None:
    age = now - video.first_seen
    passed = [offset for offset in OFFSETS if offset <= age]
    if not passed or age > 2 * passed[-1]:
        return None
    served = video.visited_at is not None and video.visited_at >= video.first_seen + passed[-1]
    return None if served else Due(video.id, video.handle, passed[-1], age - passed[-1])
