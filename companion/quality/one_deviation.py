"""The deviation of one video as a part of its score: against a table of others, its creator's earlier videos, or the fallback formula."""

from __future__ import annotations

from collections.abc import Sequence
from math import erf, sqrt

import numpy as np

from companion.quality.components import Component, missing
from companion.quality.deviation import CUT, fallback_rate, in_sigmas, robust_sigma
from companion.quality.history import recent_level
from companion.quality.posts import TARGETS, Floats, Post, targets

NAME, UNIT = "deviation", "sigmas above expectation"
LEAST_EARLIER = 8
"""Earlier videos from which their own scatter is a scale to measure by."""
SHORT = {"plays": "views", "likes_rate": "likes", "comments_rate": "comments", "shares_rate": "shares"}


def from_parts(parts: Floats, points: float | None, others: int, reason: str) -> Component:
    """A deviation from its signed parts in sigmas (one for each of TARGETS, NaN where not known)."""
    known = [(name, float(value)) for name, value in zip(TARGETS, parts, strict=True) if np.isfinite(value)]
    if not known:
        return missing(NAME, UNIT, "none of its numbers is known")
    value = sum(part for _, part in known) / len(known)
    said = ", ".join(f"{SHORT[name]} {round(part, 1) + 0.0:+.1f}" for name, part in known)
    return Component(NAME, value, UNIT, _normal(value) if points is None else points, others, f"{said} {reason}")


def against_earlier(post: Post, earlier: Sequence[Post]) -> Component:
    """Against the recent level of the creator's own earlier videos, or where they are too few against the fallback formula."""
    before = [one for one in earlier if one.created_at is not None and (post.created_at is None or one.created_at < post.created_at)]
    if len(before) < LEAST_EARLIER or post.created_at is None:
        return _fallback(post, len(before))
    y = targets(sorted(before, key=lambda one: (one.created_at or 0, one.video_id)))
    known = [column[np.isfinite(column)] for column in y.T]
    sigma = np.array([[robust_sigma(values) if len(values) >= LEAST_EARLIER else np.nan for values in known]])
    parts = in_sigmas([post], recent_level(y)[None, :], sigma)[0]
    if not np.isfinite(parts).any():
        return _fallback(post, 0)
    return from_parts(parts, None, len(before), f"sigmas against the creator's {len(before)} earlier videos")


def seed_against_earlier(post: Post, earlier: Sequence[Post]) -> Component:
    """As the source writes it, over raw counts: 1/n · sum |x - mean of earlier| / their standard deviation. No direction, so no points."""
    names = ("plays", "likes", "comments", "shares")
    parts = []
    for name in names:
        values = [value for one in earlier if (value := getattr(one, name)) is not None]
        own = getattr(post, name)
        if own is not None and len(values) >= LEAST_EARLIER and (sigma := float(np.std(values))) > 0:
            parts.append(abs(own - float(np.mean(values))) / sigma)
    if not parts:
        return _fallback(post, len(earlier), signed=False)
    value = sum(parts) / len(parts)
    reason = f"absolute distance of {len(parts)} counts from the creator's {len(earlier)} earlier videos; above or below counts alike"
    return Component(NAME, value, "sigmas, absolute", min(100.0, 100 * _normal_two_sided(value)), len(earlier), reason)


def _fallback(post: Post, earlier: int, signed: bool = True) -> Component:
    some = "1 earlier video is" if earlier == 1 else f"{earlier} earlier videos are"
    few = f"only {some} known" if earlier else "no earlier videos are known"
    if None in (post.plays, post.likes, post.comments, post.shares):
        return missing(NAME, UNIT, f"{few}, and without them views, likes, comments and shares must all be known")
    expected = fallback_rate(post.plays or 0, post.comments or 0, post.shares or 0)
    if expected is None:
        return missing(NAME, UNIT, f"{few}, and nobody was shown the video yet")
    rate = (post.likes or 0) / (post.plays or 1)
    ratio = float(np.log((rate + 1e-4) / (expected + 1e-4)))
    value = float(np.clip(ratio if signed else abs(ratio), -CUT, CUT))
    reason = f"{few}; {rate:.1%} of views left a like, where an assumed formula expects {expected:.1%}"
    return Component(NAME, value, "log ratio to an assumed formula", _normal(value), 1, reason)


def _normal(value: float) -> float:
    """100 · Phi(value)."""
    return 50 * (1 + erf(value / sqrt(2)))


def _normal_two_sided(value: float) -> float:
    return erf(value / sqrt(2))
