"""Folders of the shop's encoders: the shipped one signed as one trained here, whole and broken."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from companion.intent.model import ENCODER_FILES, file_hash
from companion.intent.neighbours import SHIPPED
from companion.intent.text import NORMALISER
from companion.shop_encoders import MANIFEST, folder_of
from companion.store import Store


def another_encoder(store: Store, name: str, source: Path = SHIPPED) -> Path:
    """A copy of an encoder among those of the workspace; another name for it, and a tokenizer with a blank more, make another hash."""
    folder = folder_of(store.workspace) / name
    folder.mkdir(parents=True)
    for file in ENCODER_FILES:
        shutil.copyfile(source / file, folder / file)
    with (folder / "tokenizer.json").open("a") as stream:
        stream.write("\n" * (1 + len(name)))
    sign(folder)
    return folder


def sign(folder: Path, **changes: Any) -> None:
    """Write a manifest with the hashes of the files as they are."""
    manifest = {"id": folder.name, "normaliser": NORMALISER, "sha256": {name: file_hash(folder / name) for name in ENCODER_FILES}}
    (folder / MANIFEST).write_text(json.dumps({**manifest, **changes}))
