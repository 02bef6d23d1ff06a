"""Texts -> unit vectors by the sentence encoder, and the catalogue's vectors brought up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from companion.intent.encoder import Encoder
from companion.intent.neighbours import SHIPPED
from companion.intent.text import normalise
from companion.shop.retrieval.vectors import VectorFile, Vectors, text_hash

BATCH = 256
"""Texts between two writes: the most that a killed import encodes again."""


class TextEncoder(Protocol):
    """What the dense leg stands on; a text's vector does not depend on the others."""

    @property
    def name(self) -> str:
        """Changes with the encoder, so that vectors of two are never compared."""

    @property
    def dimension(self) -> int:
        """Length d of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors [n, d], in order."""


class SentenceEncoder:
    """The shipped sentence encoder.

    Args:
        folder: holds `model.onnx` and `tokenizer.json`.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        self._encoder = Encoder(folder)
        self.name = model_hash(folder)

    @property
    def dimension(self) -> int:
        """Length d of a vector."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors [n, d], in order."""
        return self._encoder.encode([(normalise(text), "") for text in texts])

    def close(self) -> None:
        """Free its threads."""
        self._encoder.close()


def model_hash(folder: Path) -> str:
    """SHA-256 of the network and its tokenizer, 12 hex digits."""
    digest = hashlib.sha256()
    for name in ("model.onnx", "tokenizer.json"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]


def encode_missing(
    file: VectorFile, encoder: TextEncoder, texts: Sequence[str], seen: Callable[[int, int], object] = lambda *_: None
) -> int:
    """Encode the texts that the file has no vector of, the short ones first; `seen` is told (done, all). Returns how many."""
    wanted = {text_hash(text): text for text in texts}
    missing = sorted((text for digest, text in wanted.items() if digest not in file.row_of), key=len)
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        file.add([text_hash(text) for text in batch], encoder.encode(batch))
        seen(min(start + BATCH, len(missing)), len(missing))
    return len(missing)
