"""What requests share: one of each, made by `create_app` and found by every blueprint through `services()`."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cached_property

from flask import Flask, current_app, g

from companion.api.gate import InferenceGate
from companion.background_grader import BackgroundGrader
from companion.config import Config
from companion.intent import IntentModel
from companion.intent.neighbours import Neighbours
from companion.kept_answers import KeptAnswers
from companion.live_cards import LiveCards
from companion.live_model import LiveModel
from companion.live_shop import LiveShop
from companion.security.bucket import Buckets
from companion.security.clients import ClientDirectory
from companion.security.pairing import Pairing
from companion.store import Role, Store

_KEY = "buysignal"


@dataclass(frozen=True)
class Services:
    """The parts that blueprints use. `pairing.open()` is called by the dashboard only."""

    config: Config
    live: LiveModel
    store: Store
    clients: ClientDirectory
    pairing: Pairing
    buckets: Buckets
    gate: InferenceGate
    grader: BackgroundGrader
    shop: LiveShop
    cards: LiveCards

    @property
    def model(self) -> IntentModel:
        """The model in use. It may be exchanged at any moment: a request takes it once."""
        return self.live.current

    @cached_property
    def neighbours(self) -> Neighbours:
        """Tagged examples for `explain`, read on first use so that starting stays quick."""
        return Neighbours.load()

    @cached_property
    def kept(self) -> KeptAnswers:
        """What was answered from the database since it was written last."""
        return KeptAnswers(self.store.workspace.database)


def install(app: Flask, services: Services) -> None:
    """Attach the services to an app, and give back each request's connections when it ends."""
    app.extensions[_KEY] = services
    app.teardown_appcontext(_give_back)


def services() -> Services:
    """The services of the current app."""
    found: Services = current_app.extensions[_KEY]
    return found


def connection(role: Role) -> sqlite3.Connection:
    """This request's connection of a role, opened on first use and given back with the end of the request."""
    opened: dict[Role, sqlite3.Connection] = g.setdefault("connections", {})
    if role not in opened:
        store, held = services().store, g.setdefault("held", ExitStack())
        opened[role] = held.enter_context(store.reading() if role == "reader" else closing(store.connect(role)))
    return opened[role]


def _give_back(_error: BaseException | None) -> None:
    g.pop("connections", None)
    if held := g.pop("held", None):
        held.close()
