"""Hard conditions leave products out, soft ones order them."""

from __future__ import annotations

import pytest

from companion.shop.matching.facts import facts_of
from companion.shop.matching.fitting import Fitting
from companion.shop.product import Product
from companion.shop.understanding import understand


def broken(query: str, title: str) -> str:
    return Fitting(understand(query)).broken(facts_of(Product("1", title)))


@pytest.mark.parametrize(
    ("query", "title", "condition"),
    [
        ("wallet, not leather", "Genuine Leather Wallet", "exclusion"),
        ("wallet, not leather", "Vegan Leather Wallet", ""),
        ("wallet, not leather", "Nylon Wallet", ""),
        ("snacks without sugar", "Caramel Candy", "exclusion"),
        ("snacks without sugar", "Sugar Free Candy", ""),
        ("tea without caffeine", "Strong Green Tea", "exclusion"),
        ("tea without caffeine", "Caffeine Free Green Tea", ""),
        ("mug, anything but pink", "Hot Pink Mug", "exclusion"),
        ("trimmer, cordless", "Corded Trimmer", "exclusion"),
        ("trimmer, cordless", "Corded and Cordless Trimmer", ""),
        ("shoes for my son", "Women's Shoes", "audience"),
        ("shoes for my 10 year old son", "Men's Shoes", "audience"),
        ("shoes for my 10 year old son", "Toddler Boys Shoes 1-3 Years", "audience"),
        ("shoes for my 10 year old son", "Kids Shoes for Boys and Girls", ""),
        ("shoes for my husband", "Kids Shoes", "audience"),
        ("shoes for my husband", "Unisex Shoes", ""),
        ("toy for a 1 year old", "Model Kit, 8-12 years", "audience"),
        ("toy for a 1 year old", "Wooden Blocks", ""),
    ],
)
def test_hard_conditions(query: str, title: str, condition: str) -> None:
    assert broken(query, title) == condition


def kind(query: str, title: str) -> float:
    return Fitting(understand(query)).kind(facts_of(Product("1", title)))


def test_the_thing_itself_comes_before_its_relations_and_these_before_others() -> None:
    query = "running shoes"
    same, wider, other = kind(query, "Trail Running Shoes"), kind(query, "Shoes"), kind(query, "Kettle")
    assert same > wider > other == 0


def test_a_narrower_thing_is_the_thing() -> None:
    assert kind("shoes", "Leather Sandals") == kind("shoes", "Shoes") == 1.0


def test_what_helps_first_counts_most() -> None:
    query = "my back hurts from sitting all day"
    assert kind(query, "Memory Foam Seat Cushion") > kind(query, "Hot Water Bag") > 0


def test_wanted_colours_and_materials_order() -> None:
    fitting = Fitting(understand("red cotton shirt"))
    red, blue, plain = (facts_of(Product("1", title)) for title in ("Scarlet Cotton Shirt", "Blue Silk Shirt", "Shirt"))
    assert (fitting.colour(red), fitting.colour(blue), fitting.colour(plain)) == (1, -1, 0)
    assert (fitting.material(red), fitting.material(blue), fitting.material(plain)) == (1, -0.5, 0)


def test_a_franchise_is_found_by_its_other_names() -> None:
    fitting = Fitting(understand("bag with Spider-Man"))
    assert fitting.named(facts_of(Product("1", "Spiderman School Bag"))) == 1
    assert fitting.named(facts_of(Product("1", "Batman School Bag"))) == 0
