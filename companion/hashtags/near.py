"""What a phrase that no list knows is like: the nearest phrases of the vocabulary by meaning, and the kinds they stand under."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np

from companion.hashtags.vectors import Matrix, Vectors
from companion.hashtags.vocabulary import vocabulary

NEAREST = 40
"""Phrases that are listened to."""

SHARPNESS = 20.0
"""How steeply a phrase's voice falls with its likeness (softmax)."""

SURE = 0.5
"""Weight from which a word is a plain sign of its kind."""

_NOT_HEARD = ("finds/finds",)
"""Kinds that stand for no kind of product."""

_SILENT = ("glue",)
"""Groups of words that say nothing by themselves."""

_made: WeakKeyDictionary[Vectors, Near] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class NearReading:
    """Shares by kind, float32 [kinds], and of words that lead nowhere: they sum to 1; and the likeness of the nearest phrase."""

    kinds: Matrix
    nowhere: float
    likeness: float


@lru_cache(maxsize=1)
def phrases() -> tuple[tuple[str, str], ...]:
    """(phrase, kind id, or "" for a phrase that leads nowhere): English phrases that are no brands, in small letters."""
    found: dict[tuple[str, str], None] = {}
    for entry in vocabulary().entries.values():
        if entry.foreign or entry.brand or not entry.phrase.isascii():
            continue
        phrase = entry.phrase.casefold()
        if entry.group and entry.group not in _SILENT:
            found[phrase, ""] = None
        for kind, weight in entry.kinds.items():
            if weight > SURE and kind not in _NOT_HEARD:
                found[phrase, kind] = None
    return tuple(found)


class Near:
    """The vocabulary's phrases as vectors.

    Args:
        vectors: the sentence vectors.
    """

    def __init__(self, vectors: Vectors) -> None:
        number = {kind: at for at, kind in enumerate(vocabulary().kinds)}
        self.names = [phrase for phrase, _ in phrases()]
        self._owner = np.array([number.get(kind, len(number)) for _, kind in phrases()])
        self._matrix = vectors.of(self.names)
        self._kinds = len(number)

    def read(self, vector: Matrix, heard: Callable[[str], bool] | None = None) -> NearReading:
        """The kinds around a unit vector [d], in the vocabulary's order; `heard` tells which phrases may speak (all)."""
        likeness = np.einsum("nd,d->n", self._matrix, vector)
        if heard:
            likeness[[not heard(name) for name in self.names]] = -1.0
        best = np.argpartition(-likeness, min(NEAREST, len(likeness) - 1))[:NEAREST]
        top = float(likeness[best].max())
        voices = np.exp(SHARPNESS * (likeness[best] - top))
        shares = np.bincount(self._owner[best], weights=voices, minlength=self._kinds + 1) / voices.sum()
        return NearReading(shares[:-1].astype(np.float32), float(shares[-1]), top)


def near(vectors: Vectors) -> Near:
    """The phrases under these vectors, made once."""
    if vectors not in _made:
        _made[vectors] = Near(vectors)
    return _made[vectors]
