"""Counts are read as people and pages write them, or refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.quality.counts import MOST, parse_count


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.2M", 1_200_000),
        ("1,2 Mio.", 1_200_000),
        ("3,4 тыс.", 3_400),
        ("12 rb", 12_000),
        ("2.5万", 25_000),
        ("1,234.5K", 1_234_500),
        ("1,234", 1234),
        ("1.234.567", 1_234_567),
        ("1 234", 1234),
        ("1\u202f234", 1234),
        ("1'234", 1234),
        ("١٢٣", 123),
        ("865000.0", 865_000),
        ("0", 0),
        (7, 7),
        (7.0, 7),
    ],
)
def test_a_count_is_read_in_the_form_of_its_country(written, value):
    assert parse_count(written, "plays").value == value


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (None, "likes are not known"),
        (" ", "likes are not known"),
        (float("nan"), "likes are not known"),
        ("hidden", "likes are hidden"),
        ("—", "likes are hidden"),
        ("NaN", "likes are not known"),
        ("n/a", "likes are not known"),
        (-5, "likes -5 is below zero"),
        ("−5", "likes −5 is below zero"),
        ("1.5", "likes 1.5 is not a whole number"),
        ("many", 'likes "many" is not a number'),
        ("1.2.3M", 'likes "1.2.3M" is not a number'),
        ("3 apples", 'likes "3 apples" is not a number'),
        (True, 'likes "True" is not a number'),
        (float("inf"), "likes inf is too large to be a count"),
        ("9" * 30, f"likes {'9' * 30} is too large to be a count"),
    ],
)
def test_what_is_no_count_is_named(written, reason):
    found = parse_count(written, "likes")
    assert (found.value, found.reason) == (None, reason)


@pytest.mark.parametrize(
    ("written", "absent"), [("hidden", True), ("null", True), ("", True), ("-5", False), ("many", False), ("12", False)]
)
def test_a_number_that_is_not_there_is_no_wrong_number(written, absent):
    assert parse_count(written, "likes").absent is absent


@given(st.integers(0, MOST), st.sampled_from([",", ".", "\u00a0", "'"]))
def test_a_grouped_count_comes_back_whole(number, separator):
    assert parse_count(f"{number:,}".replace(",", separator), "plays").value == number


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.none(), st.lists(st.integers(), max_size=2)))
def test_anything_gives_a_count_or_a_reason(written):
    found = parse_count(written, "plays")
    assert (found.value is None) == bool(found.reason)
    assert found.value is None or 0 <= found.value <= MOST
