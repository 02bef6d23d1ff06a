"""The vocabulary's English phrases as vectors, shipped so that no workspace has to encode them: one byte a number.

`python -m bench.hashtags_phrases` writes the file anew after words were added; phrases that are not in it are encoded as they are needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from companion.hashtags.vectors import Matrix, unit
from companion.hashtags.vocabulary import CONTENT

FILE = CONTENT / "phrases.npz"
_STEPS = 127.0


def shipped_vectors(encoder: str, file: Path = FILE) -> dict[str, Matrix]:
    """Unit vectors by phrase, float32 [d]; {} where the file was made by another encoder or is not there.

    Args:
        encoder: id of the encoder whose vectors are wanted (`encoder_id`).
        file: what `ship` wrote.
    """
    if not file.exists():
        return {}
    with np.load(file, allow_pickle=False) as stored:
        if str(stored["encoder"]) != encoder:
            return {}
        rows = unit(stored["vectors"].astype(np.float32))
        return dict(zip(str(stored["phrases"]).split("\n"), rows, strict=True))


def ship(encoder: str, vectors: Mapping[str, Matrix], file: Path = FILE) -> None:
    """Write unit vectors by phrase, rounded to 127 steps of each one's largest number."""
    names = sorted(vectors)
    rows = np.stack([vectors[name] for name in names])
    steps = np.rint(rows / np.abs(rows).max(axis=1, keepdims=True) * _STEPS).astype(np.int8)
    np.savez_compressed(file, encoder=np.array(encoder), phrases=np.array("\n".join(names)), vectors=steps)
