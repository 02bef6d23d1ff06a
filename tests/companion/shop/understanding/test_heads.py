"""Names of things beyond the lexicon, and nouns of a story that are not asked for."""

from __future__ import annotations

import pytest

from companion.shop.understanding import understand
from companion.shop.understanding.heads import FILES
from companion.shop.understanding.tagger import unchanged
from companion.shop.understanding.word_files import names_in, rows_of


def test_two_thousand_names_of_things_stand_beside_the_kinds() -> None:
    assert len({name for file in FILES for row in rows_of(file) for name in names_in(row[0])} | set()) > 500
    assert sum(len(list(names_in(row[0]))) for file in FILES for row in rows_of(file)) > 1900


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("reptile heat mat vivarium 30cm", "reptile heat mat"),
        ("crochet kit beginner frog", "crochet kit"),
        ("pencil case 2 compartments lilac", "pencil case"),
        ("silent wall clock 30cm walnut", "silent wall clock"),
        ("scented candle fig", "scented candle"),
        ("fleece lined leggings", "fleece lined leggings"),
        ("replacement lid for my pan", "replacement lid"),
        ("a good pair of headphones for my aunt", "headphones"),
        ("can someone point me to a shower chair for my aunt", "shower chair"),
        ("busco una máquina de coser para mi madre", "máquina de coser"),
        ("every dressing gown I find stops at his knees", "dressing gown"),
        ("my flatmate steals my umbrella so I want to get him his own for christmas", "umbrella"),
        ("hamster escaped again, not plastic this time", ""),
        ("my landlord won't let me drill and white would match the tiles", ""),
        ("he spends all day peeling potatoes and opening jars", ""),
        ("teacher gift end of term £10", ""),
    ],
)
def test_the_thing_asked_for_ends_in_a_known_head(text: str, product: str) -> None:
    assert understand(text).product_type == product


def test_a_caption_without_any_thing_is_read() -> None:
    understand("my dad sees snow first time at 60 | sobbing | where's his ushanka from")


@pytest.mark.parametrize(
    ("text", "interests"),
    [
        ("toddler wellies dinosaur green", ("dinosaur",)),
        ("a jigsaw with steam trains on it", ("steam trains",)),
        ("a onesie, like a capybara one", ("capybara",)),
        ("pyjamas with a bee print", ("bee",)),
        ("hamster wheel", ()),
        ("a bed for my rabbit", ()),
        ("she loves gaming, anime and cats", ("gaming", "anime", "cats")),
        ("all he does is potter on his allotment", ("allotment",)),
        ("my nephew supports Arsenal", ("Arsenal",)),
        ("she used to breed budgies", ("budgies",)),
        ("this is driving me mad", ()),
        ("Mein Enkel ist verrückt nach Dinosauriern", ("dinosauriern",)),
        ("mi abuela, le encanta el ganchillo", ("ganchillo",)),
    ],
)
def test_interests_and_pictures(text: str, interests: tuple[str, ...]) -> None:
    """By the rules; the tagger may add to them."""
    wish = understand(text, amend=unchanged)
    assert (*wish.franchises, *wish.interests) == interests
