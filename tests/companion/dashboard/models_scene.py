"""Models trained here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from companion.intent.model import SHIPPED
from companion.store import Store

TELLING = {"n": 200, "f1_high": 0.71, "roc_auc": 0.9, "mae": 1.31, "coverage": 0.9, "unsure": 0.1}


def add_model(store: Store, name: str, card: dict[str, Any] | None = None, **manifest: Any) -> Path:
    """A model trained here: the shipped one under another id."""
    folder = store.workspace.models / name
    folder.mkdir(parents=True)
    for path in SHIPPED.iterdir():
        if path.suffix not in (".json", ".md") or path.name == "tokenizer.json":
            (folder / path.name).symlink_to(path)
    known = json.loads((SHIPPED / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps({**known, "id": name, **manifest}))
    if card is not None:
        (folder / "card.json").write_text(json.dumps(card))
    return folder
