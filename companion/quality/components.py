"""One part of a score: its number, how it came about, and how much it counts."""

from __future__ import annotations

from dataclasses import dataclass

PARTS = ("deviation", "sentiment", "share value", "engagement")
"""The source framework's four dimensions."""


@dataclass(frozen=True)
class Component:
    """One dimension of a video or a creator.

    `value` is in `unit`, `points` the same on a scale of 0 to 100 where 50 is what is usual; both None where nothing can be said.
    `interval` is the 95 % interval of `value`. `n` counts what the value rests on. `reason` says in a sentence how the number
    came about, or why there is none.
    """

    name: str
    value: float | None
    unit: str
    points: float | None
    n: int
    reason: str
    interval: tuple[float, float] | None = None


def missing(name: str, unit: str, reason: str) -> Component:
    """A dimension about which nothing can be said, and why."""
    return Component(name, None, unit, None, 0, reason)
