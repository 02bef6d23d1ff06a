"""Gold: a comment whose right grade is known, unknown to the annotator.

It looks like any other comment. The answer is compared with the known grade in the background, over the last ones of each
person, so that somebody who has drifted or tired is helped early. Nobody is told which comment it was, and nobody gets it twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from labeling.samplers.candidate import Candidate, Draw, Scored, draws
from labeling.samplers.sorters import Sorter, any_order

NAME = "gold"


def stream(pool: Sequence[Candidate]) -> Iterator[Scored]:
    """All of the pool, none wanted more than another."""
    return (Scored(candidate) for candidate in pool)


def draw(pool: Sequence[Candidate], n: int, rng: np.random.Generator, sorter: Sorter = any_order) -> list[Draw]:
    """Up to n of the gold comments that this person has not answered, each as likely as another."""
    return draws(NAME, sorter(stream(pool), n, rng))
