"""Figures: money, ages, sizes, and which is which."""

from __future__ import annotations

import pytest

from companion.shop.understanding import AgeRange, understand
from companion.shop.understanding.amounts import read_number


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("socks under 20 bucks", None, 20, "USD"),
        ("socks 30-50€", 30, 50, "EUR"),
        ("socks ₹500", None, 500, "INR"),
        ("socks max 25", None, 25, "GBP"),
        ("socks, not over 40", None, 40, "GBP"),
        ("socks between 300 and 1500", 300, 1500, "GBP"),
        ("socks, 500-1000", 500, 1000, "GBP"),
        ("socks over 20 but under 50", 20, 50, "GBP"),
        ("socks for $1,299.50", None, 1299.5, "USD"),
        ("socks no more than RM50", None, 50, "MYR"),
        ("kaos kaki di bawah 100rb", None, 100_000, "GBP"),
        ("tất dưới 500k", None, 500_000, "GBP"),
        ("medias por menos de 30 euros", None, 30, "EUR"),
        ("meias até R$ 50", None, 50, "BRL"),
        ("Socken zwischen 10 und 20 Euro", 10, 20, "EUR"),
        ("chaussettes à moins de 15 €", None, 15, "EUR"),
        ("calzini sotto i 12 euro", None, 12, "EUR"),
        ("socks, my budget is 1.5k", None, 1500, "GBP"),
        ("socks 20 dollars or less", None, 20, "USD"),
    ],
)
def test_budgets(text: str, low: float | None, high: float | None, currency: str) -> None:
    budget = understand(text, "GBP").budget
    assert budget is not None
    assert (budget.low, budget.high, budget.currency) == (low, high, currency)


@pytest.mark.parametrize(
    "text",
    [
        "tent for under 10 people",
        "rope over 50 feet",
        "bottle of less than 2 litres",
        "dumbbells up to 10 kg",
        "3d printer",
        "pack of 3 socks",
        "iphone 13 case",
        "up to 5 years warranty",
        "10% off socks",
        "cheap socks",
    ],
)
def test_figures_with_another_unit_are_no_money(text: str) -> None:
    assert understand(text).budget is None


def test_cheap_is_a_leaning_and_not_a_budget() -> None:
    assert understand("cheap socks").cheap
    assert not understand("socks under 5").cheap


def test_around_an_amount_leaves_room_on_both_sides() -> None:
    budget = understand("socks around 100 dollars").budget
    assert budget is not None
    assert (budget.low, budget.high) == (80, 120)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("for a 10-year-old", 10, 10),
        ("ages 8 to 12", 8, 12),
        ("6 months old baby", 0.5, 0.5),
        ("turning 7 next week", 7, 7),
        ("my son is 7", 7, 7),
        ("a two year old", 2, 2),
        ("for kids under 5 years", 0, 5),
        ("60+ years", 60, 120),
        ("in her 30s", 30, 39),
        ("8 y/o", 8, 8),
        ("niño de 6 años", 6, 6),
        ("bé 3 tuổi", 3, 3),
        ("für eine 5-jährige", 5, 5),
        ("pour un enfant de 4 ans", 4, 4),
    ],
)
def test_ages(text: str, low: float, high: float) -> None:
    assert understand(text).age == AgeRange(low, high)


@pytest.mark.parametrize("text", ["5 year warranty", "our 1 year anniversary", "size 8 shoes", "12 m rope", "pack of 12"])
def test_other_figures_are_no_ages(text: str) -> None:
    assert understand(text).age is None


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("shoes EU 38", ("EU 38",)),
        ("uk size 9 boots", ("UK 9",)),
        ("hoodie in XL", ("XL",)),
        ("10 inch tablet", ("10 inch",)),
        ("1.5 ton ac", ("1.5 ton",)),
        ("king size blanket", ("king",)),
        ("zapatos talla 38", ("38",)),
        ("large backpack", ()),
    ],
)
def test_sizes(text: str, sizes: tuple[str, ...]) -> None:
    assert understand(text).sizes == sizes


@pytest.mark.parametrize(
    ("text", "value"), [("1,299.00", 1299), ("3,99", 3.99), ("1.500", 1500), ("1 500", 1500), ("20", 20), ("2.500,75", 2500.75)]
)
def test_separators_of_thousands_and_cents(text: str, value: float) -> None:
    assert read_number(text) == value
