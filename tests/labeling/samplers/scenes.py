"""Tasks to draw batches from."""

from __future__ import annotations

import numpy as np

from labeling.samplers import Candidate

SURE = (0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def task(size: int = 400, *, labelled: int = 80, cluster: int = 1, seed: int = 0, by: tuple[str, ...] = ("bo",)) -> list[Candidate]:
    """A task whose first comments `by` somebody has labelled; every `cluster` of neighbours are near-duplicates."""
    chance = np.random.default_rng(seed)
    vectors = chance.normal(size=(size, 8)).astype(np.float32)
    grades = chance.dirichlet(np.full(10, 0.4), size)
    return [
        Candidate(
            id=f"c{number:05}",
            text=f"comment {number}",
            lang="en",
            stratum=("en", "es")[number % 2],
            grade=float(grades[number] @ np.arange(1, 11)),
            p_high=float(grades[number, 6:].sum()),
            distribution=tuple(grades[number].tolist()),
            vector=vectors[number],
            cluster=f"k{number // cluster}" if cluster > 1 else "",
            labelled_by=frozenset(by) if number < labelled else frozenset(),
        )
        for number in range(size)
    ]


def gold_of(candidates: list[Candidate], size: int = 20) -> frozenset[str]:
    """Ids of the last comments, as those with a known grade."""
    return frozenset(one.id for one in candidates[-size:])
