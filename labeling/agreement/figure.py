"""A number with its range, or the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.959963984540054
"""Two-sided 95 % point of the standard normal distribution."""


@dataclass(frozen=True)
class Figure:
    """A measured number.

    Attributes:
        value: the number; None where it is undefined, and `why` then says why.
        low, high: ends of its 95 % range; None where no range can be told (`why` says so where there is a value).
        n: how many items (or answers) it rests on.
        why: a plain sentence; "" where there is nothing to explain.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    why: str = ""


def undefined(why: str, n: int = 0) -> Figure:
    """A figure without a value."""
    return Figure(None, None, None, n, why)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % range of a share hits / n, n >= 1, within 0-1; holds the share itself.

    Wilson's score interval: (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).
    Source: Wilson, Journal of the American Statistical Association 22 (1927) 209-212.
    """
    p = hits / n
    middle, half = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return max(0.0, min(p, (middle - half) / scale)), min(1.0, max(p, (middle + half) / scale))


def share(hits: int, n: int, nothing: str) -> Figure:
    """The share hits / n, 0-1, with Wilson's range; undefined with the sentence `nothing` where n is 0."""
    return Figure(hits / n, *wilson(hits, n), n) if n else undefined(nothing)
