"""Ordinal uncertainty: comments whose grade the model cannot place.

The annotator gets hard ones: sarcasm, half a wish, a question that may or may not be about buying. Two readings far apart
("2 or 9") come before two next to each other ("5 or 6"), and comments at the line between low and high come early. Half of a
batch is like this, so it is slower work than the comments of a video in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite, sqrt

import numpy as np

from companion.intent.prediction import GRADES, HIGH_GRADE
from labeling.samplers.candidate import Candidate, Draw, Scored, draws
from labeling.samplers.sorters import Sorter, prefer_high

NAME = "ordinal_uncertainty"

_WIDEST = (GRADES[-1] - GRADES[0]) / 2  # standard deviation of half 1, half 10


def uncertainty(candidate: Candidate) -> float | None:
    """How little the model knows of the grade, 0-1; None where it said nothing usable.

    The mean of two parts: the spread of the grades it holds possible (standard deviation / 4.5), and how undecided it is about
    the line, 4 p (1 - p) with p the probability of a grade of 7 or more. Without a distribution the second part alone.
    """
    chances = _chances(candidate)
    high = candidate.p_high if candidate.p_high is not None and 0 <= candidate.p_high <= 1 else None
    if chances is None:
        return None if high is None else _undecided(high)
    mean = sum(grade * chance for grade, chance in zip(GRADES, chances, strict=True))
    spread = sqrt(sum((grade - mean) ** 2 * chance for grade, chance in zip(GRADES, chances, strict=True))) / _WIDEST
    return (spread + _undecided(sum(chances[HIGH_GRADE - 1 :]) if high is None else high)) / 2


def stream(pool: Sequence[Candidate]) -> Iterator[Scored]:
    """Those with a usable prediction, scored by `uncertainty`."""
    for candidate in pool:
        score = uncertainty(candidate)
        if score is not None:
            yield Scored(candidate, score)


def draw(pool: Sequence[Candidate], n: int, rng: np.random.Generator, sorter: Sorter = prefer_high) -> list[Draw]:
    """Up to n of the most uncertain."""
    return draws(NAME, sorter(stream(pool), n, rng))


def _undecided(p: float) -> float:
    return 4 * p * (1 - p)


def _chances(candidate: Candidate) -> list[float] | None:
    """The distribution made to add up to 1; None where it has not ten parts, a negative or no finite one, or only zeros."""
    given = candidate.distribution
    if given is None or len(given) != len(GRADES) or not all(isfinite(part) and part >= 0 for part in given):
        return None
    whole = sum(given)
    return [part / whole for part in given] if 0 < whole < float("inf") else None
