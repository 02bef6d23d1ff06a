"""Values of a table are read as people and programs write them, or refused with a way out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion import cell_values as cells
from companion.csv_cells import cell, text_of
from companion.store import clock


@pytest.mark.parametrize(
    "written",
    ["2026-01-31T18:30:00Z", "2026-01-31 18:30:00", "2026-01-31T19:30:00+01:00", 1769884200, "1769884200", 1769884200000, "1769884200.0"],
)
def test_a_moment_is_read_however_it_is_written(written):
    assert clock.iso(cells.moment(written)) == "2026-01-31T18:30:00.000Z"


@pytest.mark.parametrize("written", ["yesterday", "31/01/2026", 12, -5, "", True, None, 10**16, "0001-01-01"])
def test_what_is_no_moment_is_refused(written):
    with pytest.raises(ValueError, match="write a time such as"):
        cells.moment(written)


@given(st.datetimes(datetime(2005, 1, 1), datetime(2090, 1, 1)))
def test_every_iso_moment_comes_back(moment):
    ms = round(moment.replace(microsecond=0, tzinfo=UTC).timestamp()) * 1000
    assert cells.moment(clock.iso(ms)) == ms


@pytest.mark.parametrize(
    ("written", "count"), [(0, 0), ("1,234", 1234), (1091.0, 1091), ("1091.0", 1091), ("2.5M", 2_500_000), ("3k", 3000)]
)
def test_a_count_is_read_as_pages_and_spreadsheets_write_it(written, count):
    assert cells.count(written) == count


@pytest.mark.parametrize("written", [-1, 1.5, "many", "1,23", True, float("nan"), float("inf"), 10**20])
def test_what_is_no_count_is_refused(written):
    with pytest.raises(ValueError, match="must be a whole number from 0 on"):
        cells.count(written)


@pytest.mark.parametrize("written", ["Narnia", "QQ", "USSR", 49, True, "U", "en-US"])
def test_what_is_no_country_is_refused_with_a_way_out(written):
    with pytest.raises(ValueError, match=r"write the two letters of a country \(ISO 3166, such as US\), or leave it empty"):
        cells.region(written)


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_gives_its_text_back(text):
    guarded = cell(text)
    assert text_of(guarded) == text
    assert not guarded.lstrip(" ").startswith(("=", "+", "-", "@"))
