"""Exchange rates."""

from __future__ import annotations

import pytest

from companion.shop.currencies import DATED, Rates


def test_amounts_convert_there_and_back() -> None:
    rates = Rates()
    there = rates.convert(100, "EUR", "INR")
    assert there is not None
    assert rates.convert(there, "INR", "EUR") == pytest.approx(100)
    assert rates.convert(7, "XYZ", "XYZ") == 7


def test_a_currency_without_a_rate_converts_to_nothing() -> None:
    assert Rates().convert(5, "USD", "XYZ") is None


def test_own_rates_go_over_the_table_and_carry_their_day() -> None:
    own = Rates().with_own({"eur": 0.5}, "2026-01-02")
    assert own.convert(1, "USD", "EUR") == 0.5
    assert own.convert(1, "USD", "INR") == Rates().convert(1, "USD", "INR")
    assert (own.dated, Rates().dated) == ("2026-01-02", DATED)


@pytest.mark.parametrize(("own", "told"), [({"EURO": 1.0}, "EURO"), ({"EUR": 0.0}, "rate 0.0 of EUR"), ({"EUR": float("nan")}, "nan")])
def test_bad_rates_are_named(own: dict[str, float], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Rates().with_own(own, "2026-01-02")
