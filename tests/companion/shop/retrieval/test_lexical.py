"""The lexical leg counts words as shoppers write them, and comes back from disk as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from companion.shop.product import Product
from companion.shop.retrieval.lexical import Lexical
from companion.shop.retrieval.words import asked, words
from tests.companion.shop.retrieval.scene import SHELF


def best(lexical: Lexical, text: str) -> list[str]:
    scores = lexical.scores(text)
    return [SHELF[place].id for place in np.argsort(-scores, kind="stable") if scores[place] > 0]


@pytest.fixture(scope="module")
def lexical() -> Lexical:
    return Lexical.build(SHELF)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("running shoe", "1"),
        ("bedsheets", "2"),
        ("bed-sheet", "2"),
        ("I want a mug, please", "4"),
        ("muggo", "4"),
        ("TEAL", "6"),
        ("bottles", "3"),
    ],
)
def test_the_product_that_is_meant_stands_first(lexical: Lexical, query: str, first: str) -> None:
    assert best(lexical, query)[0] == first


def test_a_title_weighs_more_than_a_description(lexical: Lexical) -> None:
    shelf = [Product("a", "Bottle"), Product("b", "Vest", description="bottle")]
    scores = Lexical.build(shelf).scores("bottle")
    assert scores[0] > scores[1] > 0


def test_stock_words_are_not_counted_and_unknown_words_find_nothing(lexical: Lexical) -> None:
    assert best(lexical, "stock") == []
    assert best(lexical, "zyzzyva") == []


def test_scores_are_bm25_by_hand() -> None:
    scores = Lexical.build([Product("a", "mug"), Product("b", "mug mug"), Product("c", "cup")]).scores("mug")
    idf = np.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    tf = [count / (1 - 0.5 + 0.5 * length / (4 / 3)) for count, length in ((1, 1), (2, 2))]
    assert scores == pytest.approx([idf * tf[0] / (1.2 + tf[0]), idf * tf[1] / (1.2 + tf[1]), 0])


def test_an_index_comes_back_the_same_and_only_for_its_version(lexical: Lexical, tmp_path: Path) -> None:
    lexical.save(tmp_path, "v1")
    again = Lexical.load(tmp_path, "v1")
    assert isinstance(again.places, np.memmap)
    for query in ("running shoes", "bedsheet", "ceramic mug"):
        assert np.array_equal(again.scores(query), lexical.scores(query))
    with pytest.raises(ValueError, match="counted from"):
        Lexical.load(tmp_path, "v2")


def test_an_empty_catalogue_finds_nothing() -> None:
    assert Lexical.build([]).scores("mug").shape == (0,)


def test_words_fold_case_accents_plurals_and_apostrophes() -> None:
    assert words("Café's MENS’ Batteries 10inch 1.5-ton") == ["cafe", "men", "battery", "10", "inch", "1.5", "ton"]
    assert asked("where can I buy the mugs") == ["buy", "mug"]
    assert asked("who is it for") != []
