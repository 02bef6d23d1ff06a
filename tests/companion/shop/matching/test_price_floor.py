"""Limits far below what a thing costs."""

from __future__ import annotations

import math

import pytest

from companion.shop.matching.price_floor import may_be_out_of_reach, usual_floor

FRIDGES = [14000.0, 16500.0, 17200.0, 21000.0, 24000.0, 28000.0, 33000.0, 64000.0]


def test_only_parts_within_the_limit_are_known_by_their_number_and_prices() -> None:
    floor = usual_floor([*FRIDGES, 890.0, 740.0, math.nan], 3000)
    assert floor is not None
    assert sorted(FRIDGES)[1] <= floor <= sorted(FRIDGES)[2]


def test_many_accessories_are_known_by_the_gap_above_them() -> None:
    assert usual_floor([71000, 95000, 144000, 299, 626, 724, 799, 1214], 2000) is not None


@pytest.mark.parametrize(
    ("prices", "limit"),
    [
        (FRIDGES, 15000.0),
        ([199, 249, 399, 449, 799, 1099, 5499, 12000], 400.0),
        ([900, 1000, 1100], 300.0),
        ([5000, 9000], 100.0),
        ([], 100.0),
        ([math.nan], 100.0),
    ],
)
def test_a_low_limit_is_not_out_of_reach(prices: list[float], limit: float) -> None:
    assert usual_floor(prices, limit) is None


def test_the_quick_look_never_says_no_where_the_limit_is_out_of_reach() -> None:
    assert may_be_out_of_reach([*FRIDGES, 890.0, math.nan], 3000)
    assert not may_be_out_of_reach(FRIDGES, 15000)
