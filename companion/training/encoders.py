"""An encoder of somebody else's that a training starts from: tried from end to end, with its recipe."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from transformers import AutoConfig

from companion.intent.encoder import WARM_UP, Encoder
from companion.training.encoder_folder import HINT, UnknownEncoderError, first_line, folder_of
from companion.training.export import export_encoder
from companion.training.finetune import Recipe, tokenizer_of
from companion.training.network import IntentNetwork

WIDE = 384
"""Length of vectors from which on the built-in encoder's learning rate is too much."""

WIDE_RATE = 4e-5
"""Learning rate of wider networks: all-mpnet-base-v2 learned well at it."""


@dataclass(frozen=True)
class Base:
    """Somebody else's encoder on this disk: a folder with config.json, tokenizer.json and safetensors weights, and how it is fine-tuned."""

    folder: Path
    recipe: Recipe


def base_of(name: str) -> Base:
    """The encoder of a local folder or a Hugging Face id, downloaded unless it was before, and tried from end to end.

    Code that comes with an encoder is never run, and pickled weights are not read.

    Raises:
        UnknownEncoderError: there is none, it cannot be had, or nothing can be made of it.
    """
    folder = folder_of(name)
    try:
        width = _tried(folder)
    except Exception as error:
        raise UnknownEncoderError(f"encoder {name!r} cannot be trained as a BERT-like one ({first_line(error)}); {HINT}") from error
    return Base(folder, Recipe(learning_rate=WIDE_RATE) if width > WIDE else Recipe())


def _tried(folder: Path) -> int:
    """Load, export and run it on texts of several lengths, before hours are spent; the length of its vectors."""
    network = IntentNetwork(folder)
    known, needed = int(AutoConfig.from_pretrained(folder).vocab_size), tokenizer_of(folder).get_vocab_size()
    if needed > known:
        raise ValueError(f"its tokenizer.json knows {needed:,} pieces, its weights {known:,}")
    with tempfile.TemporaryDirectory() as scratch:
        export_encoder(network.pooled, folder / "tokenizer.json", Path(scratch))
        encoder = Encoder(Path(scratch))
        vectors = encoder.encode([(text, "a mug") for text in WARM_UP])
        encoder.close()
    if not np.isfinite(vectors).all():
        raise ValueError("its vectors are not finite")
    return int(vectors.shape[1])
