"""Scenes that many tests start from: the shipped model, an empty workspace, an app, a companion on a real port."""

from __future__ import annotations

import shutil
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from waitress.server import create_server

from companion.app import create_app
from companion.config import Config
from companion.intent import IntentModel, load_model
from companion.live_model import LiveModel
from companion.registry import SHIPPED_NAME, Registry
from companion.services import Services
from companion.store import Store, door_keys, open_store
from tests.companion.browser import CHROME, Paired, pair_with

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell starts background jobs deaf to Ctrl+C, and their children inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def model() -> Iterator[IntentModel]:
    """The shipped model, loaded once."""
    loaded = load_model()
    yield loaded
    loaded.close()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with today's schema. Copy it; applying all migrations to another takes longer than most tests."""
    return open_store(tmp_path_factory.mktemp("migrated") / "workspace").workspace.database


def empty_store(migrated: Path, folder: Path) -> Store:
    """An empty workspace with a key of its own in a new folder."""
    folder.mkdir(mode=0o700)
    shutil.copy(migrated, folder)
    return open_store(folder)


@pytest.fixture
def store(migrated: Path, tmp_path: Path) -> Store:
    """An empty workspace with a key of its own."""
    return empty_store(migrated, tmp_path / "workspace")


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Where apps find the templates that an earlier one compiled; a template that changed is compiled again."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


def app_over(store: Store, model: IntentModel, compiled_templates: BytecodeCache) -> Flask:
    """A companion app over a workspace."""
    made = create_app(Config(workspace=store.workspace.root), live=LiveModel(Registry(store), model, SHIPPED_NAME), store=store)
    made.testing = False  # faults are answered as in real use
    made.jinja_env.bytecode_cache = compiled_templates
    return made


@pytest.fixture
def app(model: IntentModel, store: Store, compiled_templates: BytecodeCache) -> Flask:
    """A companion app over the empty workspace."""
    return app_over(store, model, compiled_templates)


@pytest.fixture
def services(app: Flask) -> Services:
    """The app's services."""
    found: Services = app.extensions["buysignal"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Talks to the app as a local program without an Origin."""
    return app.test_client()


@pytest.fixture
def pair(client: FlaskClient, services: Services) -> Callable[..., Paired]:
    """Pairs an extension through `/v1/pair`, as its onboarding page does."""

    def make(origin: str = CHROME, name: str = "Chrome") -> Paired:
        return pair_with(client, services, origin, name)

    return make


@pytest.fixture
def paired(pair: Callable[..., Paired]) -> Paired:
    """A paired Chrome extension."""
    return pair()


def let_in(app: Flask, store: Store) -> FlaskClient:
    """A browser that came in by a one-time link."""
    browser = app.test_client()
    with store.writing() as connection:
        key = door_keys.mint(connection)
    assert browser.get(f"/open?key={key}").status_code == 303
    return browser


@pytest.fixture
def entered(app: Flask, store: Store) -> FlaskClient:
    """A browser that came in by a one-time link."""
    return let_in(app, store)


@pytest.fixture
def live(app: Flask) -> Iterator[int]:
    """The app behind waitress on a free port, with the limits of real use; gives the port."""
    config: Config = app.extensions["buysignal"].config
    listener = socket.create_server(("127.0.0.1", 0))
    sockets: dict[int, Any] = {}
    server = create_server(
        app,
        map=sockets,
        sockets=[listener],
        threads=config.threads,
        max_request_body_size=config.limits.upload_bytes,
        channel_timeout=3,
        cleanup_interval=1,
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    yield int(listener.getsockname()[1])
    # the loop ends when nothing is left to watch; closing happens in its own thread
    with suppress(OSError):  # it may wake for another reason, and be gone before it is woken for this one
        server.trigger.pull_trigger(lambda: [watched.handle_close() for watched in list(sockets.values())])
    thread.join(10)
    server.task_dispatcher.shutdown()
    assert not thread.is_alive()
