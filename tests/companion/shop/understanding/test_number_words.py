"""Numbers in words: composed ones are read as what they say, and are money where a price is spoken of."""

from __future__ import annotations

import pytest

from companion.shop.understanding import understand
from companion.shop.understanding.budgets import find_budget
from companion.shop.understanding.number_words import value_of
from companion.shop.understanding.reading import read

_TEN = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_BELOW_20 = [*_TEN, *_TEENS]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    if number < 20:
        return _BELOW_20[number]
    if number < 100:
        return _TENS[number // 10 - 2] + (f"-{_BELOW_20[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = f" and {in_words(number % 100)}" if number % 100 else ""
        return f"{_BELOW_20[number // 100]} hundred{rest}"
    rest = number % 1000
    between = " and " if rest < 100 else " "
    return f"{in_words(number // 1000)} thousand" + (f"{between}{in_words(rest)}" if rest else "")


def test_words_of_a_number_are_that_number() -> None:
    assert [number for number in range(1, 10_000) if value_of(in_words(number)) != number] == []


def test_without_hyphens_and_without_and_it_is_the_same_number() -> None:
    plain = {number: in_words(number).replace("-", " ").replace(" and ", " ") for number in range(1, 10_000)}
    assert [number for number, words in plain.items() if value_of(words) != number] == []


def test_a_limit_in_words_is_the_budget() -> None:
    limits = [(number, find_budget(read(f"a lamp under {in_words(number)} rupees"), "INR")) for number in range(1, 10_000)]
    assert [number for number, budget in limits if budget is None or (budget.low, budget.high) != (None, number)] == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("we have a budget of six thousand rupees for a mixer", None, 6000),
        ("fifteen hundred rupees max, a tent", None, 1500),
        ("two and a half thousand rupees for a tent", None, 2500),
        ("a tent under 2 and a half thousand", None, 2500),
        ("one lakh twenty thousand rupees for a sofa", None, 120_000),
        ("a tent under one fifty", None, 150),
        ("a tent under a couple of hundred dollars", None, 200),
        ("a sofa for between two and three thousand rupees", 2000, 3000),
        ("a sofa between fifteen and twenty thousand rupees", 15_000, 20_000),
        ("a lamp under eighty rupees", None, 80),
    ],
)
def test_how_people_say_prices_in_words(text: str, low: float | None, high: float | None) -> None:
    budget = understand(text, "INR").budget
    assert budget is not None
    assert (budget.low, budget.high) == (low, high)


@pytest.mark.parametrize(
    "text", ["three-seater sofa", "set of two real leather wallets", "tent for four people", "two in one straightener"]
)
def test_counts_in_words_are_no_money(text: str) -> None:
    assert understand(text, "INR").budget is None


@pytest.mark.parametrize("text", ["hamper for my eight year old", "hamper for my eighty year old gran"])
def test_ages_in_words_stay_ages(text: str) -> None:
    age = understand(text, "INR").age
    assert age is not None
    assert age.low == (80 if "eighty" in text else 8)
