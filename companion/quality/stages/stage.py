"""The distribution stage of a video at each of its readings: how far a feed has taken it, and whether it moves again.

Stages follow the widest audience so far, in multiples of what a first pool usually brings such a creator (`usual`): first pool, second
pool, wide. A video that was met when it was old only rests, or has a second life; nothing tells how far it once came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from companion.quality.posts import Floats
from companion.quality.stages.assumptions import ASSUMED, Assumptions
from companion.quality.stages.field import Field, assumed_field
from companion.quality.stages.paid import paid_views
from companion.quality.stages.second_life import Life, second_lives
from companion.quality.stages.snapshots import HOUR_MS, Curve, Snapshot, curve_of

StageName = Literal["first pool", "second pool", "wide", "resting", "second life", "unsure", "insufficient data"]
POOLS: tuple[StageName, ...] = ("first pool", "second pool", "wide")
HIT_PART = 0.05
"""Part of a hit's views that visitors of the profile may bring to another video; growth above that has a cause of its own."""
HIT_AFTER_HOURS = 48.0
"""Hours after the end of a hit's growth in which growth of other videos is laid to it and not called a second life."""


@dataclass(frozen=True)
class Hit:
    """A video that broke out at `start`, grew until `end` (ms UTC) and gained `views` from then on."""

    start: int
    end: int
    views: float


@dataclass(frozen=True)
class Stage:
    """What was said at a reading (`at`, ms UTC). `times`: views without paid ones / the usual first pool, None where not used."""

    at: int
    name: StageName
    times: float | None
    reason: str


@dataclass(frozen=True)
class Found:
    """The stages of a video, oldest first, one for each usable reading.

    `lives` are its second lives, `carried` growth like one in the days after a hit of the same creator. `breakout`: when
    it had become far larger than what is usual, None where it had not. `paid`: views that look paid.
    """

    stages: tuple[Stage, ...]
    curve: Curve
    lives: tuple[Life, ...]
    carried: tuple[Life, ...]
    breakout: Hit | None
    paid: float
    reasons: tuple[str, ...]

    @property
    def now(self) -> Stage:
        """The latest stage; "insufficient data" where there is no usable reading."""
        if self.stages:
            return self.stages[-1]
        return Stage(0, "insufficient data", None, "nobody read its numbers yet")


def stages(  # noqa: PLR0913 (each is another source of what is known)
    snapshots: Sequence[Snapshot],
    *,
    posted_at: int | None = None,
    followers: int | None = None,
    field: Field | None = None,
    hits: Sequence[Hit] = (),
    assumed: Assumptions = ASSUMED,
) -> Found:
    """The stages of one video; never raises. What is said of a reading rests on it and on earlier ones.

    `field` comes from the stored videos of many creators (`field_of`); without it the assumed pools stand in. `hits`: those of
    other videos of the same creator.
    """
    curve = curve_of(snapshots, posted_at)
    field = field or assumed_field(assumed)
    paid = paid_views(curve, assumed)
    own = curve.views - paid
    every = second_lives(curve, own, assumed)
    carried = tuple(life for life in every if _after_hit(curve, life, hits))
    lives = tuple(life for life in every if life not in carried)
    times = _without(own, every, curve) / field.first_pool(followers)
    young = curve.dated and len(curve) > 0 and curve.hours[0] <= assumed.young_hours
    pools, share = _pools(curve, times, field, assumed)
    named = []
    for i in range(len(curve)):
        life = next((one for one in lives if one.seen <= i < one.end), None)
        at = int(curve.at[i])
        if i + 1 < assumed.least_snapshots:
            named.append(Stage(at, "insufficient data", None, f"{i + 1} of {assumed.least_snapshots} readings that are needed"))
        elif life is not None:
            named.append(Stage(at, "second life", None, _life_words(curve, life, own, i)))
        elif young:
            named.append(Stage(at, pools[i], float(times[i]), _pool_words(own[i], times[i], share[i], field)))
        else:
            named.append(Stage(at, "resting", None, _rest_words(curve)))
    breaks = np.flatnonzero((times >= assumed.breakout_times) & young)
    hit = _hit(curve, own, int(breaks[0])) if len(breaks) and curve.hours[breaks[0]] <= assumed.opening_days * 24 else None
    reasons = (*curve.reasons, *((f"{paid[-1]:,.0f} views look paid and are left out",) if len(paid) and paid[-1] else ()))
    return Found(tuple(named), curve, lives, carried, hit, float(paid[-1]) if len(paid) else 0.0, reasons)


def _pools(curve: Curve, times: Floats, field: Field, assumed: Assumptions) -> tuple[list[StageName], Floats]:
    """The pool of each reading and how probable each pool is. It never falls, and opens only in the first days.

    Hysteresis: a wider pool is believed from the probability `sure` on; a pool that was believed stays until a wider one is.
    """
    high = np.maximum.accumulate(np.where(curve.hours <= assumed.opening_days * 24, times, 0.0))
    share = field.pools(high)
    said = -1
    out: list[StageName] = []
    for row in share:
        best = int(row.argmax())
        if row[best] >= assumed.sure and best > said:
            said = best
        out.append(POOLS[said] if said >= 0 and row[: said + 1].sum() >= assumed.sure else "unsure")
    return out, share


def _hit(curve: Curve, own: Floats, at: int) -> Hit:
    """The growth from just before reading `at` to nine tenths of all that came."""
    before = own[max(0, at - 1)]
    gained = own[-1] - before
    last = int(np.searchsorted(own, before + 0.9 * gained))
    return Hit(int(curve.at[max(0, at - 1)]), int(curve.at[min(last, len(curve) - 1)]), float(gained))


def _without(own: Floats, lives: Sequence[Life], curve: Curve) -> Floats:
    """The views without those that second lives brought."""
    out = own.copy()
    for life in lives:
        last = min(life.end, len(curve) - 1)
        span = np.arange(life.start, last + 1)
        rest = life.rest * (curve.hours[span] - curve.hours[life.start])
        above = np.maximum(own[span] - own[life.start] - rest, 0.0)
        out[span] -= above
        out[last + 1 :] -= above[-1]
    return out


def _after_hit(curve: Curve, life: Life, hits: Sequence[Hit]) -> bool:
    last = int(curve.at[life.seen])
    near = [hit for hit in hits if hit.start <= last and int(curve.at[life.start]) <= hit.end + HIT_AFTER_HOURS * HOUR_MS]
    return any(life.gained <= HIT_PART * hit.views for hit in near)


def _pool_words(views: float, times: float, share: Floats, field: Field) -> str:
    usual = f"the usual first pool of {field.n:,} stored videos" if field.n else "an assumed first pool"
    likely = ", ".join(f"{name} {part:.0%}" for name, part in zip(POOLS, share, strict=True) if part >= 0.005)
    many = f"{views:,.0f} views, {f'{times:,.0f}' if times >= 10 else f'{times:.1f}'} times {usual}"
    return many if share.max() >= 0.995 else f"{many}; probably {likely}"


def _life_words(curve: Curve, life: Life, own: Floats, at: int) -> str:
    gained = own[at] - own[life.start]
    days = (curve.hours[at] - curve.hours[life.start]) / 24
    return f"{gained:,.0f} views in {days:.1f} days after {own[life.start]:,.0f} before; {life.rest * 24:,.0f} a day while it rested"


def _rest_words(curve: Curve) -> str:
    if not curve.dated:
        return "the day of posting is not known, so nothing tells how far it was spread"
    return f"first read {curve.hours[0] / 24:,.0f} days after posting, so nothing tells how far it was spread; no new growth"
