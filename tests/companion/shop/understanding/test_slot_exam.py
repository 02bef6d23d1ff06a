"""The exams on parsed slots, written and annotated by hand by people who had not seen this parser.

At first read the parser had 0.914 of the first, 0.885 of the second, 0.849 of the third and 0.876 of the fourth. These have been looked at
since, and the parser mended with them in view: their floors guard what was mended and tell nothing of other queries. The fifth has only
been counted: what its mistakes are nobody knows, so they are not printed.
"""

from __future__ import annotations

import pytest

from companion.shop.understanding import Wish, understand
from tests.companion.shop.slot_scoring import EXAM, Parsed, questions, score

NO_UPPER_AGE = 120


def parsed(text: str) -> Parsed:
    wish = understand(text)
    return Parsed(
        product_type=wish.product_type or None,
        gender=wish.gender or None,
        age=(wish.age.low, None if wish.age.high >= NO_UPPER_AGE else wish.age.high) if wish.age else None,
        age_band=wish.age_band or None,
        budget=_budget(wish),
        colours=wish.colours,
        sizes=wish.sizes,
        brands=wish.brands,
        interests=(*wish.franchises, *wish.interests),
        occasions=wish.occasions,
        exclusions=wish.exclusions,
    )


def _budget(wish: Wish) -> tuple[float | None, float | None, str | None] | None:
    if wish.budget is None:
        return None
    return wish.budget.low, wish.budget.high, wish.budget.currency if wish.budget.said else None


@pytest.mark.parametrize(
    ("exam", "least"),
    [
        ("shop_slots.jsonl", 0.975),
        ("shop_slots_second.jsonl", 0.985),
        ("shop_slots_third.jsonl", 0.98),
        ("shop_slots_fourth.jsonl", 0.98),
        ("shop_slots_fifth.jsonl", 0.915),
    ],
)
def test_slots_are_parsed_as_a_careful_person_would(exam: str, least: float) -> None:
    count = score(parsed, questions(EXAM.with_name(exam)))
    assert count.f1() >= least, "" if "fifth" in exam else "\n".join(count.mistakes)
