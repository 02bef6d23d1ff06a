"""Maximal marginal relevance (Carbonell and Goldstein 1998): good products that are not all alike."""

from __future__ import annotations

import numpy as np

from companion.shop.profile.traits import Codes, Floats


def mmr(scores: Floats, kinds: Codes, vectors: Floats | None, size: int, balance: float) -> list[int]:
    """Places of `size` candidates in the order chosen.

    Each step takes the highest of balance x score - (1 - balance) x likeness to the most alike chosen one.

    Args:
        scores: (n,) 0 to 1.
        kinds: (n,) numbers; those of the same kind are alike.
        vectors: (n, d) unit vectors, or None to look at kinds alone.
        size: how many; fewer come where there are fewer.
        balance: 1 looks at scores only.
    """
    chosen: list[int] = []
    nearest, left = np.zeros(len(scores)), np.ones(len(scores), bool)
    while len(chosen) < min(size, len(scores)):
        best = int(np.where(left, balance * scores - (1 - balance) * nearest, -np.inf).argmax())
        chosen.append(best)
        left[best] = False
        nearest = np.maximum(nearest, likeness(best, kinds, vectors))
    return chosen


def likeness(one: int, kinds: Codes, vectors: Floats | None) -> Floats:
    """(n,) how alike all are to `one`, 0 to 1: the mean of cosine and same kind; same kind alone without vectors."""
    same = (kinds == kinds[one]).astype(np.float64)
    return same if vectors is None else np.asarray((same + np.clip(vectors @ vectors[one], 0, 1)) / 2, np.float64)
