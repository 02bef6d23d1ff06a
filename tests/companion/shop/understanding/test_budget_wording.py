"""Limits said by denying what lies above them."""

from __future__ import annotations

import pytest

from companion.shop.understanding import understand


@pytest.mark.parametrize(
    "said",
    [
        f"{start} {over} {{}}"
        for start in (
            "if I don't want to go",
            "I'd rather not have to go",
            "we do not like going",
            "without having to go",
            "never",
            "I can't afford to pay anything",
            "she would prefer not to spend",
            "it shouldn't be",
            "I wouldn't be happy to pay",
            "nothing that costs",
        )
        for over in ("over", "above", "more than", "beyond", "past")
    ]
    + [
        "I do not wish to exceed {}",
        "without exceeding {}",
        "no way I'm paying over {}",
        "I hate going over {}",
        "{} is the most I want to pay",
        "{} would be my upper limit",
        "{} and not a penny more",
    ],
)
def test_what_is_not_to_be_gone_over_is_an_upper_limit(said: str) -> None:
    budget = understand(f"a desk lamp, {said.format('4000 rupees')}", "INR").budget
    assert budget is not None
    assert (budget.low, budget.high) == (None, 4000)


@pytest.mark.parametrize(
    "text",
    [
        "watch over 4000 rupees",
        "watch, not less than 4000 rupees",
        "watch, not under 4000 rupees",
        "no plastic, a watch above 4000 rupees",
        "not a toy, a watch of more than 4000 rupees",
        "I don't have a watch, looking at over 4000 rupees",
    ],
)
def test_a_denial_of_something_else_leaves_a_lower_limit(text: str) -> None:
    budget = understand(text, "INR").budget
    assert budget is not None
    assert (budget.low, budget.high) == (4000, None)
