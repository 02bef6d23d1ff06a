"""Any text gives a wish, in time that grows with its length alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.shop.understanding import explained, understand

PIECES = (
    "not ",
    "no ",
    "under ",
    "10-year-old ",
    "$",
    "1,000",
    "| ",
    "#tag",
    "Ben 10 ",
    "sin ",
    "between ",
    " and ",
    "für ",
    "😀",
    "'",
    "who loves ",
    "-",
    "k ",
    "size ",
    "\n",
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_no_text_raises(text: str) -> None:
    wish = understand(text)
    assert wish.text == text
    assert all(0 < weight <= 1 for weight in wish.terms.values())
    assert all(words for words in explained(wish).values())
    if wish.budget and wish.budget.low is not None and wish.budget.high is not None:
        assert wish.budget.low <= wish.budget.high
    if wish.age:
        assert 0 <= wish.age.low <= wish.age.high


@pytest.mark.parametrize(
    "text",
    [
        "shoes " * 1000,
        "1" * 5000,
        "1,000," * 900,
        "not " * 1300,
        "a" * 5000,
        "'; DROP TABLE products; --",
        "\u202eevil\u202c \ud83d lone",
        "अपने बेटे के लिए जूते, 500 से कम",
        "حذاء لابني عمره ١٠ سنوات",
        "息子のための靴 10歳",
        "👩‍👩‍👧‍👦" * 800,
        "e\u0301\u0301\u0301" * 1500,
        "\x00\x01\x02",
    ],
)
def test_hostile_texts_are_read_at_once(text: str) -> None:
    understand("warm up")
    start = time.process_time()
    understand(text)
    assert time.process_time() - start < 0.5
