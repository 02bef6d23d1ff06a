"""How probable it is that a video reaches the next pool: what became of earlier videos with about as many likes a view.

The share of those that went on has a Beta posterior; its prior is what is assumed (`Assumptions.passes`), worth PRIOR videos.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from companion.quality.stages.assumptions import ASSUMED, Assumptions
from companion.quality.stages.stage import POOLS, Found

PRIOR = 10.0
NEAREST = 60
"""Earlier videos, those nearest by likes a view, that speak for a video."""


@dataclass(frozen=True)
class Earlier:
    """A video whose pools are over: the likes a view at its last reading in `pool`, and whether it went on from there."""

    pool: str
    like_rate: float
    went_on: bool


@dataclass(frozen=True)
class Chance:
    """`value` with its 90 % credible interval; `n` earlier videos say so (0: only the assumption does)."""

    value: float
    low: float
    high: float
    n: int
    reason: str


def earlier_of(found: Found) -> list[Earlier]:
    """What a video whose pools are over says of later ones; nothing where it was not seen from early on."""
    names = [stage.name for stage in found.stages]
    widest = max((POOLS.index(name) for name in names if name in POOLS), default=-1)
    out = []
    for pool in range(widest + 1):
        last = next((at for at in reversed(range(len(names))) if names[at] == POOLS[pool]), None)
        if last is not None and pool < len(POOLS) - 1 and (rate := _rate(found, last)) is not None:
            out.append(Earlier(POOLS[pool], rate, pool < widest))
    return out


def chance_of_next(found: Found, earlier: Sequence[Earlier], assumed: Assumptions = ASSUMED) -> Chance | None:
    """For a video that is in its first or second pool; None for any other, or where likes are not known."""
    from scipy.special import betaincinv  # not scipy.stats: that takes a second to load

    if found.now.name not in POOLS[:-1] or (rate := _rate(found, len(found.stages) - 1)) is None:
        return None
    same = [one for one in earlier if one.pool == found.now.name]
    near = sorted(same, key=lambda one: abs(np.log((one.like_rate + 1e-3) / (rate + 1e-3))))[:NEAREST]
    went = sum(one.went_on for one in near)
    a, b = PRIOR * assumed.passes + went, PRIOR * (1 - assumed.passes) + len(near) - went
    low, high = betaincinv(a, b, [0.05, 0.95])
    said = f"{went} of {len(near)} earlier videos with about {rate:.1%} likes a view went on" if near else "no earlier video was followed"
    reason = f"{said}; assumed beforehand: {assumed.passes:.0%}"
    return Chance(float(a / (a + b)), float(low), float(high), len(near), reason)


def _rate(found: Found, at: int) -> float | None:
    views, likes = float(found.curve.views[at]), float(found.curve.likes[at])
    return likes / views if views > 0 and np.isfinite(likes) else None
