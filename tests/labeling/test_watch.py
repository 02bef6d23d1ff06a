"""Watching over quality: known answers, speed, change over time, and the pull of a shown suggestion."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.votes import Answer
from labeling.watch import anchoring, drift, floor_ms, gold_accuracy, references, speed

START = int(datetime(2026, 11, 3, 9, tzinfo=UTC).timestamp() * 1000)
MINUTE = 60_000


# -- known answers


def test_gold_accuracy_allows_one_grade_and_judges_the_side_apart() -> None:
    gold = {"a": 6, "b": 9, "c": 2, "d": 5}
    answers = [Answer("a", "Ana", 7), Answer("b", "Ana", 9), Answer("c", "Ana", 8), Answer("x", "Ana", 1), Answer("x", "Ben", 1)]
    found = gold_accuracy(answers, gold)
    ana = found["Ana"]
    assert (ana.within_one.value, ana.within_one.n) == (pytest.approx(2 / 3), 3)
    assert ana.same_side.value == pytest.approx(1 / 3)
    assert (ana.distance.value, ana.bias.value) == (pytest.approx(7 / 3), pytest.approx(7 / 3))
    assert ana.wrong == ("c",)
    assert ana.within_one.low < 2 / 3 < ana.within_one.high
    assert (found["Ben"].within_one.value, found["Ben"].bias.value) == (None, None)
    assert found["Ben"].distance.why == "This person has not answered any item with a known answer yet."


def test_only_the_last_answer_to_a_known_item_counts() -> None:
    answers = [Answer("a", "Ana", 1, at=5), Answer("a", "Ana", 6, at=1)]
    assert gold_accuracy(answers, {"a": 6})["Ana"].within_one.value == 0


# -- speed

LONG = "does anyone know whether this one also ships to Portugal before the end of next week, please?"


def test_pace_is_the_median_and_answers_an_hour_without_breaks() -> None:
    answers = [Answer(f"c{at}", "Ana", 3, spent_ms=ms) for at, ms in enumerate([2000, 3000, 4000, 3_600_000])]
    ana = speed(answers)["Ana"]
    assert ana.median_seconds == 3.5
    assert ana.an_hour == pytest.approx(4 / (9 + 120) * 3600)
    assert (ana.timed, ana.too_fast, ana.hurried) == (4, (), False)


def test_the_floor_grows_with_what_there_is_to_read() -> None:
    assert floor_ms("🔥🔥🔥🔥") == floor_ms("") == 350
    assert floor_ms("price?") == 350 + round(5 / 60 * 1000)
    assert 1400 < floor_ms(LONG) < 2000
    assert floor_ms("这个多少钱在哪里可以买到") == floor_ms("x" * 60) == 1350
    assert floor_ms(LONG * 5) == 2500


@given(text=st.text(), more=st.text())
def test_more_text_never_lowers_the_floor(text: str, more: str) -> None:
    assert 350 <= floor_ms(text) <= floor_ms(text + more) <= 2500


def test_an_answer_before_the_text_can_be_read_is_too_fast_and_says_why() -> None:
    answers = [Answer("short", "Ana", 3, spent_ms=600, text="price?"), Answer("long", "Ana", 3, at=9, spent_ms=600, text=LONG)]
    ana = speed(answers)["Ana"]
    [fast] = ana.too_fast
    assert (fast.item, fast.at, fast.spent_ms) == ("long", 9, 600)
    assert fast.why == "Answered after 0.6 s; reading 93 characters and pressing a key takes at least 1.9 s."
    assert ana.too_fast_share.value == 0.5
    assert not ana.hurried  # one slip of the finger is no habit


def test_many_too_fast_answers_are_a_habit() -> None:
    answers = [Answer(f"c{at}", "Ana", 1, spent_ms=200 if at % 4 else 2000, text=LONG) for at in range(40)]
    assert speed(answers)["Ana"].hurried


def test_untimed_skipped_and_clock_jump_answers_have_no_pace() -> None:
    answers = [
        Answer("a", "Ana", 3),
        Answer("b", "Ana", 3, spent_ms=-5000),
        Answer("c", "Ana", None, spent_ms=90, flags=frozenset({"skip"})),
    ]
    ana = speed(answers)["Ana"]
    assert (ana.timed, ana.median_seconds, ana.an_hour, ana.too_fast_share.value) == (0, None, None, None)
    assert ana.why == "No answer of this person was timed."
    assert speed([Answer("a", "Ana", 3, spent_ms=0)])["Ana"].why == "Every answer took no time at all, so no pace can be told."


# -- change over time


def worker(change_at: int, step: float, n: int = 200, seed: int = 0, gold: bool = False) -> tuple[list[Answer], dict[str, int]]:
    """Ana and Ben grade the same comments a minute apart; from `change_at` on Ana gives `step` grades more."""
    chance = np.random.default_rng(seed)
    truth = chance.integers(3, 8, n)
    answers = []
    for at, grade in enumerate(truth):
        for name in ("Ana", "Ben"):
            off = chance.normal(0, 0.8) + (step if name == "Ana" and at >= change_at else 0)
            answers.append(Answer(f"c{at}", name, int(np.clip(round(grade + off), 1, 10)), at=START + at * MINUTE))
    return answers, ({f"c{at}": int(grade) for at, grade in enumerate(truth)} if gold else {})


def test_a_step_in_somebodys_grades_is_found_with_its_time() -> None:
    answers, gold = worker(change_at=120, step=1.6)
    change = drift(answers, gold)["Ana"].bias
    assert change is not None
    assert abs(change.place - 120) <= 8
    assert change.after - change.before == pytest.approx(1.6, abs=0.4)
    assert change.p <= 0.01
    when = datetime.fromtimestamp(change.at / 1000, UTC)
    assert change.at == START + change.place * MINUTE
    assert change.says.startswith(f"From {when:%Y-%m-%d %H:%M} UTC on (after {change.place} compared answers) grades moved by +1.")


def test_against_known_answers_only_the_one_who_changed_is_named_and_accuracy_falls() -> None:
    found = drift(*worker(change_at=100, step=2.5, gold=True))
    assert found["Ben"].bias is None
    assert found["Ana"].bias is not None
    assert found["Ana"].accuracy is not None
    assert found["Ana"].accuracy.before > 0.8
    assert found["Ana"].accuracy.after < 0.4
    assert "right answers to known items went from" in found["Ana"].accuracy.says


def test_steady_people_are_hardly_ever_accused() -> None:
    accused = [found.bias for seed in range(40) for found in drift(*worker(0, 0, n=120, seed=seed, gold=True)).values()]
    assert sum(change is not None for change in accused) <= 3


def test_rolling_means_follow_the_last_fifty_answers() -> None:
    answers, gold = worker(change_at=100, step=3, gold=True)
    ana = drift(answers, gold)["Ana"]
    assert len(ana.points) == 200 - 9
    assert (ana.points[0].n, ana.points[-1].n) == (10, 50)
    last = [x for x in answers if x.annotator == "Ana"][-50:]
    assert ana.points[-1].bias == pytest.approx(np.mean([x.grade - gold[x.item] for x in last]))
    assert ana.points[-1].right == pytest.approx(np.mean([abs(x.grade - gold[x.item]) <= 1 for x in last]))
    assert ana.points[-1].at == last[-1].at


def test_without_known_items_there_is_no_accuracy_and_with_few_answers_no_change() -> None:
    answers, _ = worker(change_at=100, step=3, n=20)
    ana = drift(answers, {})["Ana"]
    assert {point.right for point in ana.points} == {None}
    assert (ana.bias, ana.accuracy) == (None, None)
    assert ana.why == "20 answers can be compared with a known grade or with other people's; it takes 30 to see a change."
    assert drift([Answer("a", "Ana", 3)], {})["Ana"].points == ()
    assert drift([], {}) == {}


def test_somebody_who_never_varies_has_not_changed() -> None:
    answers = [Answer(f"c{at}", "Ana", 5, at=at) for at in range(60)]
    found = drift(answers, {f"c{at}": 5 for at in range(60)})["Ana"]
    assert (found.bias, found.accuracy, found.why) == (None, None, "")


def test_a_known_answer_goes_before_what_others_say() -> None:
    answers = [Answer("a", "Ana", 3), Answer("a", "Ben", 5), Answer("a", "Cem", 9), Answer("b", "Ana", 1), Answer("b", "Ben", 4)]
    against = references(answers, {"b": 2})
    assert against == {("a", "Ana"): 7, ("a", "Ben"): 6, ("a", "Cem"): 4, ("b", "Ana"): 2, ("b", "Ben"): 2}


# -- the pull of a suggestion


def assisted(shown_near: int, shown: int, blind_near: int, blind: int) -> list[Answer]:
    grades = [("s", at, at < shown_near, True) for at in range(shown)] + [("b", at, at < blind_near, False) for at in range(blind)]
    return [Answer(f"{kind}{at}", "Ana", 8 if near else 2, suggested=8.2, suggestion_shown=seen) for kind, at, near, seen in grades]


def test_the_effect_is_the_difference_in_agreement_with_newcombes_range() -> None:
    found = anchoring(assisted(56, 70, 48, 80))  # the first example of Newcombe (1998), table II, method 10
    assert found.within_one.value == pytest.approx(0.2)
    assert (found.within_one.low, found.within_one.high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))
    assert found.same_side == found.within_one
    assert found.says == (
        "People agree with the model 20 points more often when they see it (between +5 and +33 points; "
        "70 answers with it in sight, 80 without)."
    )


def test_a_difference_that_may_be_chance_says_so() -> None:
    assert anchoring(assisted(6, 10, 5, 10)).says.endswith("; this may be chance).")
    assert anchoring(assisted(5, 10, 5, 10)).says.startswith("People agree with the model just as often when they see it")


def test_without_shown_or_without_blind_answers_there_is_no_effect() -> None:
    assert anchoring([]).within_one.value is None
    assert anchoring(assisted(0, 0, 3, 5)).says == "No answer was given with the suggestion in sight."
    assert anchoring(assisted(3, 5, 0, 0)).says.startswith("No answer was given without sight of the suggestion")


@given(shown=st.integers(1, 40), blind=st.integers(1, 40), data=st.data())
def test_the_range_of_the_effect_holds_it(shown: int, blind: int, data: st.DataObject) -> None:
    effect = anchoring(assisted(data.draw(st.integers(0, shown)), shown, data.draw(st.integers(0, blind)), blind)).within_one
    assert -1 <= effect.low <= effect.value <= effect.high <= 1
