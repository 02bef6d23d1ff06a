"""Plain random: every comment nobody has labelled yet has the same chance.

The annotator sees what people really write: mostly small talk, a heart, a joke, now and then a buyer. It feels less useful than
the rest of the batch and is the most honest part of it: how many comments show intent, and how good the model is, can be read
from these alone (labeling/samplers/estimate.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from labeling.samplers.candidate import Candidate, Draw, Scored, draws
from labeling.samplers.sorters import Sorter, any_order

NAME = "random"


def stream(pool: Sequence[Candidate]) -> Iterator[Scored]:
    """All of the pool, none wanted more than another."""
    return (Scored(candidate) for candidate in pool)


def draw(pool: Sequence[Candidate], n: int, rng: np.random.Generator, sorter: Sorter = any_order) -> list[Draw]:
    """Up to n of the pool, each with probability n / N."""
    return draws(NAME, sorter(stream(pool), n, rng))
