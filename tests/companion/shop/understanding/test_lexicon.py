"""The word lists: breadth, consistency, and names found in texts."""

from __future__ import annotations

import pytest

from companion.shop.understanding.kinds import lexicon
from companion.shop.understanding.text import fold, stem, tokens_of
from companion.shop.understanding.word_files import cell, names_in, rows_of, word_class


def kinds_in(text: str, language: str = "en") -> list[str]:
    return [one.kind for one in lexicon().mentions(tokens_of(fold(text)), language)]


def test_the_lexicon_knows_hundreds_of_kinds_by_thousands_of_names() -> None:
    assert len(lexicon().kinds) >= 500
    assert len(lexicon().names) >= 5000


def test_parents_and_helping_kinds_are_kinds_themselves() -> None:
    known = lexicon().kinds
    parents = {parent for kind in known.values() for parent in kind.parents}
    helping = {kind for row in rows_of("circumstances") for kind in names_in(cell(row, 1))}
    helping |= {kind for row in rows_of("interests") for kind in names_in(cell(row, 2))}
    assert (parents | helping) - known.keys() == set()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("back pack", ["backpack"]),
        ("#neckfan", ["neck fan"]),
        ("acoustic guitar strings", ["guitar accessory"]),
        ("weight loss", []),
        ("a set of weights", ["dumbbell"]),
        ("watch this", []),
        ("musical keyboard with 61 keys", ["piano"]),
        ("keyboard", ["keyboard"]),
    ],
)
def test_names_in_texts(text: str, kinds: list[str]) -> None:
    assert kinds_in(text) == kinds


def test_short_foreign_names_wait_for_their_language() -> None:
    assert kinds_in("bolt and pin") == kinds_in("bolt")
    assert kinds_in("rote Hose", "de") == ["trousers"]
    assert kinds_in("garden hose") == ["watering can"]


def test_german_compounds_are_what_they_end_in() -> None:
    assert kinds_in("Babyfahrradhelm", "de") == ["cycling helmet"]


@pytest.mark.parametrize(
    ("word", "same"), [("women's", "womens"), ("batteries", "battery"), ("boxes", "box"), ("pyjamas", "pajamas"), ("colour", "color")]
)
def test_forms_of_a_word_have_one_stem(word: str, same: str) -> None:
    assert stem(word) == stem(same)


def test_folding_keeps_places() -> None:
    text = "Áo khoác ĐEN — größe"
    assert len(fold(text)) == len(text)
    assert fold(text) == "ao khoac den — grose"


def test_a_class_of_words_that_does_not_exist_is_named() -> None:
    with pytest.raises(KeyError, match="no such class"):
        word_class("no such class")
