"""What another way of ranking would change, asked of many simulated worlds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from companion.quality.simulator.rules import SIGNALS, Bools, Floats, Ints
from companion.quality.simulator.world import live_through

BASELINE = "views"
RANKINGS: dict[str, dict[str, float] | None] = {
    "views": {"views": 1.0},
    "mixed": None,
    "intent": {"asks": 0.8, "watch": 0.2},
    "quality": {"watch": 0.4, "shares": 0.3, "comments": 0.2, "likes": 0.1},
}
"""What decides about the next pool. None: the mixture that the world drew for itself."""

RESAMPLES = 2_000
SMALL_FOLLOWERS = 10_000
"""Accounts below it are often called nano-creators; `small` can say otherwise."""


@dataclass(frozen=True)
class Experiment:
    """World i has the seed `seed` + i. `small`: creators with fewer followers count as small."""

    seed: int
    worlds: int = 20
    videos: int = 400
    days: int = 14
    small: int = SMALL_FOLLOWERS


@dataclass(frozen=True)
class Estimate:
    """A mean over worlds with its 95 % bootstrap interval over them; `low` and `high` are None with fewer than three worlds."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Outcome:
    """A ranking's results, organic views of new videos only, and its differences from ranking by views in the same worlds.

    `small_share`: part of all views that went to small creators, 0-1, and its difference in the same unit.
    `small_reached`: part of the small creators' videos that came beyond the first pool. `buyers`: people likely to buy, per 1,000 views;
    `buyers_ratio`: divided by that of ranking by views. `views_ratio` and `all_buyers_ratio`: all views and all buyers,
    divided likewise, because rankings do not show equally much in all.
    """

    ranking: str
    small_share: Estimate
    small_share_change: Estimate
    small_reached: Estimate
    small_reached_change: Estimate
    buyers: Estimate
    buyers_ratio: Estimate
    views_ratio: Estimate
    all_buyers_ratio: Estimate


def compare_rankings(experiment: Experiment, after_each: Callable[[], None] = lambda: None) -> list[Outcome]:
    """Live the same worlds once under every ranking; `after_each` is called after each world.

    Raises:
        ValueError: no world, or a world too small to simulate.
    """
    worlds = experiment.worlds
    if worlds < 1:
        raise ValueError(f"worlds is {worlds}; at least one must be simulated")
    measured = np.empty((worlds, len(RANKINGS), 5))
    for i in range(worlds):
        for j, ranking in enumerate(RANKINGS.values()):
            weights = None if ranking is None else [ranking.get(name, 0.0) for name in SIGNALS]
            measured[i, j] = _measure(experiment, i, weights)
        after_each()
    rng = np.random.default_rng(np.random.SeedSequence([experiment.seed, 3]))
    draws = rng.integers(0, worlds, (RESAMPLES, worlds))
    base = measured[:, list(RANKINGS).index(BASELINE)]
    return [_outcome(name, measured[:, j], base, draws) for j, name in enumerate(RANKINGS)]


def _measure(experiment: Experiment, world: int, weights: list[float] | None) -> Floats:
    """Share of small creators, part of their videos beyond the first pool, buyers per 1,000 views, views, buyers."""
    past = live_through(experiment.seed + world, videos=experiment.videos, days=experiment.days, weights=weights)
    history = past.history
    new: Bools = ~history.videos.library
    little = new & (history.creators.followers[history.videos.creator] < experiment.small)
    views, buyers = history.organic_views, history.buyers
    shown = max(views[new].sum(), 1e-9)
    reached = np.mean(history.pools[-1][little] > 1) if little.any() else 0.0
    return np.array([views[little].sum() / shown, reached, 1000 * buyers[new].sum() / shown, shown, buyers[new].sum()])


def _outcome(name: str, own: Floats, base: Floats, draws: Ints) -> Outcome:
    change, ratio = own - base, own / np.maximum(base, 1e-12)
    return Outcome(
        ranking=name,
        small_share=_estimate(own[:, 0], draws),
        small_share_change=_estimate(change[:, 0], draws),
        small_reached=_estimate(own[:, 1], draws),
        small_reached_change=_estimate(change[:, 1], draws),
        buyers=_estimate(own[:, 2], draws),
        buyers_ratio=_estimate(ratio[:, 2], draws, typical=True),
        views_ratio=_estimate(ratio[:, 3], draws, typical=True),
        all_buyers_ratio=_estimate(ratio[:, 4], draws, typical=True),
    )


def _estimate(values: Floats, draws: Ints, typical: bool = False) -> Estimate:
    """Mean, for ratios (`typical`) the geometric one, so that halving and doubling even out."""
    worked = np.log(np.maximum(values, 1e-12)) if typical else values
    back = np.exp if typical else np.asarray
    if len(values) < 3:
        return Estimate(float(back(worked.mean())), None, None)
    low, high = np.quantile(worked[draws].mean(1), (0.025, 0.975))
    return Estimate(float(back(worked.mean())), float(back(low)), float(back(high)))
