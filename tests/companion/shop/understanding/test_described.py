"""Things that are told of in place of being named."""

from __future__ import annotations

import pytest

from companion.shop.understanding.described import described
from companion.shop.understanding.word_files import cell, names_in, rows_of


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("my sister needs something that weighs her suitcase before the airport", "luggage scale"),
        ("the baby crawls to the stairs, how do I stop a fall", "stair gate"),
        ("mum's memory goes, a box for her pills with the days on it", "pill box"),
        ("I want to see the stars and planets from the balcony", "telescope"),
        ("is there a headset for virtual reality", "vr headset"),
        ("a saddle for my daughter's pony", "horse saddle"),
        ("electric pump that runs off the car socket for when my tyres go soft", "tyre inflator"),
        ("something for the cupboard that soaks up the damp", "moisture absorber"),
    ],
)
def test_a_thing_is_known_by_what_is_told_of_it(query: str, name: str) -> None:
    assert described(query)[0] == name


@pytest.mark.parametrize(
    "query",
    [
        "headset for calls",
        "saddle bag for my bicycle",
        "he builds model trains in the shed",
        "a red espresso cup",
        "blanket for the sofa",
        "table tennis bat",
        "pump for a football",
        "",
        "🔥",
    ],
)
def test_ordinary_queries_tell_of_nothing_else(query: str) -> None:
    assert described(query) == ()


def test_no_single_word_tells_of_a_thing() -> None:
    for row in rows_of("described"):
        assert list(names_in(row[0])), row
        assert all("+" in way for way in names_in(cell(row, 1))), row
