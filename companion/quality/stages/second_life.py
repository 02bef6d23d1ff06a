"""Second lives: an old video that had come to rest is shown to many again.

Growth above the pace of rest is added up over at most a week. It is called a second life when it is large beside what the video had,
beside what rest alone brings, and beside what rounding and contradictory readings can feign, in two readings on end. It is over when its
pace has fallen far below its height.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.quality.posts import Floats
from companion.quality.stages.assumptions import ASSUMED, Assumptions
from companion.quality.stages.snapshots import Curve

DAY = 24.0
CONTRADICTION = 0.015
"""Part by which two readings may differ without anything having happened."""
SHORTEST = 20.0
"""Hours that a pace must be looked at to mean a day and not an evening."""


@dataclass(frozen=True)
class Life:
    """A second life: `start`, `seen` and `end` are numbers of readings.

    Growth begins after `start`, it was called at `seen`, and `end` is the first reading after it (the number of all readings where it
    goes on). `gained`: views above rest. `pace`, `rest`: views an hour at its height and before.
    """

    start: int
    seen: int
    end: int
    gained: float
    pace: float
    rest: float


def second_lives(curve: Curve, views: Floats, assumed: Assumptions = ASSUMED) -> list[Life]:
    """The second lives among the readings, oldest first; `views` are those of the curve without paid ones.

    What is said of a reading rests on it and earlier ones only.
    """
    found: list[Life] = []
    resting_from, at = 0, 1
    while at < len(curve):
        start = _start(curve, views, resting_from, at, assumed)
        if start is None:
            at += 1
            continue
        rest = _rest(curve, views, resting_from, start)
        life = _follow(curve, views, (start, at), rest, assumed)
        found.append(life)
        resting_from, at = life.end, life.end + 1
    return found


def _start(curve: Curve, views: Floats, since: int, now: int, assumed: Assumptions) -> int | None:
    """The reading from which growth above rest is large enough at `now`; None where none is. One jump of a counter is not enough."""
    first = max(since, int(np.searchsorted(curve.hours, curve.hours[now] - assumed.life_window_days * DAY)))
    feigned = CONTRADICTION * views[now] + curve.step[now]
    if views[now] - views[first] < max(assumed.life_gain * views[first], assumed.life_views, feigned):
        return None
    if not views[now] > views[now - 1]:
        return None
    for start in range(first, now - 1):
        hours = curve.hours[now] - curve.hours[start]
        if hours < SHORTEST or views[now - 1] <= views[start] or not _rested(curve, since, start, assumed):
            continue
        gained, rest = views[now] - views[start], _rest(curve, views, since, start)
        least = max(assumed.life_gain * views[start], assumed.life_views, feigned + curve.step[start])
        if gained - rest * hours >= least and gained >= assumed.life_times * rest * hours:
            return start
    return None


def _rested(curve: Curve, since: int, start: int, assumed: Assumptions) -> bool:
    """Whether the pace of rest can be known: days were seen before `start`, or the video was old when it was first met."""
    if since == 0 and curve.dated and curve.hours[0] > assumed.young_hours:
        return True
    return bool(curve.hours[start] - curve.hours[since] >= assumed.quiet_days * DAY)


def _rest(curve: Curve, views: Floats, since: int, start: int) -> float:
    """Views an hour at rest: of the days before `start`, or of the whole life of a video where that is less or all that is known."""
    usual = views[start] / curve.hours[start] if curve.dated and curve.hours[start] > 0 else np.inf
    first = max(since, int(np.searchsorted(curve.hours, curve.hours[start] - 7 * DAY)))
    span = curve.hours[start] - curve.hours[first]
    recent = (views[start] - views[first]) / span if span >= SHORTEST else np.inf
    rest = min(usual, recent)
    return float(rest) if np.isfinite(rest) else 0.0


def _follow(curve: Curve, views: Floats, span: tuple[int, int], rest: float, assumed: Assumptions) -> Life:
    start, seen = span
    height, at = 0.0, seen
    while at < len(curve):
        first = min(at - 1, int(np.searchsorted(curve.hours, curve.hours[at] - DAY)))
        pace = (views[at] - views[first]) / max(curve.hours[at] - curve.hours[first], 1.0) - rest
        if at == seen:
            whole = (views[at] - views[start]) / (curve.hours[at] - curve.hours[start]) - rest
            height = max(whole, pace)
        elif pace < assumed.life_over * height:
            break
        height = max(height, pace)
        at += 1
    last = min(at, len(curve) - 1)
    gained = views[last] - views[start] - rest * (curve.hours[last] - curve.hours[start])
    return Life(start, seen, at, float(gained), height + rest, rest)
