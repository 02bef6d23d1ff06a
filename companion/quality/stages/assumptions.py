"""What is assumed about how a feed spreads videos: folklore and choices, not facts. Every number can be changed.

Told of TikTok, by nobody who would know: a first pool of 200-300 viewers, the best tenth goes on, wide spread is 10,000-100,000.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Assumptions:
    """Thresholds of the stage detector. Pools are read off views, in multiples of what such a creator's first pool usually brings.

    `first_pool`: viewers of the first pool, least and most; used where the stored videos do not say what is usual.
    `heaps`: times the usual first pool that videos have in the middle which stay there, go to a second pool, or are spread widely;
    `heap_spreads` how far they scatter (ln), `heap_parts` how common each is. They are fitted to the stored videos where those suffice.
    `passes`: part of the videos that is let through a pool, before any stored video says it.
    `sure`: probability from which a pool is said; below, "unsure" is.
    """

    first_pool: tuple[float, float] = (200.0, 300.0)
    heaps: tuple[float, float, float] = (1.1, 4.5, 30.0)
    heap_spreads: tuple[float, float, float] = (0.45, 0.6, 0.9)
    heap_parts: tuple[float, float, float] = (0.6, 0.3, 0.1)
    sure: float = 0.8
    passes: float = 0.1

    least_snapshots: int = 3
    """Snapshots below which nothing is said."""
    young_hours: float = 72.0
    """A video is followed through its pools from an age no greater than this at its first snapshot, or nothing tells how it began."""
    opening_days: float = 14.0
    """Days after posting in which pools open; what is gained later is something else."""

    quiet_days: float = 3.0
    """Days of rest before new growth is called a second life."""
    life_gain: float = 0.08
    """Part of the views so far that must come on top within `life_window_days`."""
    life_views: float = 60.0
    """Views that must come on top at the least."""
    life_times: float = 2.5
    """Times the resting pace that new growth must reach."""
    life_window_days: float = 7.0
    life_over: float = 0.2
    """A second life is over when the pace above rest has fallen to this part of its height."""
    paid_likes: float = 0.45
    """Likes per new view against those per view so far below which new views look paid: such growth is no second life."""

    breakout_times: float = 15.0
    """Times a creator's usual views from which a spreading video is called a breakout."""

    def __post_init__(self) -> None:
        low, high = self.first_pool
        if not 0 < low <= high:
            raise ValueError(f"first pool {low:g}-{high:g} must be two numbers above 0, the smaller one first")
        if not 0 < self.heaps[0] < self.heaps[1] < self.heaps[2]:
            raise ValueError(f"heaps {self.heaps} must rise and lie above 0")
        if not (min(self.heap_spreads) > 0 and min(self.heap_parts) > 0 and abs(sum(self.heap_parts) - 1) < 1e-6):
            raise ValueError(f"heap_spreads {self.heap_spreads} and heap_parts {self.heap_parts} must be above 0, the parts add up to 1")
        if not 0 < self.passes < 1:
            raise ValueError(f"passes {self.passes:g} must lie between 0 and 1")
        if not 0.5 <= self.sure < 1:
            raise ValueError(f"sure {self.sure:g} must lie between 0.5 and 1")
        for name in ("life_gain", "life_views", "life_times", "life_window_days", "quiet_days", "breakout_times"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} {getattr(self, name):g} must be above 0")


ASSUMED = Assumptions()
