"""The catalogue: nothing overwritten unasked, prices remembered, nothing deleted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.shop.product import Product
from companion.store import Store, catalogue, catalogue_health, catalogue_imports
from companion.store.catalogue import PricePoint, Saved

MUG = Product(
    "m", "Clay mug", price=9.0, currency="EUR", category=("Home", "Mugs"), attributes={"colour": "red", "availability": "in stock"}
)
CUP = Product("c", "Tin cup", price=4.0, currency="EUR")


@pytest.fixture
def save(store: Store):
    def run(*products: Product, now: int = 1_000, overwrite: bool = False) -> Saved:
        with store.writing() as connection:
            number = catalogue_imports.begin(connection, "f.csv", "table", {"id": ["id"]}, now)
            return catalogue.save(connection, products, number, now, overwrite=overwrite)

    return run


def stored(store: Store) -> list[Product]:
    with store.reading() as connection:
        return catalogue.products(connection)


def test_products_come_back_as_they_were_and_in_order(store: Store, save) -> None:
    assert save(MUG, CUP) == Saved(new=2)
    assert stored(store) == [MUG, CUP]


def test_the_same_feed_again_changes_nothing(store: Store, save) -> None:
    save(MUG, CUP)
    with store.reading() as connection:
        before = catalogue.version(connection)
    assert save(MUG, CUP, now=2_000) == Saved()
    with store.reading() as connection:
        assert catalogue.version(connection) == before


def test_a_new_price_is_taken_and_the_old_one_remembered(store: Store, save) -> None:
    save(MUG)
    assert save(replace(MUG, price=8.0), now=2_000) == Saved(changed=1, repriced=1)
    assert save(replace(MUG, price=8.0), now=3_000) == Saved()
    with store.reading() as connection:
        assert catalogue.prices(connection, "m") == [PricePoint(1_000, 9.0, "EUR"), PricePoint(2_000, 8.0, "EUR")]
    assert stored(store) == [replace(MUG, price=8.0)]


def test_words_stay_unless_asked_to_replace_them(store: Store, save) -> None:
    save(MUG)
    other = replace(MUG, title="Stone mug", brand="Muggo", attributes={"colour": "blue", "availability": "out of stock", "size": "L"})
    assert save(other, now=2_000) == Saved(changed=1, kept=1)
    filled = {"colour": "red", "availability": "out of stock", "size": "L"}
    assert stored(store) == [replace(MUG, brand="Muggo", attributes=filled)]
    assert save(other, now=3_000, overwrite=True) == Saved(changed=1)
    assert stored(store) == [other]


def test_what_a_feed_does_not_say_takes_nothing_away(store: Store, save) -> None:
    save(MUG)
    assert save(Product("m", "Clay mug"), now=2_000, overwrite=True) == Saved()
    assert stored(store) == [MUG]


def test_withdrawn_products_are_kept_and_come_back(store: Store, save) -> None:
    save(MUG, CUP)
    with store.writing() as connection:
        number = catalogue_imports.begin(connection, "g.csv", "table", {}, 2_000)
        catalogue.save(connection, [CUP], number, 2_000)
        before = catalogue.version(connection)
        assert catalogue.withdraw_missing(connection, number, 2_000) == 1
        assert catalogue.version(connection) != before
        assert catalogue.product(connection, "m") == MUG
    assert stored(store) == [CUP]
    assert save(MUG, now=3_000) == Saved(changed=1)
    assert stored(store) == [MUG, CUP]


def test_the_main_currency_is_that_of_most_prices(store: Store, save) -> None:
    save(MUG, CUP, Product("d", "Rug", price=5.0, currency="USD"), Product("e", "Mat", price=5.0))
    with store.reading() as connection:
        assert catalogue.main_currency(connection) == "EUR"
        assert catalogue.count(connection) == 4


def test_an_import_keeps_its_counts_and_examples(store: Store) -> None:
    with store.writing() as connection:
        number = catalogue_imports.begin(connection, "f.csv", "table", {"id": ["sku"]}, 5)
        catalogue_imports.add(connection, number, catalogue_imports.Tally(10, 2, 1), Saved(new=8))
        catalogue_imports.add(connection, number, catalogue_imports.Tally(1, 0, 0), Saved(changed=1))
        catalogue_imports.end(connection, number, 3, ["line 2: no title"], 9)
        (found,) = catalogue_imports.latest(connection)
    assert (found.rows, found.new, found.changed, found.skipped, found.noted, found.withdrawn) == (11, 8, 1, 2, 1, 3)
    assert (found.columns, found.problems, found.ended_at) == ({"id": ["sku"]}, ["line 2: no title"], 9)


def test_ids_are_remembered_by_their_first_line() -> None:
    with catalogue_imports.seen_ids() as seen:
        assert [seen.first("a", 2), seen.first("b", 3), seen.first("a", 4)] == [2, 3, 2]


def test_health_counts_what_is_missing_and_names_the_products(store: Store, save) -> None:
    gone = replace(MUG, id="g", title="Old pot", attributes={"availability": "out of stock"})
    save(MUG, CUP, replace(CUP, id="c2", title="TIN CUP", currency=""), Product("x", "Rug"), gone)
    with store.reading() as connection:
        found = catalogue_health.health(connection)
        names = [product.id for product in catalogue_health.lacking(connection, "currency")]
        with pytest.raises(KeyError):
            catalogue_health.lacking(connection, "1 = 1")
    assert (found.products, found.withdrawn, found.same_title, found.out_of_stock, found.currencies) == (5, 0, 2, 1, {"EUR": 3})
    assert found.lacking == {"price": 1, "currency": 1, "category": 3, "description": 5, "brand": 5, "image": 5, "link": 5, "rating": 5}
    assert names == ["c2"]
