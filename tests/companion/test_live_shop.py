"""The running companion's catalogue: follows imports, and answers while texts are still being read."""

from __future__ import annotations

import threading

from companion.live_shop import LiveShop
from companion.shop.product import Product
from companion.shop_index import open_shop
from companion.store import Store, catalogue, catalogue_imports
from tests.companion.shop.retrieval.scene import SHELF, PlantedEncoder


def add(store: Store, *products: Product) -> None:
    with store.writing() as connection:
        number = catalogue_imports.begin(connection, "f.csv", "table", {}, 1_000)
        catalogue.save(connection, products, number, 1_000)


def test_the_demo_catalogue_stands_until_something_is_imported(store: Store) -> None:
    live = LiveShop(store, PlantedEncoder)
    first = live.current()
    assert (first.demo, first.currency) == (True, "USD")
    assert live.current() is first
    live.wait()
    assert live.current().unread == 0
    add(store, *SHELF)
    assert live.current().demo  # answers until the new one is ready
    live.wait()
    own = live.current()
    assert (own.demo, [product.id for product in own.products]) == (False, [product.id for product in SHELF])


def test_new_products_are_found_by_their_words_before_and_by_vectors_after_they_are_read(store: Store) -> None:
    add(store, *SHELF)
    live = LiveShop(store, PlantedEncoder)
    assert live.current().retriever.search("wall clock", 1)[0].place == 5
    live.wait()
    shop = live.current()
    assert shop.unread == 0
    assert [hit.place for hit in shop.retriever.search("ceramic mug", 2, "dense")] == [3, 4]


def test_what_was_read_once_is_not_read_again(store: Store) -> None:
    add(store, *SHELF)
    encoder = PlantedEncoder()
    open_shop(store, encoder)
    read = len(encoder.asked)
    open_shop(store, encoder)
    assert len(encoder.asked) == read == 5  # two products share a text
    add(store, Product("7", "Garden hose"))
    grown = open_shop(store, encoder)
    assert len(encoder.asked) == read + 1
    assert grown.retriever.search("garden hose", 1)[0].place == 6


def test_vectors_of_products_long_gone_are_dropped(store: Store, monkeypatch) -> None:
    monkeypatch.setattr("companion.shop_index.SLACK", 2)
    add(store, *SHELF)
    encoder = PlantedEncoder()
    open_shop(store, encoder)
    with store.writing() as connection:
        number = catalogue_imports.begin(connection, "g.csv", "table", {}, 2_000)
        catalogue.save(connection, [SHELF[5]], number, 2_000)
        catalogue.withdraw_missing(connection, number, 2_000)
    shop = open_shop(store, encoder)
    assert [shop.products[hit.place].id for hit in shop.retriever.search("wall clock", 3, "dense")] == ["6"]
    (file,) = (store.workspace.root / "shop").glob("vectors-*.bin")
    assert file.stat().st_size == 16 + 2 * encoder.dimension


def test_a_search_does_not_wait_while_an_import_reads_its_texts(store: Store) -> None:
    add(store, *SHELF)
    reading, go_on = threading.Event(), threading.Event()

    class Slow(PlantedEncoder):
        def encode(self, texts):
            reading.set()
            assert go_on.wait(30)
            return super().encode(texts)

    thread = threading.Thread(target=open_shop, args=(store, Slow()))
    thread.start()
    assert reading.wait(30)
    shop = open_shop(store, PlantedEncoder(), encode=False)
    assert shop.unread == len(SHELF)
    assert shop.retriever.search("wall clock", 1, "lexical")[0].place == 5
    go_on.set()
    thread.join()


def test_closing_stops_the_reading_and_keeps_what_was_read(store: Store, monkeypatch) -> None:
    monkeypatch.setattr("companion.shop.retrieval.encoding.BATCH", 1)
    add(store, *SHELF)
    begun = threading.Event()

    class Slow(PlantedEncoder):
        def encode(self, texts):
            begun.set()
            stopping.wait(0.2)
            return super().encode(texts)

    stopping = threading.Event()
    live = LiveShop(store, Slow)
    live.current()
    assert begun.wait(30)
    live.close()
    (file,) = (store.workspace.root / "shop").glob("vectors-*.bin")
    assert 0 < file.stat().st_size < 5 * (16 + 2 * Slow.dimension)


def test_what_is_out_of_stock_is_not_found(store: Store) -> None:
    gone = Product("g", "Garden hose", attributes={"availability": "out of stock"})
    add(store, gone, Product("h", "Garden hose, long"))
    shop = open_shop(store, PlantedEncoder())
    assert [shop.products[hit.place].id for hit in shop.retriever.search("garden hose", 5)] == ["h"]
