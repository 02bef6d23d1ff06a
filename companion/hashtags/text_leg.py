"""What a tag's words alone say of every category: own vocabulary, meaning, and words in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from companion.hashtags.alignment import CategoryTexts, align
from companion.hashtags.near import near
from companion.hashtags.reading import Reading, read_tag
from companion.hashtags.segmentation import words
from companion.hashtags.taxonomy import Category
from companion.hashtags.vectors import Matrix, Vectors

KNOWN_REST = 0.6
"""Part of meaning and shared words that a tag known by the vocabulary for certain gives up."""


USUAL_LIKENESS = 0.4
"""Best likeness of meaning of a word of which nothing is known."""


@dataclass(frozen=True)
class TextWeights:
    """Shares of the parts; tuned on the project's own exam (`bench hashtags`), never on judged tags."""

    kinds: float = 1.0
    meaning: float = 0.25
    words: float = 0.12
    near: float = 0.9
    sharpness: float = 10.0
    """Of the softmax that makes likenesses of meaning comparable with chances."""


@dataclass(frozen=True, eq=False)
class TextScores:
    """Scores of every category, about 0 to 1.5, float32 [categories], and the best likeness of meaning, about 0 to 0.9.

    `nowhere` is the share of words without a shelf among the vocabulary's phrases that are nearest by meaning. What the encoder cannot
    read is as likely as any word of a shop, and near nothing.
    """

    scores: Matrix
    likeness: float
    nowhere: float = 0.0


class TextLeg:
    """Scores of tags against one level of a tree.

    Args:
        categories: the level, in order.
        vectors: sentence vectors.
        finer: the leg of the level below and, for each of its categories, the place of the one above it: kinds are found there
            and counted together, because a department's name says less than those of its shelves.
        weights: shares of the parts.
    """

    def __init__(
        self,
        categories: Sequence[Category],
        vectors: Vectors,
        finer: tuple[TextLeg, Sequence[int]] | None = None,
        weights: TextWeights | None = None,
    ) -> None:
        self.vectors = vectors
        self.weights = weights or TextWeights()
        self.texts = CategoryTexts(categories, vectors)
        if finer is None:
            self.kind_ids, self.of_kinds = align(self.texts, vectors)
        else:
            leg, places = finer
            self.kind_ids, self.of_kinds = leg.kind_ids, np.zeros((len(leg.kind_ids), len(self.texts.categories)), np.float32)
            np.add.at(self.of_kinds.T, np.array(places, np.int64), leg.of_kinds.T)
        self._near = near(vectors)
        self._kind_at = {kind: at for at, kind in enumerate(self.kind_ids)}

    def from_kinds(self, kinds: dict[str, float]) -> Matrix:
        """Chances of categories from weights by kind, float32 [categories]; sums to at most 1."""
        out = np.zeros(len(self.texts.categories), np.float32)
        for kind, weight in kinds.items():
            out += weight * self.of_kinds[self._kind_at[kind]]
        return out

    def read(self, tag: str) -> TextScores:
        """What the words of a cleaned tag say of every category."""
        return self.score(read_tag(tag), words(tag))

    def score(self, reading: Reading, phrase: str, heard: Callable[[str], bool] | None = None) -> TextScores:
        """What a reading, and the meaning of a phrase, say of every category; `heard` as in `Near.read`."""
        w, vector = self.weights, self.vectors.one(phrase)
        likeness = self.texts.likeness(vector[None])[0]
        best = float(likeness.max(initial=0.0))
        known, alike = trust(reading), self._near.read(vector, heard)
        rest = (1 - KNOWN_REST * known) * reading.readable
        meaning = np.exp(w.sharpness * (likeness - best)) * best
        around = max(0.0, alike.likeness) * (alike.kinds @ self.of_kinds)
        unsure = w.meaning * meaning + w.words * self.texts.shared(phrase) + w.near * around
        found = w.kinds * known * self.from_kinds(reading.kinds) + rest * unsure
        usual = reading.readable * best + (1 - reading.readable) * USUAL_LIKENESS
        return TextScores(found.astype(np.float32), usual, reading.readable * alike.nowhere)


def trust(reading: Reading) -> float:
    """0 to 1: how far a reading by vocabulary is to be believed."""
    if not reading.kinds:
        return 0.0
    shared = reading.kind_share / max(0.01, 1 - reading.generic_share)
    return min(1.0, 0.35 + 0.65 * shared) * (0.5 if reading.weak else 1.0)
