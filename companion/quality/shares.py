"""A share of comments and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959964
"""Normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True)
class Share:
    """`value` = hits / n with its 95 % Wilson interval [low, high], all 0-1."""

    value: float
    low: float
    high: float
    n: int


def wilson(hits: int, n: int, z: float = Z95) -> Share | None:
    """Wilson score interval of hits among n (Wilson 1927); None when n is 0.

    centre = (p + z²/2n) / (1 + z²/n), half width = z/(1 + z²/n) · sqrt(p(1-p)/n + z²/4n²).

    Raises:
        ValueError: hits outside 0..n.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"hits {hits} must lie between 0 and n {n}")
    if n == 0:
        return None
    p, z2 = hits / n, z * z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == n else min(1.0, centre + half)
    return Share(p, low, high, n)
