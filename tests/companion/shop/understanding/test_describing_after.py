"""Words after a name that only describe it, words before it that say nothing, and names that a story is not about."""

from __future__ import annotations

import pytest

from companion.shop.matching.asked_name import AskedName
from companion.shop.understanding import understand


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("mens leather wallet rfid safe", "wallet"),
        ("lunch box dishwasher safe", "box"),
        ("food safe paint", "paint"),
        ("a safe for jewellery", "safe"),
        ("cash safe", "safe"),
        ("small digital safe", "safe"),
    ],
)
def test_safe_describes_after_a_name_and_is_a_safe_elsewhere(text: str, head: str) -> None:
    assert understand(text).name[-1] == head


@pytest.mark.parametrize("word", ["right", "proper", "suitable", "correct", "good", "appropriate"])
def test_fitting_says_nothing_of_which_thing(word: str) -> None:
    assert AskedName(understand(f"{word} treadmill lubricant")).words == AskedName(understand("treadmill lubricant")).words


@pytest.mark.parametrize(
    "text",
    [
        "clothes in our cupboard smell musty, I need something to put in there that soaks up the damp",
        "the sofa is full of hair, looking for something that picks it up",
        "shoes stink after football and I want something to put inside them",
    ],
)
def test_what_a_story_begins_with_is_not_asked_for_where_something_is(text: str) -> None:
    wish = understand(text)
    assert wish.product_type.lower() not in {"clothes", "sofa", "shoes", "the sofa"}


def test_a_thing_named_first_stays_where_nothing_else_is_asked() -> None:
    assert understand("clothes for my son, something warm").product_type == "clothes"
