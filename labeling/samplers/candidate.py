"""What samplers choose from and what they give back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy.typing as npt

Vector = npt.NDArray[Any]


@dataclass(frozen=True)
class Candidate:
    """A comment that may be labelled.

    Attributes:
        stratum: the part of the task it belongs to, such as its language; overlap has a rate for each.
        grade: the model's expected grade, 1-10; None without a prediction.
        p_high: the model's calibrated probability of a grade of 7 or more.
        distribution: the model's probability of each grade 1-10.
        vector: its sentence vector [d].
        cluster: name of its near-duplicates (labeling/clusters.py); "" where nobody looked: it then stands for itself.
        labelled_by: ids of those who have answered it, a skip included.
    """

    id: str
    text: str = ""
    lang: str = ""
    stratum: str = ""
    grade: float | None = None
    p_high: float | None = None
    distribution: tuple[float, ...] | None = None
    vector: Vector | None = field(default=None, compare=False, repr=False)
    cluster: str = ""
    labelled_by: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Draw:
    """A comment chosen for a batch.

    Attributes:
        sampler: name of what chose it.
        score: how much that sampler wanted it, on its own scale; 0 where it chose blindly.
        probability: chance of being chosen by it, above 0 and at most 1, given how many it drew; for the samplers after "random"
            also given what was drawn before.
    """

    id: str
    sampler: str
    score: float
    probability: float


@dataclass(frozen=True)
class Scored:
    """A candidate with how much a sampler wants it, 0 or more."""

    candidate: Candidate
    score: float = 0.0


def draws(sampler: str, chosen: Iterable[tuple[Scored, float]]) -> list[Draw]:
    """What a sorter chose, as draws of a sampler."""
    return [Draw(scored.candidate.id, sampler, scored.score, probability) for scored, probability in chosen]
