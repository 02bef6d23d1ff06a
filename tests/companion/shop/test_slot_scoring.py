"""The scorer of the slot exam gives full marks to the annotation itself and takes them off for every kind of mistake."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from tests.companion.shop.slot_scoring import SETS, SLOTS, Parsed, Question, plain, questions, score


def _first(item: Any) -> str:
    return str(item[0] if isinstance(item, list) else item)


def _answer(question: Question) -> Parsed:
    """The annotation as a parser would say it."""
    slots = question.slots
    budget = slots.get("budget")
    kept = {slot: [_first(item) for item in slots.get(slot, [])] for slot in SETS}
    return Parsed(
        product_type=_first(slots["product_type"]) if "product_type" in slots else None,
        gender=slots.get("gender"),
        age=tuple(slots["age"][0]) if "age" in slots else None,
        age_band=slots.get("age_band"),
        budget=(budget.get("lo"), budget.get("hi", budget.get("about")), _first(budget.get("currency", [None]))) if budget else None,
        **kept,
    )


def test_the_exam_has_100_questions_in_three_styles_and_several_languages() -> None:
    asked = questions()
    assert len({one.id for one in asked}) == len({one.text for one in asked}) == 100
    assert Counter(one.style for one in asked) == {"keywords": 33, "sentence": 34, "circumstance": 33}
    assert Counter(one.lang for one in asked) == {"en": 76, "es": 6, "de": 6, "fr": 5, "pt": 4, "it": 3}


def test_every_slot_is_known_and_asked_for() -> None:
    known = {"product_type", "gender", "age", "age_band", "budget", *SETS}
    for one in questions():
        assert {*one.slots, *one.optional} <= known, one.id
    assert {slot for one in questions() for slot in one.slots} == known


def test_the_annotation_itself_scores_1() -> None:
    answers = {one.text: _answer(one) for one in questions()}
    count = score(answers.__getitem__, questions())
    assert count.mistakes == []
    assert count.f1() == 1.0


def test_saying_nothing_scores_0() -> None:
    count = score(lambda _: Parsed(), questions())
    assert count.f1() == 0.0
    assert all(count.missing[slot] for slot in SLOTS)
    assert not count.extra


QUESTION = Question(
    "q",
    "sentence",
    "en",
    "red shoes, 7 years, around $20, no fur",
    {
        "product_type": ["shoes"],
        "age": [[7, 7]],
        "budget": {"about": 20, "currency": ["USD"]},
        "colours": ["red"],
        "exclusions": [["fur", "pelt"]],
    },
    {"occasions": ["winter"]},
)
RIGHT = Parsed("red shoes", age=(7, 7), budget=(None, 25, "USD"), colours=["Red"], exclusions=["pelts"])


def test_other_words_for_the_same_are_right() -> None:
    count = score(lambda _: RIGHT, [QUESTION])
    assert (count.mistakes, sum(count.right.values())) == ([], 6)


@pytest.mark.parametrize(
    ("wrong", "slot"),
    [
        ({"product_type": "shoe rack"}, "product_type"),
        ({"gender": "male"}, "gender"),
        ({"age": (7, 8)}, "age"),
        ({"budget": (None, 31, "USD")}, "budget_hi"),
        ({"budget": (21, 25, "USD")}, "budget_lo"),
        ({"budget": (None, 25, "EUR")}, "currency"),
        ({"colours": ["blue"]}, "colours"),
        ({"sizes": ["7"]}, "sizes"),
        ({"occasions": ["winter", "birthday"]}, "occasions"),
        ({"exclusions": []}, "exclusions"),
    ],
)
def test_a_mistake_costs_and_is_named(wrong: dict[str, Any], slot: str) -> None:
    count = score(lambda _: replace(RIGHT, **wrong), [QUESTION])
    assert count.f1() < 1
    assert {line.split()[1] for line in count.mistakes} == {f"{slot}:"}


def test_optional_answers_cost_nothing_and_earn_nothing() -> None:
    said = score(lambda _: replace(RIGHT, occasions=["winter"], age_band="child"), [QUESTION])
    assert said.f1() == 1.0
    assert sum(said.right.values()) == 6


@pytest.mark.parametrize(
    ("text", "expected"), [("Mother’s Day", "mother day"), ("Pokémon", "pokemon"), ("dress", "dress"), ("Spider-Man", "spider man")]
)
def test_plain_form_of_a_word(text: str, expected: str) -> None:
    assert plain(text) == expected
