"""The source's dynamic multiplier, lambda_t = alpha · HighQuality_t / Total_t, by category over time, and a split of a budget by it.

Its fault: a category that is paid more makes more, so the multiplier feeds itself, and a week with three videos swings it. Mended: the
share is shrunk towards that of all categories, smoothed over time (exponential, half-life HALF_LIFE steps) and clamped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ALPHA = 1.0
PRIOR = 10.0
"""Videos' worth that the share of all categories weighs."""
HALF_LIFE = 4.0
LEAST, MOST = 0.5, 2.0
"""Bounds of the multiplier beside the usual one."""


@dataclass(frozen=True)
class Multiplier:
    """`value` beside the mean of all categories (1: usual), `high` of `total` videos in all steps together.

    `seed` is the source's: alpha · high / total of the latest step with videos of the category, None without any.
    """

    value: float
    high: int
    total: int
    seed: float | None


def multipliers(steps: Sequence[Mapping[str, tuple[int, int]]], alpha: float = ALPHA) -> dict[str, Multiplier]:
    """From (high-quality videos, all videos) by category of each step in time, oldest first.

    Raises:
        ValueError: counts that cannot be, or alpha not above 0.
    """
    if not alpha > 0:
        raise ValueError(f"alpha is {alpha}; it must be above 0")
    for step in steps:
        for name, (high, total) in step.items():
            if not 0 <= high <= total:
                raise ValueError(f"{high} of {total} videos of {name} are high in quality; that cannot be")
    pairs = [pair for step in steps for pair in step.values()]
    videos = sum(total for _, total in pairs)
    usual = sum(high for high, _ in pairs) / videos if videos else 0.5
    keep = 0.5 ** (1 / HALF_LIFE)
    found = {}
    for name in sorted({name for step in steps for name in step}):
        good, met = 0.0, 0.0
        for step in steps:
            one, every = step.get(name, (0, 0))
            good, met = keep * good + one, keep * met + every
        smooth = (good + PRIOR * usual) / (met + PRIOR)
        last_high, last_total = next((step[name] for step in reversed(steps) if name in step), (0, 0))
        found[name] = Multiplier(
            value=min(MOST, max(LEAST, smooth / usual)) if usual > 0 else 1.0,
            high=sum(step[name][0] for step in steps if name in step),
            total=sum(step[name][1] for step in steps if name in step),
            seed=alpha * last_high / last_total if last_total else None,
        )
    return found


def split(budget: float, creators: Mapping[str, float], by: Mapping[str, float]) -> dict[str, float]:
    """The budget in proportion to each creator's worth (0 or more) times the multiplier of `by` (1 where not known); adds up to it.

    Raises:
        ValueError: a budget or worth below zero.
    """
    if not budget >= 0 or any(not worth >= 0 for worth in creators.values()):
        raise ValueError("the budget and every creator's worth must be 0 or more")
    weights = {name: worth * by.get(name, 1.0) for name, worth in creators.items()}
    total = sum(weights.values())
    if total <= 0:
        return {name: budget / len(weights) for name in weights}
    return {name: budget * weight / total for name, weight in weights.items()}
