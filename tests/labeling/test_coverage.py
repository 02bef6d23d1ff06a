"""The coverage board and what to collect next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.coverage import VISIT, Goal, Line, Tally, board, collect_next, usual_goals

PRICE_ES = Goal(100, lang="es", signal="price")
SCENE = [
    Tally("moda", "es", "", "price", labelled=20, waiting=10),
    Tally("moda", "es", "", "praise", labelled=70, waiting=0),
    Tally("fyp", "es", "", "price", labelled=1, waiting=0),
    Tally("fyp", "es", "", "none", labelled=99, waiting=400),
    Tally("gym", "en", "whey", "price", labelled=50, waiting=50),
]


def test_the_board_counts_labels_and_what_waits_for_every_goal() -> None:
    goals = [PRICE_ES, Goal(10, product="whey"), Goal(5, hashtag="fyp", lang="en")]

    assert board(SCENE, goals) == [Line(goals[0], 21, 10), Line(goals[1], 50, 50), Line(goals[2], 0, 0)]
    assert [(line.missing, line.to_collect) for line in board(SCENE, goals)] == [(79, 69), (0, 0), (5, 5)]


def test_the_hashtag_with_most_such_comments_comes_first_with_its_reason() -> None:
    first, *others = collect_next(SCENE, [PRICE_ES])

    assert first.hashtag == "moda"
    assert first.reason == "69 more comments in Spanish whose writer asks the price are wanted; about 25 of 100 comments here are such"
    assert first.brings == pytest.approx(VISIT * 30 / 120)
    assert [one.hashtag for one in others] == ["fyp"]


def test_what_only_waits_to_be_labelled_need_not_be_collected() -> None:
    assert collect_next(SCENE, [Goal(80, product="whey", signal="price")]) == []


def test_a_few_lucky_comments_do_not_make_a_hashtag_the_best() -> None:
    scene = [*SCENE, Tally("new", "es", "", "price", labelled=2)]

    assert collect_next(scene, [PRICE_ES])[0].hashtag == "moda"


def test_a_goal_that_the_first_hashtag_meets_does_not_call_for_a_second() -> None:
    scene = [Tally("a", "es", "", "want", 10, 90), Tally("b", "es", "", "want", 8, 92), Tally("c", "th", "", "price", 10, 10)]
    goals = [Goal(300, lang="es", signal="want"), Goal(60, lang="th", signal="price")]

    assert [one.hashtag for one in collect_next(scene, goals)] == ["c", "a"]


def test_what_was_never_seen_is_said_so() -> None:
    found = collect_next(SCENE, [Goal(30, lang="th", signal="bought"), Goal(10, hashtag="yoga")])

    unseen = " are wanted and none has been collected so far"
    assert [(one.hashtag, one.reason) for one in found] == [
        ("", f"30 comments in Thai whose writer has bought it{unseen}; try a hashtag where they are likely"),
        ("yoga", f"10 comments under #yoga{unseen}; collect this hashtag"),
    ]


def test_a_goal_of_one_hashtag_is_met_by_that_hashtag_only() -> None:
    assert [one.hashtag for one in collect_next(SCENE, [Goal(500, hashtag="gym", signal="price")])] == ["gym"]


def test_usual_goals_are_every_signal_in_every_language_that_is_spoken_enough() -> None:
    goals = usual_goals([*SCENE, Tally("x", "vi", "", "none", 1, 1)], wanted=7)

    assert [goal.lang for goal in goals[::8]] == ["es", "en"]
    assert len({goal.signal for goal in goals}) == 8
    assert {goal.wanted for goal in goals} == {7}
    assert usual_goals([]) == []


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (Goal(1), "comments"),
        (Goal(1, lang="un"), "comments without words"),
        (
            Goal(1, lang="xx", signal="odd", product="Glow serum", hashtag="skin"),
            "comments in xx whose writer odd about “Glow serum” under #skin",
        ),
    ],
)
def test_goals_are_said_in_plain_words(goal: Goal, said: str) -> None:
    assert str(goal) == said


def test_a_goal_of_nothing_is_named() -> None:
    with pytest.raises(ValueError, match="0 labels wanted of comments in Spanish is no goal"):
        Goal(0, lang="es")


names = st.sampled_from(["", "a", "b", "#"])


@given(
    st.lists(st.builds(Tally, names, names, names, names, st.integers(0, 50), st.integers(0, 50)), max_size=15),
    st.lists(st.builds(Goal, st.integers(1, 90), *[st.none() | names] * 4), max_size=6),
    st.integers(-1, 12),
)
def test_suggestions_are_few_distinct_and_ordered(tallies: list[Tally], goals: list[Goal], most: int) -> None:
    found = collect_next(tallies, goals, most)

    assert len(found) <= max(0, most)
    helping = [one for one in found if one.brings > 0]
    assert len({one.hashtag for one in helping}) == len(helping)
    assert found[: len(helping)] == helping
    assert (found == []) or any(line.to_collect for line in board(tallies, goals))
    assert collect_next(tallies[::-1], goals, most) == found
