"""What a training step is shown: pairs of text and context with the answer wanted of each head, as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from companion.intent import EMOTIONS, SENTIMENTS, SIGNALS
from companion.intent.context import render
from companion.intent.prediction import FLAGS
from companion.intent.text import normalise
from companion.training.examples import Example

Array = npt.NDArray[np.float32]
Pair = tuple[str, str]

_CLASSES = {"signal": SIGNALS, "sentiment": SENTIMENTS, "emotion": EMOTIONS}

WIDTHS = {"ordinal": 9, "signal": len(SIGNALS), "sentiment": len(SENTIMENTS), "emotion": len(EMOTIONS), "flags": len(FLAGS)}
"""Columns of each head's answer."""


@dataclass(frozen=True)
class Answers:
    """Probabilities wanted of, or given by, the five heads for n pairs.

    Attributes:
        ordinal: [n, 9], P(grade > k).
        signal, sentiment, emotion: [n, 8], [n, 3], [n, 5], rows that sum to 1, or all 0 where nobody said.
        flags: [n, 2], P(toxic), P(spam); NaN where nobody said.
    """

    ordinal: Array
    signal: Array
    sentiment: Array
    emotion: Array
    flags: Array

    def __len__(self) -> int:
        return len(self.ordinal)

    def take(self, rows: Sequence[int] | npt.NDArray[np.int64]) -> Answers:
        """The answers of some rows, in their order."""
        return Answers(**{name: getattr(self, name)[np.asarray(rows)] for name in WIDTHS})

    def mixed(self, other: Answers, share: float) -> Answers:
        """`share` of the other's answers in these; where one of the two said nothing, the other's alone."""
        parts = {}
        for name in WIDTHS:
            mine, theirs = getattr(self, name), getattr(other, name)
            both = (1 - share) * mine + share * theirs
            parts[name] = np.where(_silent(name, mine), theirs, np.where(_silent(name, theirs), mine, both)).astype(np.float32)
        return Answers(**parts)


@dataclass(frozen=True)
class Lessons:
    """n pairs, the answers wanted, and how much each counts, [n]."""

    pairs: list[Pair]
    answers: Answers
    weight: Array

    def __len__(self) -> int:
        return len(self.pairs)

    def __add__(self, other: Lessons) -> Lessons:
        stacked = {name: np.concatenate([getattr(self.answers, name), getattr(other.answers, name)]) for name in WIDTHS}
        return Lessons(self.pairs + other.pairs, Answers(**stacked), np.concatenate([self.weight, other.weight]))

    def take(self, rows: npt.NDArray[np.int64]) -> Lessons:
        """Some of the lessons, in the order of the row numbers."""
        return Lessons([self.pairs[i] for i in rows], self.answers.take(rows), self.weight[rows])

    def softened(self, teacher: Answers, share: float) -> Lessons:
        """With `share` of a teacher's answers mixed in."""
        return replace(self, answers=self.answers.mixed(teacher, share))


def pair_of(example: Example) -> Pair:
    """Text and context as the model reads them."""
    return normalise(example.text), render(example.context)


def lessons_of(examples: Sequence[Example]) -> Lessons:
    """What people said of each example."""
    classes = {name: np.stack([_one_hot(getattr(x, name), names) for x in examples]) for name, names in _CLASSES.items()}
    flags = [[np.nan if (value := getattr(x, name)) is None else float(value) for name in FLAGS] for x in examples]
    answers = Answers(np.array([x.exceed for x in examples], np.float32), **classes, flags=np.array(flags, np.float32))
    return Lessons([pair_of(x) for x in examples], answers, np.array([x.weight for x in examples], np.float32))


def taught(pairs: Sequence[Pair], answers: Answers, weight: float = 1.0) -> Lessons:
    """Pairs that nobody graded, with a teacher's answers."""
    return Lessons(list(pairs), answers, np.full(len(pairs), weight, np.float32))


def _silent(name: str, answers: Array) -> npt.NDArray[np.bool_]:
    """Where nobody said anything: NaN, or a row of zeros in place of probabilities."""
    silent = np.isnan(answers)
    return silent | (answers.sum(1, keepdims=True) == 0) if name in _CLASSES else silent


def _one_hot(label: str | None, names: Sequence[str]) -> Array:
    row = np.zeros(len(names), np.float32)
    if label is not None:
        row[names.index(label)] = 1
    return row
