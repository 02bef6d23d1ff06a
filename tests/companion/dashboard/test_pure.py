"""The rules behind the pages, without a server."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest  # type: ignore[import-untyped]

from companion.csv_cells import lines
from companion.dashboard import navigation, words
from companion.dashboard.marked_words import pieces_of
from companion.dashboard.model_card import read_card
from companion.dashboard.models import _MARKDOWN
from companion.dashboard.promotion import promotion_of
from companion.intent import SIGNALS
from companion.intent.explain import WordEffect
from companion.intent.prediction import HIGH_GRADE
from companion.quality.asks import ASKING, ranked, topic_of
from companion.quality.shares import wilson


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy(pair: tuple[int, int]) -> None:
    hits, n = pair
    share = wilson(hits, n)
    reference = binomtest(hits, n).proportion_ci(0.95, method="wilson")
    assert share is not None
    assert share.low == pytest.approx(reference.low, abs=1e-6)
    assert share.high == pytest.approx(reference.high, abs=1e-6)
    assert share.low <= share.value <= share.high


def test_no_comments_give_no_share() -> None:
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="hits 3"):
        wilson(3, 2)


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=5))
def test_no_cell_of_an_export_begins_a_formula(rows: list[list[str]]) -> None:
    text = "".join(lines(("a", "b", "c"), rows)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert len(read) == len(rows) + 1
    for row, cells in zip(rows, read[1:], strict=True):
        for value, cell in zip(row, cells, strict=True):
            assert cell in (value, f"'{value}")
            assert not cell.lstrip(" \u00a0\u200b\ufeff").startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(min_size=1, max_size=60), st.lists(st.integers(0, 60), max_size=8, unique=True))
def test_marked_pieces_are_the_text_again(text: str, cuts: list[int]) -> None:
    edges = sorted(c for c in cuts if c <= len(text))
    spans = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    effects = [WordEffect(text[a:b], a, b, 0.7 if i % 2 else -0.1) for i, (a, b) in enumerate(spans)]
    assert "".join(piece.text for piece in pieces_of(text, reversed(effects))) == text


@pytest.mark.parametrize(
    ("caption", "hashtags", "expected"),
    [
        ("my lamp #ad", (), "paid"),
        ("my lamp", ("Sponsored",), "paid"),
        ("Paid partnership with Lumen", (), "paid"),
        ("ad for the bag, opinions mine", (), "paid"),
        ("not sponsored, just love it", (), "unknown"),
        ("what an adventure #adventure", ("roadtrip",), "unknown"),
        ("", (), "unknown"),
    ],
)
def test_a_video_counts_as_paid_only_if_it_says_so(caption: str, hashtags: tuple[str, ...], expected: str) -> None:
    assert promotion_of(caption, hashtags) == expected


@pytest.mark.parametrize(
    ("signal", "text", "expected"),
    [
        ("question", "does it fit under the seat?", "size and fit"),
        ("question", "is this ok for sensitive skin", "skin and ingredients"),
        ("question", "¿funciona?", "other questions"),
        ("availability", "link please", "the link"),
        ("availability", "they don't ship to Australia", "delivery to their place"),
        ("price", "how much", "the price"),
        ("objection", "40 quid for a lamp is wild", "too expensive"),
        ("objection", "broke me out so badly", "bad reaction"),
        ("objection", "mine broke in a week", "it broke or stopped"),
    ],
)
def test_topics(signal: str, text: str, expected: str) -> None:
    assert topic_of(signal, text) == expected


def test_asks_are_ranked_by_number_and_quote_the_most_liked() -> None:
    said = [("price", "price?", 1), ("price", "how much", 9), ("price", "cost?", 3), ("availability", "link", 0), ("praise", "cute", 99)]
    first, second = ranked(said, ASKING)
    assert (first.words, first.count, first.examples) == ("the price", 3, ("how much", "cost?"))
    assert (second.words, second.count) == ("the link", 1)


def test_every_signal_has_words() -> None:
    assert set(words.SIGNALS) == set(SIGNALS)


def test_bands_follow_the_guide() -> None:
    assert [words.band_of_label(grade) for grade in range(1, 11)] == ["low"] * 4 + ["some"] * 2 + ["high"] * 4
    assert words.band_of_label(HIGH_GRADE) == "high"
    assert (words.band_of(0.5, 6), words.band_of(0.49, 7), words.band_of(0.49, 4)) == ("high", "some", "low")


def test_every_navigation_entry_has_a_place_and_an_icon() -> None:
    icons = (Path(navigation.__file__).parent / "templates" / "parts" / "icons.html").read_text(encoding="utf-8")
    for name in navigation.ORDER:
        assert f'"{name}":' in icons
    assert {entry.id for entry in navigation.OWN} <= set(navigation.ORDER)


def test_a_card_is_read_whatever_it_lacks(tmp_path: Path) -> None:
    card = tmp_path / "card.json"
    assert read_card(card) is None
    card.write_text("[]")
    assert read_card(card) is None
    card.write_text("{}")
    empty = read_card(card)
    assert empty is not None
    assert empty.measured == []
    metrics = {"n": 10, "f1_high": 0.7, "roc_auc": None, "mae": 1.25, "coverage": 0.9, "unsure": 0.1}
    card.write_text(json.dumps({"data": {"lines": 3, "languages": {"en": 3}}, "held_out": metrics, "sources": {"youtube": metrics}}))
    read = read_card(card)
    assert read is not None
    assert (read.lines, read.languages) == (3, [("English", 3)])
    assert [(m.name[:7], m.n, m.f1, m.auc) for m in read.measured] == [("comment", 10, 0.7, None), ("youtube", 10, 0.7, None)]


def test_a_card_cannot_bring_scripts_or_pictures() -> None:
    page = _MARKDOWN.render("<script>x</script> [a](javascript:alert(1)) ![p](http://evil.example/p.png)\n\n<b onclick=x>")
    assert "<script" not in page
    assert "<b " not in page
    assert 'href="javascript' not in page
    assert "<img" not in page
