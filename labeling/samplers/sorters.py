"""Sorters: how a sampler turns a stream of scored candidates into its choice. Any of them can stand in for another.

Each takes the stream, how many are wanted and the source of chance, and yields what it chose with its inclusion probability.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from labeling.samplers.candidate import Scored

Sorter = Callable[[Iterable[Scored], int, np.random.Generator], Iterator[tuple[Scored, float]]]
Floats = npt.NDArray[np.float64]

WIDTH = 3
"""`prefer_high` draws from the best 3 n: one odd corner of the model cannot fill a batch, and two people rarely get the same."""

_LEAST = 1e-9  # a score of 0 may still be drawn where nothing better is left


def any_order(stream: Iterable[Scored], n: int, rng: np.random.Generator) -> Iterator[tuple[Scored, float]]:
    """Blindly: a simple random sample without replacement, each of N with probability n / N."""
    pool = list(stream)
    n = max(0, min(n, len(pool)))
    for place in rng.choice(len(pool), n, replace=False) if n else ():
        yield pool[place], n / len(pool)


def in_proportion(stream: Iterable[Scored], n: int, rng: np.random.Generator) -> Iterator[tuple[Scored, float]]:
    """With probability n · score / sum of scores, held at 1: systematic sampling in random order (Madow 1949)."""
    pool = list(stream)
    chance = _inclusion(_finite([scored.score for scored in pool]), n)
    order = rng.permutation(len(pool))
    ends = np.round(np.cumsum(chance[order]), 9)
    steps = np.ceil(ends - rng.uniform(1e-6, 1 - 1e-6))
    for place in order[np.flatnonzero(np.diff(steps, prepend=0.0) >= 1)]:
        yield pool[place], float(chance[place])


def prefer_high(stream: Iterable[Scored], n: int, rng: np.random.Generator) -> Iterator[tuple[Scored, float]]:
    """From the `WIDTH` · n with the highest scores, in proportion to them. Equal scores at the edge get equal chances."""
    pool = list(stream)
    room = WIDTH * max(0, n)
    if len(pool) <= room or not room:
        yield from in_proportion(pool, n, rng)
        return
    scores = _finite([scored.score for scored in pool])
    edge = np.sort(scores)[-room]
    above = [pool[place] for place in np.flatnonzero(scores > edge)]
    level = [pool[place] for place in np.flatnonzero(scores == edge)]
    let_in = {scored.candidate.id: share for scored, share in any_order(level, room - len(above), rng)}
    shortlist = chain(above, (scored for scored in level if scored.candidate.id in let_in))
    for scored, probability in in_proportion(shortlist, n, rng):
        yield scored, probability * let_in.get(scored.candidate.id, 1.0)


def _finite(scores: Sequence[float]) -> Floats:
    """The scores; 0 for what is no finite number."""
    return np.nan_to_num(np.array(scores, np.float64), nan=0.0, posinf=0.0, neginf=0.0)


def _inclusion(scores: Floats, n: int) -> Floats:
    """Probabilities in proportion to the scores, none above 1, that add up to n (or to as many as there are)."""
    n = max(0, n)
    if n >= len(scores):
        return np.ones(len(scores))
    scores = np.maximum(scores, _LEAST)
    chance, certain = np.zeros(len(scores)), np.zeros(len(scores), bool)
    while True:
        left = n - int(certain.sum())
        chance = np.where(certain, 1.0, scores * (left / scores[~certain].sum()))
        above = (chance >= 1) & ~certain
        if not above.any():
            return chance
        certain |= above
