"""The exam on parsed slots, written and annotated by hand before this parser was seen."""

from __future__ import annotations

from companion.shop.understanding import Wish, understand
from tests.companion.shop.slot_scoring import Parsed, questions, score

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


def test_slots_are_parsed_as_a_careful_person_would() -> None:
    count = score(parsed, questions())
    assert count.f1() >= 0.95, "\n".join(count.mistakes)
