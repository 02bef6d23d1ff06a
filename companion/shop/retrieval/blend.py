"""Two legs -> one score."""

from __future__ import annotations

import numpy as np

from companion.shop.retrieval.vectors import Vectors

DENSE_SHARE = 0.6
"""Of the blended score; the rest is the lexical leg's. Best of nine on our own queries (bench/shop_blend.py)."""


def spread(scores: Vectors) -> Vectors:
    """Scores of one query, moved to 0 (worst candidate) to 1 (best); all 0 where they do not differ."""
    if not len(scores):
        return scores
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def blend(dense: Vectors, lexical: Vectors, share: float = DENSE_SHARE) -> Vectors:
    """Mix as share * dense + (1 - share) * lexical, each spread over the query's candidates [n]."""
    mixed: Vectors = share * spread(dense) + (1 - share) * spread(lexical)
    return mixed
