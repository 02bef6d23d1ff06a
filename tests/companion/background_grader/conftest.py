"""A companion whose grader has not begun yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.app import create_app
from companion.config import Config
from companion.live_model import LiveModel
from companion.registry import Registry
from companion.store import Store, door_keys
from tests.companion.background_grader.scene import Companion


@pytest.fixture
def companion(store: Store) -> Iterator[Companion]:
    live = LiveModel.start(Registry(store))
    app = create_app(Config(workspace=store.workspace.root), live=live, store=store)
    with store.writing() as connection:
        key = door_keys.mint(connection)
    person = app.test_client()
    person.get(f"/open?key={key}")
    made = Companion(app, store, live, app.extensions["buysignal"], person)
    yield made
    made.services.grader.close()
    live.close()
