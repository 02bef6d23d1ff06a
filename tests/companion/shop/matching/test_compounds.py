"""Compounds are searched as the catalogue's own titles write them."""

from __future__ import annotations

from collections import Counter

import pytest

from companion.shop.matching.compounds import Compounds
from companion.shop.matching.facts import facts_of
from companion.shop.matching.spellings import spelt_otherwise
from companion.shop.product import Product

TITLES = (
    "Full HD Dash Cam for cars",
    "Dash Cam with night vision",
    "Foldable Play Mat for babies",
    "LED Head Lamp",
    "Backpack for college",
    "Toothpick holder of bamboo",
    "Carpet brush",
    "Pet bed",
    "Car vacuum",
    "Tooth powder",
    "3D Puzzle of Big Ben",
)


@pytest.fixture(scope="module")
def compounds() -> Compounds:
    facts = [facts_of(Product(str(place), title)) for place, title in enumerate(TITLES)]
    counts = Counter(stem for one in facts for stem in set(one.joined.split()))
    return Compounds(counts, facts)


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("dashcam front and rear", "dash cam front and rear"),
        ("two Dashcams", "two Dash cams"),
        ("a playmat, please", "a play mat, please"),
        ("headlamp", "head lamp"),
        ("tooth pick holder", "toothpick holder"),
        ("three-dimensional puzzles", "3d puzzles"),
        ("2 dimensional puzzle", "2d puzzle"),
    ],
)
def test_a_compound_is_written_as_in_the_titles(compounds: Compounds, typed: str, searched: str) -> None:
    assert compounds.rewritten(typed) == searched


@pytest.mark.parametrize("typed", ["dash cam", "backpack", "car pet brush", "#dashcam", "metal detector", "toothpick", "", "tooth, pick"])
def test_what_the_titles_do_not_write_otherwise_stays(compounds: Compounds, typed: str) -> None:
    assert compounds.rewritten(typed) == typed


def test_spellings_go_both_ways() -> None:
    assert spelt_otherwise("stabiliser") == ("stabilizer",)
    assert "stabiliser" in spelt_otherwise("stabilizer")
    assert spelt_otherwise("three") == ("3",)
    assert spelt_otherwise("lamp") == ()
