"""From a query to a list, over a small shelf."""

from __future__ import annotations

import pytest

from companion.shop.product import Product
from companion.shop.ranking import Ranked, Ranker
from companion.shop.retrieval import Retriever
from companion.shop.retrieval.lexical import Lexical

SHELF = [
    Product("lamp", "Dinosaur Night Light for Kids", category=("Home", "Lamps"), price=12, currency="USD"),
    Product("desk-lamp", "LED Desk Lamp, Black", category=("Home", "Lamps"), price=30, currency="USD"),
    Product("bulb", "LED Bulb 9W, pack of 4", category=("Home", "Bulbs"), price=5, currency="USD"),
    Product("leather-wallet", "Leather Wallet for Men", category=("Bags", "Wallets"), price=20, currency="USD"),
    Product("nylon-wallet", "Nylon Trifold Wallet for Men", category=("Bags", "Wallets"), price=15, currency="USD"),
    Product("wallet-euro", "Canvas Wallet", category=("Bags", "Wallets"), price=40, currency="EUR"),
    Product("mens-shoes", "Men's Running Shoes", category=("Shoes",), price=60, currency="USD"),
    Product("boys-shoes", "Boys Running Shoes, Kids", category=("Shoes",), price=35, currency="USD"),
    Product("womens-shoes", "Women's Running Shoes, Pink", category=("Shoes",), price=55, currency="USD"),
    Product("cushion", "Memory Foam Seat Cushion", category=("Home", "Cushions"), price=25, currency="USD"),
    Product("priceless", "Running Shoes", category=("Shoes",)),
    Product("mug", "Ceramic Mug", category=("Kitchen", "Mugs"), price=8, currency="USD"),
]


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return Ranker(SHELF, Retriever(SHELF, Lexical.build(SHELF), None, None))


def ids(ranked: Ranked) -> list[str]:
    return [SHELF[hit.place].id for hit in ranked.hits]


def test_the_thing_asked_for_comes_first(ranker: Ranker) -> None:
    assert ids(ranker.rank("desk lamp"))[0] == "desk-lamp"
    assert ids(ranker.rank("night light for my son who loves dinosaurs"))[0] == "lamp"


def test_a_circumstance_finds_what_helps(ranker: Ranker) -> None:
    assert ids(ranker.rank("my back hurts from sitting all day"))[0] == "cushion"


def test_hard_conditions_hold_for_every_hit(ranker: Ranker) -> None:
    assert set(ids(ranker.rank("a wallet, not leather"))) == {"nylon-wallet", "wallet-euro"}
    found = ids(ranker.rank("running shoes for my 10 year old son, under 50 dollars"))
    assert found[0] == "boys-shoes"
    assert not {"mens-shoes", "womens-shoes", "priceless"} & set(found)


def test_prices_are_compared_across_currencies(ranker: Ranker) -> None:
    assert "wallet-euro" not in ids(ranker.rank("wallet under 41 dollars"))
    assert "wallet-euro" in ids(ranker.rank("wallet under 41 euros"))


def test_a_bare_amount_is_in_the_catalogues_currency() -> None:
    rupees = Ranker(SHELF, Retriever(SHELF, Lexical.build(SHELF), None, None), currency="INR")
    assert rupees.rank("mug under 700").wish.budget == rupees.rank("mug under ₹700").wish.budget or rupees.rank("mug under 700").hits
    assert ids(rupees.rank("mug under 700"))[0] == "mug"
    assert not rupees.rank("mug under 100").answerable


def test_colours_order_and_do_not_exclude(ranker: Ranker) -> None:
    found = ids(ranker.rank("running shoes pink"))
    assert found[0] == "womens-shoes"
    assert "mens-shoes" in found


@pytest.mark.parametrize("query", ["telescope", "neck fan", "drone with camera", "electric guitar"])
def test_what_the_catalogue_does_not_hold_is_said(ranker: Ranker, query: str) -> None:
    ranked = ranker.rank(query)
    assert not ranked.answerable
    assert ranked.explained()["Result"].startswith("Nothing in the catalogue fits")


def test_what_is_only_a_little_too_dear_is_shown_apart(ranker: Ranker) -> None:
    ranked = ranker.rank("desk lamp under 26 dollars")
    assert not ranked.answerable
    assert "desk-lamp" not in ids(ranked)
    assert [SHELF[hit.place].id for hit in ranked.beyond] == ["desk-lamp"]
    assert ranked.relaxed == ("budget",)
    assert not ranker.rank("desk lamp under 10 dollars").beyond


@pytest.mark.parametrize("query", ["", "🔥", "'; DROP TABLE products; --", "x" * 5000, "जूते", "not not not", "\ud83d"])
def test_any_query_gives_an_answer(ranker: Ranker, query: str) -> None:
    ranked = ranker.rank(query)
    assert len(ranked.hits) <= 10
    assert not (ranked.wish.says_nothing and ranked.answerable)


def test_an_empty_catalogue_answers_nothing() -> None:
    ranked = Ranker([], Retriever([], Lexical.build([]), None, None)).rank("desk lamp")
    assert (ranked.hits, ranked.answerable) == ((), False)


def test_as_many_hits_as_asked_for_best_first(ranker: Ranker) -> None:
    few = ranker.rank("running shoes", k=2)
    assert len(few.hits) == 2
    assert few.hits[0].score >= few.hits[1].score
    assert few.hits == ranker.rank("running shoes").hits[:2]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("pink running shoes", ""),
        ("green running shoes", "None of these is said to be green."),
        ("a wallet of silk", "None of these is said to be of silk."),
        ("leather wallet", ""),
        ("running shoes", ""),
    ],
)
def test_a_look_that_no_product_found_is_said_to_have_is_named(ranker: Ranker, query: str, said: str) -> None:
    assert ranker.rank(query).shortfall == said
