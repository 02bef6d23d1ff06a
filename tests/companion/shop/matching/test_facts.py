"""What is read from a product's title, category and attributes."""

from __future__ import annotations

import pytest

from companion.shop.matching.facts import GOVERNED, HEAD, MODIFIER, facts_of
from companion.shop.product import Product
from companion.shop.understanding import AgeRange


def facts(title: str, *category: str, **attributes: str):
    return facts_of(Product("1", title, category=category, attributes=attributes))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Acme AquaPro Stainless Steel Water Bottle, 750 ml, for Gym and Office", "water bottle"),
        ("Handheld Milk Frother | Battery Operated | Coffee Mixer", "milk frother"),
        ("Kids Toy Kitchen with Sink", "pretend play"),
        ("Zapatillas de correr para hombre", "running shoes"),
        ("Sepatu Sekolah Anak", "shoes"),
    ],
)
def test_the_head_of_the_title_is_the_surest_kind(title: str, kind: str) -> None:
    assert max(facts(title).kinds.items(), key=lambda one: one[1]) == (kind, HEAD)


def test_what_a_thing_is_for_or_comes_with_is_not_the_thing() -> None:
    kinds = facts("Leather Strap Case for Laptop, Camera, Phone").kinds
    assert max(kinds.get(kind, 0) for kind in ("laptop", "camera", "phone")) == GOVERNED


def test_a_part_of_a_thing_is_not_the_thing() -> None:
    assert facts("Scooter Seat Cover").kinds["scooter"] <= MODIFIER


def test_a_category_that_agrees_makes_surer_and_stands_in_where_the_title_is_mute() -> None:
    assert facts("Model XZ-9", "Home", "Kettles").kinds == {"kettle": 0.5}
    assert facts("Steel Kettle and Mug").kinds["kettle"] < facts("Steel Kettle and Mug", "Kettles").kinds["kettle"]


@pytest.mark.parametrize(
    ("title", "gender", "ages", "kids"),
    [
        ("Women's Running Shoes", "female", None, False),
        ("Sneakers for Men and Women", "", None, False),
        ("Boys Cotton T-Shirt 8-10 Years", "male", AgeRange(8, 10), True),
        ("Puzzle for 3+ years kids", "", AgeRange(3, 120), True),
        ("Baby Romper 6-12 Months", "", AgeRange(0.5, 1), True),
        ("Blender with 2 Years Warranty", "", None, False),
        ("Spider Man Mug", "", None, False),
    ],
)
def test_audience(title: str, gender: str, ages: AgeRange | None, kids: bool) -> None:
    audience = facts(title).audience
    assert (audience.gender, audience.ages, audience.kids) == (gender, ages, kids)


def test_a_feeds_own_columns_count_like_words_of_the_title() -> None:
    read = facts("Trail Shoe", gender="female", age_group="kids", colour="Navy Blue", material="mesh cotton")
    assert read.audience.gender == "female"
    assert read.audience.kids
    assert (read.colours, read.materials) == ({"navy"}, {"cotton"})
