"""The models of a workspace: the shipped one and those trained here; which is in use, and going back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.intent.model import MULTILINGUAL, SHIPPED, BadModelError, IntentModel, load_model
from companion.store import Store, model_events
from companion.store.model_events import Action

SHIPPED_NAME = "shipped"
"""A name for the shipped model that stays when an update brings a newer one."""

BUILT_IN = {SHIPPED_NAME: SHIPPED, "multilingual": MULTILINGUAL}
"""Folders of the models that came with BuySignal, by name; the second one serves where the extra `multilingual` is installed."""


class UnknownModelError(LookupError):
    """No model has this name; the message lists those there are."""


@dataclass(frozen=True)
class Entry:
    """One model. `card` is its card.json, {} where it brought none."""

    name: str
    id: str
    folder: Path
    active: bool
    card: dict[str, Any]

    @property
    def trained(self) -> str:
        """The day of its training, "" where the card does not say."""
        return str(self.card.get("trained", ""))


class Registry:
    """Reads and changes which model a workspace uses. Every change is checked by loading the model first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entries(self) -> list[Entry]:
        """The models that came with BuySignal first, then the workspace's, oldest first."""
        active = self.active_name()
        folders = BUILT_IN | {folder.name: folder for folder in _trained(self._store.workspace.models)}
        return [Entry(name, _id(folder), folder, name == active, _card(folder)) for name, folder in folders.items()]

    def find(self, name: str) -> Entry:
        """The entry whose name or id starts with `name`.

        Raises:
            UnknownModelError: none does, or several do.
        """
        known = self.entries()
        exact = [entry for entry in known if name in (entry.name, entry.id)]
        found = exact or [entry for entry in known if entry.id.startswith(name)]
        if len(found) == 1:
            return found[0]
        what = "no model is called" if not found else "several models are called"
        raise UnknownModelError(f"{what} {name!r}; there are: {', '.join(entry.name for entry in known)}")

    def active_name(self) -> str:
        """Name of the model in use."""
        with self._store.reading() as connection:
            return model_events.active(connection) or SHIPPED_NAME

    def active_folder(self) -> Path:
        """Folder of the model in use.

        Raises:
            UnknownModelError: it was deleted.
        """
        return self.find(self.active_name()).folder

    def load_active(self) -> IntentModel:
        """The model in use, loaded.

        Raises:
            UnknownModelError, BadModelError: it is gone or must not be served.
        """
        return load_model(self.active_folder())

    def use(self, name: str, action: Action = "use", reason: str = "") -> Entry:
        """Put a model into use; a running companion takes it over within seconds.

        Raises:
            UnknownModelError: no such model.
            BadModelError: it cannot be served; the one in use stays.
        """
        entry = self.find(name)
        load_model(entry.folder).close()
        with self._store.writing() as connection:
            model_events.record(connection, action, entry.name, reason)
        return entry

    def rollback(self) -> Entry:
        """Go back to the model that was in use before.

        Raises:
            UnknownModelError: there was none before, or it was deleted.
            BadModelError: it cannot be served.
        """
        with self._store.reading() as connection:
            name = model_events.before(connection, SHIPPED_NAME)
        if name is None:
            raise UnknownModelError("the shipped model is in use and no other was before; choose one with `buysignal models use NAME`")
        return self.use(name, "rollback")


def _trained(folder: Path) -> list[Path]:
    found = [path for path in folder.glob("*") if (path / "model.json").is_file()] if folder.is_dir() else []
    return sorted(found, key=lambda path: (path / "model.json").stat().st_mtime)


def _id(folder: Path) -> str:
    try:
        return str(json.loads((folder / "model.json").read_text(encoding="utf-8"))["id"])
    except (OSError, ValueError, KeyError):
        return folder.name  # broken: `use` will say how


def _card(folder: Path) -> dict[str, Any]:
    try:
        card: dict[str, Any] = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return card


__all__ = ["BUILT_IN", "SHIPPED_NAME", "BadModelError", "Entry", "Registry", "UnknownModelError"]
