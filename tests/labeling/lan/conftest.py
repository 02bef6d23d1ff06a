"""The door for colleagues, open on a real socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from companion.config import Config
from companion.lan.address import LanAddress
from companion.lan.serving import LanOptions, Opening, prepare
from companion.store import Store, annotator_sessions, annotators
from tests.labeling.accounts import make
from tests.labeling.lan.colleague import IP, Colleague


@pytest.fixture
def opening(app: Flask, store: Store) -> Iterator[Opening]:
    """The door, open at this computer's own address, for Mia and the admin Ada."""
    make(store, "Mia")
    make(store, "Ada", "admin")
    made = prepare(store, LanOptions(LanAddress(IP, 0, ("labels.example.lan",))))
    server = made.serve(app, Config(workspace=store.workspace.root, idle_seconds=3))
    server.start()
    yield made
    server.close()


@pytest.fixture
def mia(opening: Opening, store: Store) -> Colleague:
    """Mia's browser, logged in."""
    with store.writing() as writer:
        person = annotators.by_name(writer, "Mia")
        assert person
        return Colleague(opening, {"__Host-buysignal-person": annotator_sessions.begin(writer, person.id)})
