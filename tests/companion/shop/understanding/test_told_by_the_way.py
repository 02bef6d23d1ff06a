"""Kinds of wording that name a slot by the way, or seem to name one and do not."""

from __future__ import annotations

import pytest

from companion.shop.understanding import AgeRange, Budget, understand


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("he's in his late forties, gift under 50 quid", 40, 49),
        ("present for woman 70s", 70, 79),
        ("my daughter is going on 9, needs a desk", 9, 9),
        ("a scarf for my sister's 30th", 30, 30),
        ("helmets for my boys, 4 and 7", 4, 7),
        ("what my 5 yo wears | where is the coat from | for my niece, she's 8", 8, 8),
    ],
)
def test_ages_are_read_in_words_decades_and_beside_a_person(text: str, low: float, high: float) -> None:
    assert understand(text).age == AgeRange(low, high)


@pytest.mark.parametrize(
    "text",
    [
        "shoes for my wife, 38, black",
        "going on 3 trips, need a suitcase",
        "jumper for my cousin, he wears 12 years",
        "married 25 years, need a vase",
    ],
)
def test_sizes_and_spans_of_time_are_no_ages(text: str) -> None:
    assert understand(text).age is None


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("brown belt 36 waist", "36"),
        ("43 in tv", "43 in"),
        ("the linen dress | I need it in M please", "M"),
        ("romper 6-12 months", "6-12 months"),
        ("I bought the XL last time, need a hoodie, size L", "L"),
    ],
)
def test_sizes_are_read_in_their_own_units_and_not_from_an_earlier_purchase(text: str, size: str) -> None:
    assert understand(text).sizes == (size,)


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("a dress in rust or cream, size M", ("rust", "cream")),
        ("greenish scarf", ("green",)),
        ("cream coloured rug", ("cream",)),
        ("face cream for dry skin", ()),
        ("rose scented candle", ()),
        ("she outgrew the yellow one, need a raincoat", ()),
    ],
)
def test_names_of_things_are_colours_only_in_the_company_of_colours(text: str, colours: tuple[str, ...]) -> None:
    assert understand(text).colours == colours


@pytest.mark.parametrize(
    ("text", "exclusions"),
    [
        ("bento box, hold the plastic", ("plastic",)),
        ("earrings, not clip on", ("clip on",)),
        ("cookies for someone with a peanut allergy, no peanuts", ("peanut",)),
        ("boots without fur", ("fur",)),
        ("plant pot, anywhere but Ikea", ("ikea",)),
        ("I can't wait for christmas, need a tree", ()),
        ("don't mind the colour, need a mug", ()),
        ("I'm not a runner, just walk. Need trainers", ()),
        ("vase no taller than 30 cm", ()),
    ],
)
def test_exclusions_are_told_from_other_denials(text: str, exclusions: tuple[str, ...]) -> None:
    assert understand(text).exclusions == exclusions


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("My sister wants a vase but she can get that herself. I just want a candle.", "candle"),
        ("My old kettle died. I need one that is quieter.", "kettle"),
        ("Grandad can't find the remote. A phone with big buttons would be perfect.", "phone"),
        ("lunch ideas | never mind the sandwich, where is that lunch box from", "lunch box"),
        ("We're hosting Thanksgiving and need a tablecloth", "tablecloth"),
    ],
)
def test_the_thing_asked_for_is_told_from_the_things_of_the_story(text: str, product: str) -> None:
    assert understand(text).product_type == product


def test_currencies_are_read_in_their_short_forms() -> None:
    assert understand("boots, max 800 kr").budget == Budget(None, 800, "SEK", said=True)
    assert understand("lamp under 900 zł").budget == Budget(None, 900, "PLN", said=True)
    assert understand("ranking bottles from 1 to 10 | need a bottle").budget is None


def test_makers_are_wanted_unless_the_thing_is_only_likened_to_theirs() -> None:
    assert understand("helmet from Uvex or Abus").brands == ("Uvex", "Abus")
    assert understand("Stanley dupe, any tumbler").brands == ()
