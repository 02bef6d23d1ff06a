"""The shop card among 13,000 products: from a video's words to a card, taking in a click, reading the profile after a restart.

python -m bench shop_cards
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from flask.testing import FlaskClient

from bench.shop import PRODUCTS, QUERIES, invented
from bench.table import Row
from companion.app import create_app
from companion.config import Config
from companion.live_model import LiveModel
from companion.registry import Registry
from companion.services import Services
from companion.shop.profile.events import Event
from companion.shop.retrieval.encoding import SentenceEncoder
from companion.shop.retrieval.texts import dense_text
from companion.shop.retrieval.vectors import VectorFile, text_hash
from companion.shop_index import FOLDER
from companion.shop_taste import Taste
from companion.store import Store, catalogue, catalogue_imports, clock, open_store, shop_events

CARDS, DEEDS = 160, 5_000
CARD_MS, DEED_MS, REPLAY_S = 60, 40, 10
ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"


def rows() -> Iterator[Row]:
    """Cards, clicks, and a restart."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        _fill(store)
        live = LiveModel.start(Registry(store))
        app = create_app(Config(workspace=store.workspace.root), live=live, store=store)
        services: Services = app.extensions["buysignal"]
        assert services.cards.ready(600)
        services.shop.wait()
        cards, deeds = _use(app.test_client(), services)
        yield _row("a shop card from caption and comments", cards, CARD_MS)
        yield _row("a click stored and taken in", deeds, DEED_MS)
        seconds = _restart(store, services)
        name = f"{DEEDS:,} stored deeds learned again after a restart"
        yield Row(name, f"{seconds:.1f} s", f"<= {REPLAY_S} s", seconds <= REPLAY_S)
        live.close()


def _row(name: str, seconds: list[float], limit: int) -> Row:
    p95 = float(np.quantile(seconds, 0.95)) * 1000
    return Row(f"{name} among {PRODUCTS:,} products, 95th percentile", f"{p95:.0f} ms", f"<= {limit} ms", p95 <= limit)


def _fill(store: Store) -> None:
    products = invented(PRODUCTS)
    with store.writing() as connection:
        number = catalogue_imports.begin(connection, "bench.csv", "table", {}, 1)
        catalogue.save(connection, products, number, 1)
    encoder = SentenceEncoder()
    (store.workspace.root / FOLDER).mkdir(exist_ok=True)
    file = VectorFile(store.workspace.root / FOLDER / f"vectors-{encoder.name}.bin", encoder.dimension)
    hashes = list(dict.fromkeys(text_hash(dense_text(product)) for product in products))
    vectors = np.random.default_rng(1).standard_normal((len(hashes), encoder.dimension), np.float32)
    file.add(hashes, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))  # a search takes as long whatever they are
    encoder.close()


def _use(client: FlaskClient, services: Services) -> tuple[list[float], list[float]]:
    """Seconds of each card and of each click, as the extension sends them."""
    paired = client.post("/v1/pair", json={"code": services.pairing.open().code, "name": "Bench"}, headers={"Origin": ORIGIN})
    headers = {"Origin": ORIGIN, "Authorization": f"Bearer {paired.get_json()['token']}"}
    cards, deeds = [], []
    for number in range(CARDS):
        caption, *comments = QUERIES[number % len(QUERIES)].split(" | ")
        asked = {"page": "feed", "context": {"caption": caption}, "comments": comments, "hour": 20}
        begun = time.perf_counter()
        card = client.post("/v1/shop/related", json=asked, headers=headers).get_json()
        cards.append(time.perf_counter() - begun)
        if card["items"] and number % 3 == 0:
            deed = {"kind": "click", "page": "feed", "card": card["card"], "product": card["items"][0]["id"], "hour": 20}
            begun = time.perf_counter()
            client.post("/v1/shop/event", json=deed, headers=headers)
            deeds.append(time.perf_counter() - begun)
        time.sleep(0.1)  # within the client's budget
    return cards[len(QUERIES) :], deeds[1:]


def _restart(store: Store, services: Services) -> float:
    random, now = np.random.default_rng(2), clock.now_ms()
    shop = services.shop.current()
    chosen = random.integers(0, len(shop.products), DEEDS)
    events = [
        Event(now - (DEEDS - n) * 60_000, "click" if n % 10 == 0 else "impression", shop.products[place].id, place=1 + n % 3)
        for n, place in enumerate(chosen.tolist())
    ]
    with store.writing() as connection:
        shop_events.add(connection, events)
    begun = time.perf_counter()
    Taste.read(store, shop)
    return time.perf_counter() - begun
