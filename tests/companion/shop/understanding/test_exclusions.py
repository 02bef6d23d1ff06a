"""What is not wanted."""

from __future__ import annotations

import pytest

from companion.shop.understanding import understand


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("wallet, not leather", ("leather",)),
        ("bag not black or white for work", ("black", "white")),
        ("cookies without sugar and gluten", ("sugar", "gluten")),
        ("mug, anything but pink", ("pink",)),
        ("bowl, no plastic, no metal", ("plastic", "metal")),
        ("sugar-free cookies", ("sugar",)),
        ("he hates wool, a scarf for him", ("wool",)),
        ("snacks for a friend allergic to nuts and dairy", ("nuts", "dairy")),
        ("tea for someone who cannot have caffeine", ("caffeine",)),
        ("non leather shoes", ("leather",)),
        ("unscented candle", ("scented",)),
        ("lamp that isn't white", ("white",)),
        ("zapatos sin cuero", ("leather",)),
        ("tas tanpa kulit", ("leather",)),
        ("zuckerfreie Kekse", ("sugar",)),
        ("crème sans parfum", ("parfum",)),
        ("borsa non nera", ("black",)),
    ],
)
def test_what_is_excluded(text: str, things: tuple[str, ...]) -> None:
    assert understand(text).exclusions == things


@pytest.mark.parametrize(
    "text",
    [
        "non stick pan",
        "no show socks",
        "not sure which lamp",
        "lamp, not too expensive",
        "lamp for not more than 50",
        "no need to be fancy",
        "hands free headset",
    ],
)
def test_what_only_looks_like_an_exclusion(text: str) -> None:
    assert understand(text).exclusions == ()


def test_an_unwanted_colour_is_not_a_wanted_one() -> None:
    wish = understand("blue mug, not red")
    assert (wish.colours, wish.exclusions) == (("blue",), ("red",))


@pytest.mark.parametrize(
    ("text", "things", "colours"),
    [
        ("watch, not smart, black", ("smart",), ("black",)),
        ("bag, no red, pink or orange", ("red", "pink", "orange"), ()),
        ("mug not made of glass, blue", ("glass",), ("blue",)),
    ],
)
def test_a_list_of_unwanted_things_ends_where_wishes_go_on(text: str, things: tuple[str, ...], colours: tuple[str, ...]) -> None:
    wish = understand(text)
    assert (wish.exclusions, wish.colours) == (things, colours)
