"""Misspelt words are mended against what the shop knows; whatever anything knows stays."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from companion.shop import demo
from companion.shop.understanding.spelling import Corrected, Speller
from companion.shop.understanding.text import stem, stems_of

EXAM = Path(__file__).parents[3] / "exams" / "shop_queries.jsonl"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(scope="module")
def speller() -> Speller:
    counts: dict[str, int] = {}
    for product in demo.products():
        for word in set(stems_of(f"{product.title} {' '.join(product.category)}")):
            counts[word] = counts.get(word, 0) + 1
    return Speller(counts)


def queries() -> list[str]:
    return [json.loads(line)["query"] for line in EXAM.read_text("utf-8").splitlines()]


def slip(word: str, rng: random.Random) -> str:
    """One letter left out, doubled by another, wrong, or changed places with the next."""
    at, letter = rng.randrange(1, len(word) - 1), rng.choice(LETTERS)
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def test_queries_without_a_slip_stay_as_they_are(speller: Speller) -> None:
    assert {query: speller.correct(query).changed for query in queries() if speller.correct(query).changed} == {}


@pytest.mark.parametrize("seed", [7, 11])
def test_most_slips_are_mended_and_few_become_another_word(speller: Speller, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 (no secret)
    mended = wrong = slips = 0
    for query in queries():
        for found in re.finditer(r"(?<![#@\w'])[a-z]{5,}(?![\w'])", query):
            typed = slip(found.group(), rng)
            if typed == found.group():
                continue
            changed = dict(speller.correct(query[: found.start()] + typed + query[found.end() :]).changed)
            slips += 1
            mended += stem(changed.get(typed, "")) == stem(found.group())
            wrong += typed in changed and stem(changed[typed]) != stem(found.group())
    assert slips > 150
    assert mended / slips >= 0.75
    assert wrong / slips <= 0.15


def test_the_words_changed_are_named(speller: Speller) -> None:
    assert speller.correct("Blutooth speeker, under 50?") == Corrected(
        "bluetooth speaker, under 50?", (("blutooth", "bluetooth"), ("speeker", "speaker"))
    )


@pytest.mark.parametrize(
    "text",
    [
        "Lego Ben 10 Omnitrix, Pokemon and Skechers",  # franchises and brands
        "a present for Aarav and Thuy",  # names
        "#cleantok @lumohome",
        "zapatillas para mi hijo de diez anos",
        "buch fuer meine tochter",
        "xqzt jkwq 4x4 b07zq 😀",
        "raking leaves, glowy skin",  # a known word with an ending
        "",
    ],
)
def test_names_tags_other_languages_and_what_is_like_no_word_are_left_alone(speller: Speller, text: str) -> None:
    assert speller.correct(text) == Corrected(text)


def test_a_brand_of_the_catalogue_is_never_turned_into_a_word() -> None:
    assert Speller({}).correct("shooz for kids").changed
    assert not Speller({"shooz": 1}).correct("shooz for kids").changed
