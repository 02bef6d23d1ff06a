"""The region of a video is a country of the standard, or not known; nothing else is ever read as one."""

from __future__ import annotations

import re
from importlib import resources
from zoneinfo import TZPATH

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion import cell_values
from companion.regions import NAMES, region_named, region_of, region_words

CODES = st.sampled_from(sorted(NAMES))
CASES = st.sampled_from([str.upper, str.lower, str.title, str.swapcase])
SPACES = st.text(" \t\n", max_size=3)


def standard() -> set[str]:
    """The codes of ISO 3166 as the time zone database carries them; empty where there is none."""
    try:
        text = resources.files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        from pathlib import Path

        found = [path for folder in TZPATH if (path := Path(folder, "iso3166.tab")).is_file()]
        text = found[0].read_text(encoding="utf-8") if found else ""
    return {line[:2] for line in text.splitlines() if not line.startswith("#")}


def test_the_table_is_the_standard_and_kosovo() -> None:
    codes = standard()
    if not codes:
        pytest.skip("no time zone database here")
    assert set(NAMES) - codes == {"XK"}
    assert codes - set(NAMES) == set()


def test_every_country_has_a_name_of_its_own() -> None:
    assert len(set(NAMES.values())) == len(NAMES)
    assert all(re.fullmatch("[A-Z]{2}", code) and name == name.strip() != "" for code, name in NAMES.items())


@given(CODES, CASES, SPACES, SPACES)
def test_a_code_is_read_in_any_case_and_with_spaces_around(code: str, case: type[str.upper], before: str, behind: str) -> None:
    written = before + case(code) + behind
    assert region_of(written) == region_named(written) == cell_values.region(written) == code


@given(CODES, CASES)
def test_an_english_name_is_read_in_any_case_and_leads_back_to_its_code(code: str, case: type[str.upper]) -> None:
    assert region_named(case(region_words(code))) == code


@given(st.text(max_size=4) | st.text("abcUSßſıİＵＳ \0", max_size=4) | st.none() | st.booleans() | st.integers() | st.lists(st.text()))
def test_whatever_is_written_comes_out_as_a_country_or_not_at_all(value: object) -> None:
    strict, named = region_of(value), region_named(value)
    assert {strict, named} <= {*NAMES, None}
    if strict is not None:
        assert isinstance(value, str)
        assert value.strip().upper() == strict == named
        assert value.strip().isascii()
    if named is not None:
        assert region_named(named) == named


def test_shorter_names_in_common_use_are_known() -> None:
    assert [region_named(name) for name in ("UK", "USA", "UAE", "Türkiye", "Great  Britain")] == ["GB", "US", "AE", "TR", "GB"]
