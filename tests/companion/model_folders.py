"""Other models than the shipped one: whole ones that answer otherwise, and broken ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from companion.intent.model import SHIPPED, file_hash


def another_model(folder: Path, ident: str, cut: float = 0.0, **card: Any) -> Path:
    """A copy of the shipped model below `folder` whose log-odds of "high" are higher by `cut`."""
    made = shutil.copytree(SHIPPED, folder / ident)
    change_heads(made, lambda arrays: {**arrays, "cut": arrays["cut"] + np.float32(cut)})
    change_manifest(made, id=ident)
    (made / "card.json").write_text(json.dumps({"trained": "2026-01-02", **card}))
    return made


def change_heads(folder: Path, change: Any) -> None:
    """Rewrite `heads.npz` and its hash."""
    with np.load(folder / "heads.npz") as stored:
        arrays = dict(stored)
    np.savez(folder / "heads.npz", **change(arrays))
    sign(folder)


def sign(folder: Path) -> None:
    """Write the hashes of the files as they are."""
    manifest = json.loads((folder / "model.json").read_text())
    change_manifest(folder, sha256={name: file_hash(folder / name) for name in manifest["sha256"]})


def change_manifest(folder: Path, **changes: Any) -> None:
    """Rewrite keys of `model.json`."""
    manifest = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps({**manifest, **changes}))
