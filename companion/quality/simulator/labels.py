"""What was really going on, hour by hour: the answers that a reader of the snapshots cannot see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal


class Pool(IntEnum):
    """The widest audience that the platform has opened to a video so far. It never falls."""

    NONE = 0
    TRIAL = 1
    SECOND = 2
    WIDE = 3
    MASS = 4


class Mode(IntEnum):
    """What the platform does with a video in an hour."""

    UNPOSTED = 0
    HELD = 1
    """Posted, being checked, shown to nobody by the feed."""
    SERVING = 2
    """A pool is being shown to, or the next one waits for its start."""
    RESTING = 3
    """No pool is open; followers, profile and search still bring a trickle."""
    REVIVED = 4
    """Resting for long, now carried by an outside cause."""
    GONE = 5
    """Deleted; its counters can be read no more."""


EventKind = Literal["promoted", "breakout", "second_life", "halo", "advert", "deleted", "frozen", "fallen", "murmur"]

GLITCHES: frozenset[EventKind] = frozenset({"frozen", "fallen"})
"""Only in these may a shown counter fall."""

QUIET: frozenset[EventKind] = frozenset({"murmur"})
"""Too small to be called an event: a quiet week may hold them."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a video (its index) in the hours start <= hour < end, counted from the world's first.

    `cause`: the pool's name for promoted and breakout, search | sound | news | retrial for second_life, the hit's index for halo,
    video | platform | correction for glitches. `strength`: views it brings or brought in all (expected); the fraction lost for fallen.
    """

    kind: EventKind
    video: int
    start: int
    end: int
    cause: str = ""
    strength: float = 0.0
