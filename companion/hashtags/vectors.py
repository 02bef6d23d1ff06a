"""Sentence vectors of phrases, each encoded once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from companion.intent.encoder import PairEncoder

Matrix = npt.NDArray[np.float32]
Seen = Callable[[int, int], None]

CHUNK = 512
"""Phrases between two reports of progress."""


class Vectors:
    """Unit vectors of phrases from a sentence encoder, remembered by phrase.

    Args:
        encoder: turns (text, "") pairs into vectors.
        known: vectors from an earlier run, by phrase.
    """

    def __init__(self, encoder: PairEncoder, known: Mapping[str, Matrix] | None = None) -> None:
        self._encoder = encoder
        self._known: dict[str, Matrix] = dict(known or {})
        self.fresh: dict[str, Matrix] = {}
        """Vectors made in this run: what is worth keeping."""

    @property
    def dimension(self) -> int:
        """Length d of a vector."""
        return self._encoder.dimension

    def of(self, phrases: Sequence[str], seen: Seen | None = None) -> Matrix:
        """Unit vectors, float32 [n, d], in order; an empty phrase has zeros."""
        self._make(sorted({phrase for phrase in phrases if phrase} - self._known.keys(), key=len), seen)
        if not phrases:
            return np.zeros((0, self.dimension), np.float32)
        zero = np.zeros(self.dimension, np.float32)
        return np.stack([self._known.get(phrase, zero) for phrase in phrases])

    def one(self, phrase: str) -> Matrix:
        """The unit vector of one phrase, float32 [d]."""
        row: Matrix = self.of([phrase])[0]
        return row

    def _make(self, missing: Sequence[str], seen: Seen | None) -> None:
        for start in range(0, len(missing), CHUNK):
            part = missing[start : start + CHUNK]
            for phrase, vector in zip(part, unit(self._encoder.encode([(phrase, "") for phrase in part])), strict=True):
                self._known[phrase] = self.fresh[phrase] = vector
            if seen:
                seen(start + len(part), len(missing))


def unit(rows: Matrix) -> Matrix:
    """Rows of length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def dot(left: Matrix, right: Matrix) -> Matrix:
    """Inner products [n, d] x [m, d] -> [n, m]; one row goes without the threads of BLAS, whose start costs more than the sum."""
    found: Matrix = np.einsum("nd,md->nm", left, right) if len(left) == 1 else left @ right.T
    return found
