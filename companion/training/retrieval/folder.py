"""Writing an encoder folder that the shop searches with, and checking that what was written reads texts as what was trained."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch

from companion.intent.model import ENCODER_FILES, file_hash
from companion.intent.text import NORMALISER, normalise
from companion.shop_encoders import MANIFEST, tried
from companion.training.export import export_encoder
from companion.training.finetune import tensors, tokenizer_of
from companion.training.network import Pooled, base_folder

PARITY = 0.98
"""Mean cosine between a text's vectors before and after the export. The plain encoder's is 0.99 (companion/training/export.py)."""
CHECKED = 64
"""Texts that are compared."""


class ExportError(RuntimeError):
    """What was written is not what was trained; nothing may be searched with it."""


def export(network: Pooled, texts: Sequence[str], folder: Path) -> float:
    """Write the int8 network and its tokenizer; returns the mean cosine with the trained network over some of the texts.

    Raises:
        ExportError: it is below `PARITY`.
        BadEncoderError: the folder cannot be searched with.
    """
    export_encoder(network, base_folder() / "tokenizer.json", folder)
    shown = list(texts[:: max(1, len(texts) // CHECKED)])[:CHECKED]
    encoder = tried(folder)
    written = encoder.encode(shown)
    encoder.close()
    parity = float((written * vectors(network, shown)).sum(1).mean())
    if parity < PARITY:
        raise ExportError(
            f"the exported encoder reads texts otherwise than the trained one (mean cosine {parity:.3f}, at least {PARITY} is wanted); "
            "nothing was changed"
        )
    return parity


def vectors(network: Pooled, texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Unit vectors [n, d] of the network in full precision, one text at a time as the shop reads them."""
    tokenizer = tokenizer_of(base_folder())
    with torch.no_grad():
        return np.concatenate([network(**tensors(tokenizer, [(normalise(text), "")])).numpy() for text in texts])


def write_manifest(folder: Path, said: Mapping[str, Any]) -> str:
    """Write `encoder.json` with the files' hashes; returns the encoder's id, which depends on the files."""
    hashes = {name: file_hash(folder / name) for name in ENCODER_FILES}
    ident = f"retrieval-{datetime.now(UTC):%Y%m%d}-{sha256(json.dumps(hashes).encode()).hexdigest()[:8]}"
    manifest = {"id": ident, "normaliser": NORMALISER, "base": "all-MiniLM-L6-v2", "sha256": hashes, **said}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return ident
