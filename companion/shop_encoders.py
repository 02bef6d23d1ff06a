"""The sentence encoders that the shop may search with: the shipped one and those trained in this workspace; which is in use, going back."""

from __future__ import annotations

import json
import logging
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import TypeAdapter, ValidationError

from companion.intent.encoder import WARM_UP
from companion.intent.model import ENCODER_FILES, BadModelError, file_hash
from companion.intent.neighbours import SHIPPED
from companion.intent.text import NORMALISER
from companion.shop.retrieval.encoding import SentenceEncoder
from companion.store import Store, clock, settings
from companion.store.workspace import Workspace

SHIPPED_NAME = "shipped"
"""Stays when an update brings a newer one."""
MANIFEST = "encoder.json"
_KEY = "shop_encoders"
_log = logging.getLogger("buysignal")
_UNIT = 1e-3
"""By which the length of a vector may differ from 1."""

Action = Literal["use", "promote", "rollback"]


class UnknownEncoderError(LookupError):
    """No encoder has this name; the message lists those there are."""


class BadEncoderError(ValueError):
    """This folder must not be searched with; the message says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """One encoder. `manifest` is its encoder.json, {} for the shipped one and where it cannot be read."""

    name: str
    folder: Path
    active: bool
    manifest: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """At `at` (ms UTC) the encoder `name` came into use."""

    at: int
    action: Action
    name: str
    reason: str = ""


_HISTORY: TypeAdapter[list[Change]] = TypeAdapter(list[Change])


def folder_of(workspace: Workspace) -> Path:
    """Where encoders that were trained here lie, a folder each."""
    return workspace.models / "retrieval"


def check(folder: Path) -> SentenceEncoder:
    """The encoder of a folder that `training/retrieval` wrote, tried on texts of several lengths; the caller's to close.

    Raises:
        BadEncoderError: it is broken, was changed, or is something else.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        ident, hashes, normaliser = manifest["id"], dict(manifest["sha256"]), manifest["normaliser"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadEncoderError(
            f"{folder} holds no encoder of the shop ({MANIFEST}: {error}); make one with `buysignal shop train`"
        ) from error
    if normaliser != NORMALISER:
        raise BadEncoderError(f"encoder {ident} was trained with text rules {normaliser}, this is {NORMALISER}; train it anew")
    for name in ENCODER_FILES:
        try:
            found = file_hash(folder / name)
        except BadModelError as error:
            raise BadEncoderError(f"encoder {ident} is not whole: {error}") from error
        if hashes.get(name) != found:
            raise BadEncoderError(f"{folder / name} is not the file of encoder {ident} (its hash differs); train it anew")
    return tried(folder)


def tried(folder: Path) -> SentenceEncoder:
    """The encoder of a folder, after a run on texts of several lengths.

    Raises:
        BadEncoderError: it gives no unit vectors of the length of the shipped encoder's.
    """
    try:
        encoder = SentenceEncoder(folder)
        vectors = encoder.encode(WARM_UP)
    except Exception as error:  # the libraries that read these files raise plain Exception too
        raise BadEncoderError(f"{folder} cannot be searched with: {error}") from error
    if vectors.shape != (len(WARM_UP), encoder.dimension) or not np.isfinite(vectors).all():
        encoder.close()
        raise BadEncoderError(f"{folder} gives no vectors that can be compared; train it anew")
    lengths = np.linalg.norm(vectors, axis=1)
    if np.abs(lengths - 1).max() > _UNIT:
        encoder.close()
        raise BadEncoderError(f"{folder} gives vectors of length {lengths.max():.2f} in place of 1: it is no encoder of the shop")
    return encoder


class Encoders:
    """Reads and changes which encoder a workspace's shop uses. Every change is checked by loading the encoder first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entries(self) -> list[Entry]:
        """The shipped one first, then the workspace's, by name, which begins with the day."""
        active = self.active_name()
        home = folder_of(self._store.workspace)
        folders = sorted(path for path in home.glob("*") if path.is_dir() and path.name != SHIPPED_NAME) if home.is_dir() else []
        trained = [Entry(path.name, path, path.name == active, _manifest(path)) for path in folders]
        return [Entry(SHIPPED_NAME, SHIPPED, active == SHIPPED_NAME), *trained]

    def find(self, name: str) -> Entry:
        """The entry whose name starts with `name`.

        Raises:
            UnknownEncoderError: none does, or several do.
        """
        known = self.entries()
        found = [entry for entry in known if entry.name == name] or [entry for entry in known if name and entry.name.startswith(name)]
        if len(found) == 1:
            return found[0]
        what = "no encoder is called" if not found else "several encoders are called"
        raise UnknownEncoderError(f"{what} {name!r}; there are: {', '.join(entry.name for entry in known)}")

    def history(self) -> list[Change]:
        """Every change, oldest first."""
        with self._store.reading() as connection:
            return _history(connection)

    def active_name(self) -> str:
        """Name of the encoder in use."""
        history = self.history()
        return history[-1].name if history else SHIPPED_NAME

    def load(self, name: str) -> SentenceEncoder:
        """An encoder, checked; the caller's to close.

        Raises:
            UnknownEncoderError, BadEncoderError: it is gone or must not be searched with.
        """
        entry = self.find(name)
        return SentenceEncoder() if entry.name == SHIPPED_NAME else check(entry.folder)

    def use(self, name: str, action: Action = "use", reason: str = "") -> Entry:
        """Put an encoder into use.

        Raises:
            UnknownEncoderError: there is none of this name.
            BadEncoderError: it must not be searched with; the one in use stays.
        """
        entry = self.find(name)
        self.load(entry.name).close()
        change = Change(clock.now_ms(), action, entry.name, reason)
        with self._store.writing() as connection:
            settings.put(connection, _KEY, _HISTORY.dump_python([*_history(connection), change], mode="json"))
        return entry

    def rollback(self) -> Entry:
        """Go back to the encoder that was in use before.

        Raises:
            UnknownEncoderError: there was none before, or it was deleted.
            BadEncoderError: it must not be searched with.
        """
        stack = [SHIPPED_NAME]
        for change in self.history():
            if change.action == "rollback":
                stack.pop()
            if stack[-1:] != [change.name]:
                stack.append(change.name)
        if len(stack) < 2:
            raise UnknownEncoderError("the shipped encoder is in use and no other was before")
        return self.use(stack[-2], "rollback")


def served(store: Store) -> SentenceEncoder:
    """The encoder in use; where it is gone or broken the shipped one, after a warning that says why. The caller's to close."""
    encoders = Encoders(store)
    name = encoders.active_name()
    try:
        return encoders.load(name)
    except (UnknownEncoderError, BadEncoderError) as error:
        _log.warning("The shop's encoder %s cannot be used, so the shipped one searches: %s", name, error)
        return SentenceEncoder()


def _history(connection: sqlite3.Connection) -> list[Change]:
    try:
        return _HISTORY.validate_python(settings.get(connection, _KEY, default=[]))
    except ValidationError:  # written by a later version: the shipped one serves
        return []


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return {}
    return manifest
