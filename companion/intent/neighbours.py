"""Tagged comments near a new one, so that a person sees what the model has learned from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from companion.intent.encoder import Encoder, Vector
from companion.intent.text import normalise

SHIPPED = Path(__file__).parent.parent / "weights" / "sentence"
SCALE = 127
"""Stored vectors are int8: a component of 1 is 127. Similarities move by less than 0.01."""

MIN_SIMILARITY = 0.35
"""Cosine below which two comments share no more than a word; measured on the seed they rarely share a signal."""

Source = Literal["seed", "yours"]


@dataclass(frozen=True)
class Tagged:
    """A comment somebody graded."""

    text: str
    grade: int
    signal: str
    source: Source = "seed"


@dataclass(frozen=True)
class Neighbour:
    """A tagged comment and its cosine similarity (-1 to 1)."""

    tagged: Tagged
    similarity: float


class Neighbours:
    """Nearest tagged comments by plain MiniLM vectors, which know likeness better than the tuned encoder.

    Args:
        encoder: sentence encoder giving unit vectors [1, d].
        tagged: the shipped examples.
        vectors: their unit vectors [n, d].
    """

    def __init__(self, encoder: Encoder, tagged: Sequence[Tagged], vectors: Vector) -> None:
        self._encoder, self._tagged, self._vectors = encoder, list(tagged), vectors

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Neighbours:
        """The shipped encoder with its example index (`examples.jsonl`, `examples.npy` int8 [n, d], 127 = 1)."""
        lines = (folder / "examples.jsonl").read_text(encoding="utf-8").splitlines()
        tagged = [Tagged(**json.loads(line)) for line in lines]
        return cls(Encoder(folder), tagged, np.load(folder / "examples.npy", allow_pickle=False).astype(np.float32) / SCALE)

    def nearest(self, text: str, yours: Sequence[Tagged] = (), k: int = 3) -> list[Neighbour]:
        """Up to k tagged comments most like the text, the user's own tags first among equals; none below 0.35."""
        if not normalise(text):
            return []
        query = self.encode([text])[0]
        vectors = np.concatenate([self.encode([t.text for t in yours]), self._vectors]) if yours else self._vectors
        tagged = [*yours, *self._tagged]
        similarity = vectors @ query
        order = np.argsort(-similarity, kind="stable")[:k]
        return [Neighbour(tagged[i], round(float(similarity[i]), 3)) for i in order if similarity[i] >= MIN_SIMILARITY]

    def encode(self, texts: Sequence[str]) -> Vector:
        """Unit vectors [n, d] of texts."""
        return self._encoder.encode([(normalise(text), "") for text in texts])

    def close(self) -> None:
        """Free the threads."""
        self._encoder.close()
