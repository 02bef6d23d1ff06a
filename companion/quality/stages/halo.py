"""Halo: whether a creator's other videos grew with a hit more than other creators' videos did at the same time. An association, no cause.

For each video: change = ln((views gained in the days after + 1) / (views gained in the days before + 1)). The mean change of the
creator's other videos is compared with that of videos of about the same age by other creators, by shuffling which is which (permutation
test, Fisher 1935). What moves the whole site at that time moves both alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from companion.quality.posts import Floats
from companion.quality.stages.snapshots import HOUR_MS, Curve

WINDOW_DAYS = 3.0
LEAST_OWN, LEAST_OTHERS = 3, 10
DRAWS = 2000


@dataclass(frozen=True)
class Halo:
    """`times`: growth of the other videos after the hit beside before, over the same of other creators' (1: no difference).

    `p`: how often shuffling gives at least as much; None, as `times`, where there is not enough data. `n` own and `others` compared.
    """

    times: float | None
    p: float | None
    n: int
    others: int
    reason: str


def halo(hit_at: int, own: Sequence[Curve], others: Sequence[Curve], *, seed: int = 1) -> Halo:
    """`own`: the creator's other videos. `others`: videos of other creators. `hit_at`: ms UTC at which the hit began to grow."""
    mine = np.array([change for curve in own if (change := _change(curve, hit_at)) is not None])
    ages = [age for curve in own if _change(curve, hit_at) is not None and (age := _age_days(curve, hit_at)) is not None]
    matched = [curve for curve in others if _matches(curve, hit_at, ages)]
    theirs = np.array([change for curve in matched if (change := _change(curve, hit_at)) is not None])
    if len(mine) < LEAST_OWN or len(theirs) < LEAST_OTHERS:
        own_ones = f"{len(mine)} other {'video' if len(mine) == 1 else 'videos'}"
        known = f"{own_ones} and {len(theirs)} of other creators were read {WINDOW_DAYS:g} days before and after"
        return Halo(None, None, len(mine), len(theirs), f"not enough data: {known}; {LEAST_OWN} and {LEAST_OTHERS} are needed")
    seen = float(mine.mean() - theirs.mean())
    p = _shuffled(np.concatenate([mine, theirs]), len(mine), seen, seed)
    times = exp(seen)
    reason = f"{len(mine)} other videos grew {times:.1f} times as much as {len(theirs)} of other creators after the hit (p = {p:.3f})"
    return Halo(times, p, len(mine), len(theirs), f"{reason}; an association, not a proof")


def _shuffled(values: Floats, n: int, seen: float, seed: int) -> float:
    rng = np.random.default_rng(seed)
    total, size = values.sum(), len(values)
    more = 0
    for _ in range(DRAWS):
        first = values[rng.permutation(size)[:n]].sum()
        more += first / n - (total - first) / (size - n) >= seen - 1e-12
    return (1 + more) / (1 + DRAWS)


def _change(curve: Curve, at: int) -> float | None:
    """Growth (ln) after `at` beside before; None where the readings do not reach as far."""
    width = int(WINDOW_DAYS * 24 * HOUR_MS)
    if len(curve) < 3 or curve.at[0] > at - width or curve.at[-1] < at + width:
        return None
    before, now, after = np.interp([at - width, at, at + width], curve.at, curve.views)
    return log((after - now + 1) / (now - before + 1))


def _age_days(curve: Curve, at: int) -> float | None:
    return float((at - curve.at[0]) / HOUR_MS + curve.hours[0]) / 24 if curve.dated and len(curve) else None


def _matches(curve: Curve, at: int, ages: Sequence[float]) -> bool:
    age = _age_days(curve, at)
    return not ages or (age is not None and any(other / 2 <= age <= other * 2 for other in ages))
