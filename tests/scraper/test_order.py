"""What somebody wants collected becomes a command line that cannot be read as anything else."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper import order, slots, words
from scraper.order import BadOrderError, Order, order_of

VIDEO = "https://www.tiktok.com/@brightbuys/video/7300000000000000001"


@pytest.mark.parametrize(
    ("kind", "text", "targets"),
    [
        ("tag", "#Unboxing, amazonfinds;unboxing", ("unboxing", "amazonfinds")),
        ("tag", "ラッピング #покупки", ("ラッピング", "покупки")),
        ("creator", "@Bright.Buys\n@two_2", ("bright.buys", "two_2")),
        (
            "video",
            f"{VIDEO} 7300000000000000002 https://vm.tiktok.com/ZMabc/",
            (VIDEO, "7300000000000000002", "https://vm.tiktok.com/ZMabc/"),
        ),
        ("refresh", "whatever", ()),
    ],
)
def test_targets_are_read_as_people_write_them(kind: str, text: str, targets: tuple[str, ...]) -> None:
    assert order_of(kind, text).targets == targets


def test_the_command_line_is_whole_and_the_words_for_people_are_short() -> None:
    made = Order("tag", ("unboxing",), headless=True, videos=9)
    assert made.arguments() == ["scrape", "tag", "--headless", "--videos", "9", "--", "unboxing"]
    assert str(made) == "buysignal scrape tag unboxing"
    assert Order("refresh").arguments() == ["scrape", "refresh"]
    assert made.with_videos("") == made
    assert made.with_videos(" 12 ").videos == 12
    assert Order("video", ("7300000000000000001",)).with_videos("12").videos is None


@given(st.sampled_from(["tag", "creator", "video", "refresh", "other", ""]), st.text(max_size=200))
def test_nothing_but_names_and_addresses_gets_through(kind: str, text: str) -> None:
    try:
        made = order_of(kind, text)
    except BadOrderError:
        return
    arguments = made.arguments()
    assert [one for one in arguments[2:] if one.startswith("-")] in ([], ["--"])
    assert all(target and not target.startswith("-") and not target.isspace() for target in made.targets)


@pytest.mark.parametrize("module", [order, slots, words])
def test_the_examples_in_the_texts_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
