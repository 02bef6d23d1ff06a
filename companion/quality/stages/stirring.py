"""Look-back candidates: old videos that rest but begin to stir, before anything can be called a second life.

The views of the last days are held against those of the days before: under rest they would divide like the hours do (a binomial test of
two Poisson counts, Przyborowski 1940). Views come in bursts, so a variance of BURSTS times Poisson's is assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from companion.quality.stages.assumptions import ASSUMED, Assumptions
from companion.quality.stages.stage import Found

RECENT_DAYS, BEFORE_DAYS = 3.0, 7.0
BURSTS = 4.0
LEAST_Z = 2.0
OLD_DAYS = 14.0


@dataclass(frozen=True)
class Candidate:
    """`times`: pace of the last days beside before. `z`: how many standard deviations above rest that is."""

    key: str
    times: float
    z: float
    reason: str


def candidates(found: Mapping[str, Found], assumed: Assumptions = ASSUMED) -> list[Candidate]:
    """The resting videos whose pace rises, strongest first; `found` by any key of the video."""
    out = [candidate for key, one in found.items() if (candidate := _candidate(key, one, assumed)) is not None]
    return sorted(out, key=lambda one: -one.z)


def _candidate(key: str, found: Found, assumed: Assumptions) -> Candidate | None:
    curve = found.curve
    if len(curve) < assumed.least_snapshots or found.now.name in ("second life", "insufficient data"):
        return None
    if curve.hours[-1] < OLD_DAYS * 24 or any(life.end >= len(curve) for life in found.carried):
        return None
    end = float(curve.hours[-1])
    middle, begin = end - RECENT_DAYS * 24, max(float(curve.hours[0]), end - (RECENT_DAYS + BEFORE_DAYS) * 24)
    if middle - begin < assumed.quiet_days * 24:
        return None
    first, turn, last = np.interp([begin, middle, end], curve.hours, curve.views)
    before, recent = turn - first, last - turn
    part = (end - middle) / (end - begin)
    n = before + recent
    if n <= 0 or recent <= curve.step[-1]:
        return None
    z = (recent - n * part) / sqrt(max(n, 1.0) * part * (1 - part) * BURSTS)
    if z < LEAST_Z:
        return None
    times = ((recent + 1) / (end - middle)) / ((before + 1) / (middle - begin))
    reason = f"{recent:,.0f} views in {RECENT_DAYS:g} days after {before:,.0f} in {(middle - begin) / 24:.0f} days before"
    return Candidate(key, float(times), float(z), reason)
