"""The adjudication queue: what comes into it, why, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from labeling.conflicts import Conflict, conflicts, model_uncertainty
from labeling.votes import Answer


def said(item: str, *grades: int | None, flags: Iterable[Iterable[str]] = ()) -> list[Answer]:
    marks = [frozenset(x) for x in flags] or [frozenset[str]()] * len(grades)
    return [Answer(item, f"p{who}", grade, at=who, flags=mark) for who, (grade, mark) in enumerate(zip(grades, marks, strict=True))]


def why(found: Iterable[Conflict]) -> dict[str, tuple[str, ...]]:
    return {conflict.item: conflict.reasons for conflict in found}


def test_far_apart_or_on_both_sides_of_seven_is_a_conflict_and_near_is_not() -> None:
    answers = [*said("near", 4, 6), *said("far", 1, 4), *said("edge", 6, 7), *said("both", 3, 9), *said("three", 2, 3, 5), *said("one", 9)]
    assert why(conflicts(answers, {})) == {
        "both": ("grades far apart", "high against low"),
        "three": ("grades far apart",),
        "far": ("grades far apart",),
        "edge": ("high against low",),
    }


def test_flags_about_the_comment_conflict_and_flags_about_the_person_do_not() -> None:
    answers = [
        *said("spam", None, 5, flags=[["spam"], []]),
        *said("creator", 2, 2, flags=[["creator"], ["unsure"]]),
        *said("unsure", 5, 5, flags=[["unsure"], []]),
        *said("agreed", None, None, flags=[["spam"], ["spam", "unsure"]]),
        *said("skipped", 2, None, flags=[[], ["skip"]]),
    ]
    found = conflicts(answers, {})
    assert why(found) == {"creator": ("flags differ",), "spam": ("flags differ",)}
    assert {conflict.item: conflict.flags for conflict in found} == {"creator": {"creator"}, "spam": {"spam"}}


def test_the_queue_goes_by_distance_times_what_the_model_does_not_know() -> None:
    answers = [*said("wide but clear", 1, 9), *said("edge and unclear", 4, 7), *said("unknown to the model", 6, 8), *said("sure", 5, 8)]
    uncertainty = {"wide but clear": 0.1, "edge and unclear": 0.9, "sure": 0.0}
    found = conflicts(answers, uncertainty)
    assert [(x.item, round(x.priority, 2)) for x in found] == [
        ("edge and unclear", 2.7),
        ("unknown to the model", 2.0),
        ("wide but clear", 0.8),
        ("sure", 0.15),
    ]


def test_settled_items_and_overwritten_answers_are_gone() -> None:
    answers = [*said("settled", 1, 9), *said("mended", 1, 9), Answer("mended", "p0", 8, at=50)]
    assert conflicts(answers, {}, settled={"settled"}) == []


@given(
    answers=st.lists(
        st.builds(
            Answer,
            item=st.sampled_from("abc"),
            annotator=st.sampled_from("xyz"),
            grade=st.one_of(st.none(), st.integers(1, 10)),
            at=st.integers(0, 5),
            flags=st.frozensets(st.sampled_from(["spam", "creator", "unsure", "skip"])),
        )
    )
)
def test_every_conflict_has_a_reason_two_answers_and_its_place(answers: list[Answer]) -> None:
    found = conflicts(answers, {"a": 0.3})
    assert all(x.reasons and len(x.answers) >= 2 and x.distance > 0 for x in found)
    assert [x.priority for x in found] == sorted((x.priority for x in found), reverse=True)


def test_a_model_knows_least_where_high_and_low_are_even_and_its_interval_is_wide() -> None:
    assert model_uncertainty(0.5, (1, 10)) == 1
    assert model_uncertainty(0, (2, 2)) == 0
    assert model_uncertainty(0.9, (7, 10)) < model_uncertainty(0.6, (5, 9))
