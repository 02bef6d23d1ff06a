"""Whether a tag leads to no shelf at all: "#fyp", "#funny", "#sadvibes"."""

from __future__ import annotations

import math
from dataclasses import dataclass

from companion.hashtags.reading import Reading
from companion.hashtags.tags import has_letters
from companion.hashtags.text_leg import trust

LIKE = 0.3
"""Likeness of meaning that any two phrases of a shop have."""

THRESHOLD = 0.5
"""Chance from which a tag counts as leading nowhere."""


@dataclass(frozen=True)
class Signs:
    """What is known of a tag: its words, and what its neighbours say.

    `evidence` and `flatness` are 0 to 1 (see `Spread`), `likeness` is that of the best category, `nowhere` the share of words without
    a shelf among those that are like it.
    """

    reading: Reading
    evidence: float = 0.0
    flatness: float = 0.0
    likeness: float = 0.0
    nowhere: float = 0.0


@dataclass(frozen=True)
class Weights:
    """A logistic regression, fitted on the project's own exam in an invented store (`python -m bench.hashtags_exam WORKSPACE --fit`)."""

    bias: float = -1.86
    generic: float = 3.21
    trust: float = -2.17
    evidence: float = -3.41
    flatness: float = 4.46
    likeness: float = -1.37
    nowhere: float = 4.19


WEIGHTS = Weights()


def chance_of_none(signs: Signs, weights: Weights = WEIGHTS) -> float:
    """Chance that the tag leads to no shelf, 0 to 1. A tag without letters leads to none for certain."""
    if not has_letters(signs.reading.tag):
        return 1.0
    total = weights.bias + sum(
        weight * value
        for weight, value in zip(
            (weights.generic, weights.trust, weights.evidence, weights.flatness, weights.likeness, weights.nowhere),
            features(signs),
            strict=True,
        )
    )
    return 1 / (1 + math.exp(-total))


def features(signs: Signs) -> tuple[float, float, float, float, float, float]:
    """Share of generic words, trust in the vocabulary, evidence, flatness, likeness above what is common, words alike without a shelf."""
    known = trust(signs.reading)
    return (
        signs.reading.generic_share,
        known,
        signs.evidence,
        signs.flatness,
        max(0.0, signs.likeness - LIKE),
        signs.nowhere * (1 - known),
    )
