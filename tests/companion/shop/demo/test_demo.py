"""The demo catalogue is large, varied, readable without a complaint, and says what it is."""

from __future__ import annotations

from collections import Counter

import pytest

from companion.shop.catalogue import Feed
from companion.shop.demo import CURRENCY, FILE, is_demo, products
from companion.shop.product import Product


@pytest.fixture(scope="module")
def demo() -> list[Product]:
    return products()


def test_every_row_is_read_without_an_error_or_a_note() -> None:
    with Feed(FILE) as feed:
        complaints = [(row.line, row.error, row.notes) for row in feed.rows() if row.error or row.notes]
        assert feed.unused == []
    assert complaints == []


def test_there_are_at_least_400_products_of_60_kinds_and_40_brands(demo: list[Product]) -> None:
    assert len(demo) >= 400
    assert len({product.id for product in demo}) == len({product.title for product in demo}) == len(demo)
    kinds = Counter(product.category for product in demo)
    assert len(kinds) >= 60
    assert max(kinds.values()) <= 6
    assert len({product.brand for product in demo}) >= 40


def test_each_is_priced_described_and_marked_as_demo(demo: list[Product]) -> None:
    for product in demo:
        assert is_demo(product), product
        assert product.price, product
        assert len(product.description.split()) >= 3, product
        assert len(product.category) == 3, product
        assert product.brand in product.title, product
        assert (product.link, product.image) == ("", "")


def test_prices_are_in_two_currencies_mostly_the_main_one(demo: list[Product]) -> None:
    shares = Counter(product.currency for product in demo)
    assert set(shares) == {CURRENCY, "EUR"}
    assert shares[CURRENCY] > 0.7 * len(demo)


def test_every_audience_finds_something(demo: list[Product]) -> None:
    ages = Counter(product.attributes.get("age_group", "") for product in demo)
    genders = Counter(product.attributes.get("gender", "") for product in demo)
    assert all(ages[age] >= 5 for age in ("baby", "toddler", "kids", "teen", "adult", "senior")), ages
    assert all(genders[gender] >= 20 for gender in ("female", "male", "unisex")), genders


def test_a_product_of_the_user_is_no_demo_product() -> None:
    assert not is_demo(Product("demo-1", "my own demo product"))
