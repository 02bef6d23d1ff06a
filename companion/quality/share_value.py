"""Share value: passing a video on says more than liking it.

Source: shares / likes, times 1.5 if above Q3 of its category. Its faults: 1 share on 2 likes beats 400 on 1,000; no likes divides by
zero; a hair above Q3 is worth half as much again.

Mended: (shares + prior shares) / (likes + prior likes), the gamma-Poisson posterior mean with a prior fitted on the category, and a
multiplier that rises evenly from 1 to 1.5 between the 65th and the 85th percentile of the category (1.25 at Q3).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import quantiles

from companion.quality.components import Component, missing

NAME, UNIT = "share value", "shares per like"
MOST = 1.5
RAMP = (0.65, 0.85)
LEAST = 20
"""Videos of a category below which its quartiles say nothing."""


@dataclass(frozen=True)
class ShareField:
    """What is usual in a category. `shape` and `rate` are those of the gamma prior of shares per like (prior shares, prior likes).

    `raw` and `shrunk` hold the sorted ratios of its videos.
    """

    shape: float
    rate: float
    raw: tuple[float, ...]
    shrunk: tuple[float, ...]

    @classmethod
    def fit(cls, pairs: Iterable[tuple[int, int]]) -> ShareField | None:
        """From (shares, likes) of the category's videos; None where fewer than LEAST have likes.

        Moments: mean m = sum shares / sum likes over videos with likes, weighted alike; var = spread of the ratios less the Poisson
        part m · mean(1 / likes); rate = m / var, shape = m² / var.
        """
        liked = [(shares, likes) for shares, likes in pairs if likes > 0 and shares >= 0]
        if len(liked) < LEAST:
            return None
        raw = sorted(shares / likes for shares, likes in liked)
        keep = raw[: max(LEAST, int(len(raw) * 0.99))]  # the last hundredth would decide the variance alone
        mean = max(sum(keep) / len(keep), 1e-6)
        spread = sum((ratio - mean) ** 2 for ratio in keep) / len(keep)
        noise = mean * sum(1 / likes for _, likes in liked) / len(liked)
        between = max(spread - noise, spread / 10, 1e-9)
        shape, rate = mean * mean / between, mean / between
        shrunk = sorted((shares + shape) / (likes + rate) for shares, likes in liked)
        return cls(shape, rate, tuple(raw), tuple(shrunk))


def share_rank(shares: int | None, likes: int | None, field: ShareField | None) -> float | None:
    """The part of the category's videos with fewer shares for each like (shrunk), 0 to 1; None where it cannot be said."""
    if shares is None or likes is None or field is None:
        return None
    return _rank(field.shrunk, (shares + field.shape) / (likes + field.rate))


def share_value(shares: int | None, likes: int | None, field: ShareField | None) -> Component:
    """The mended value; without a field to compare with the ratio stands there, but no points."""
    if shares is None or likes is None:
        return missing(NAME, UNIT, f"{'shares' if shares is None else 'likes'} are not known")
    if field is None:
        if not likes:
            return missing(NAME, UNIT, "no likes yet")
        reason = f"fewer than {LEAST} videos like it are stored to say whether {shares:,} shares on {likes:,} likes are many"
        return Component(NAME, shares / likes, UNIT, None, likes, reason)
    ratio = (shares + field.shape) / (likes + field.rate)
    rank = _rank(field.shrunk, ratio)
    multiplier = 1 + (MOST - 1) * min(1.0, max(0.0, (rank - RAMP[0]) / (RAMP[1] - RAMP[0])))
    reason = f"{shares:,} shares on {likes:,} likes, more than {rank:.0%} of its category; counted {multiplier:.2f} times"
    return Component(NAME, ratio * multiplier, UNIT, 100 * rank, likes, reason)


def seed_share_value(shares: int | None, likes: int | None, field: ShareField | None) -> Component:
    """The value as the source writes it."""
    if shares is None or likes is None:
        return missing(NAME, UNIT, f"{'shares' if shares is None else 'likes'} are not known")
    if not likes:
        return missing(NAME, UNIT, "no likes, and this formula divides by them")
    if field is None:
        return missing(NAME, UNIT, f"fewer than {LEAST} videos of its category are known, so it has no third quartile")
    ratio, third = shares / likes, quantiles(field.raw, n=4)[2]
    above = ratio > third
    reason = f"{shares:,} shares on {likes:,} likes, {'above' if above else 'not above'} the third quartile {third:.3f}"
    return Component(NAME, ratio * (MOST if above else 1.0), UNIT, 100 * _rank(field.raw, ratio), likes, reason)


def _rank(ordered: tuple[float, ...], value: float) -> float:
    """The share of values below, those that are equal counted half; 0 to 1."""
    return (bisect_left(ordered, value) + bisect_right(ordered, value)) / 2 / len(ordered)
