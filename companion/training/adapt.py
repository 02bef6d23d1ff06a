"""Going on from the shipped model with the user's labels: a small share of the seed is repeated, so that it is not forgotten."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from companion.training.examples import Example
from companion.training.finetune import Recipe
from companion.training.lessons import Lessons, lessons_of

RECIPE = Recipe(epochs=5, learning_rate=7e-5, head_rate=5e-4)

REPLAYED = 2000
"""Seed lines shown beside the user's labels."""

SHOWN = 6
"""Times that each of a few labels is shown an epoch; many labels need it less (see `repeats`)."""


def lessons_for(examples: Sequence[Example], seed: int) -> Lessons:
    """The user's labels, repeated, and a random part of the seed."""
    own = [x for x in examples if x.origin != "seed"]
    rest = [x for x in examples if x.origin == "seed"]
    drawn = np.random.default_rng(seed).permutation(len(rest))[:REPLAYED]
    return lessons_of([*own * repeats(len(own)), *(rest[i] for i in sorted(drawn))])


def repeats(own: int) -> int:
    """How often each label is shown an epoch: fewer times the more there are, at least once."""
    return max(1, min(SHOWN, REPLAYED // max(1, own)))
