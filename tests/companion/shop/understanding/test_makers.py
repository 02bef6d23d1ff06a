"""Makers: known names, plain words by their company, and words that are no makers here."""

from __future__ import annotations

import pytest

from companion.shop.understanding import understand
from companion.shop.understanding.makers import FILES
from companion.shop.understanding.word_files import names_in, rows_of


def test_more_than_two_thousand_makers_are_known() -> None:
    assert len({name.lower() for file in FILES for row in rows_of(file) for name in names_in(row[0])}) > 2000


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        ("staub cocotte 26cm", ("Staub",)),
        ("tower slow cooker 6.5l", ("Tower",)),
        ("crochet hooks clover", ("Clover",)),
        ("a lamp shaped like the leaning tower", ()),
        ("four leaf clover necklace", ()),
        ("guitar amp, Fender or Orange", ("Fender", "Orange")),
        ("an air fryer, Ninja, Tower or Cosori", ("Ninja", "Tower", "Cosori")),
        ("a pasta machine, ideally a Quixtor", ("Quixtor",)),
        ("Zumbrel or Quixtor preferably, a drum kit", ("Zumbrel", "Quixtor")),
        ("a bag from Sydney by Friday", ()),
        ("cat eye sunglasses", ()),
        ("tumbler stanley dupe", ()),
        ("any grill, weber or similar", ("Weber",)),
        ("I NEED A DIESEL GENERATOR", ()),
        ("for my son Taylor, a bike", ()),
    ],
)
def test_makers_are_read_where_the_text_says_so(text: str, brands: tuple[str, ...]) -> None:
    assert understand(text).brands == brands


def test_an_unwanted_maker_is_an_exclusion() -> None:
    wish = understand("a breast pump, I'd rather it wasn't a Medela")
    assert wish.brands == ()
    assert wish.exclusions == ("medela",)


def test_a_makers_name_is_no_colour_and_no_person() -> None:
    wish = understand("sewing machine Janome or Brother")
    assert wish.brands == ("Janome", "Brother")
    assert wish.gender == ""
