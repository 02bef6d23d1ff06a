"""What a training step is shown, and how a teacher's answers are mixed in."""

import numpy as np
import pytest

from companion.intent import SIGNALS, Context
from companion.training.lessons import WIDTHS, Answers, lessons_of, pair_of, taught
from tests.companion.training.scenes import example, handful


def filled(n, share):
    """Answers in which everything was said with the same probability."""
    return Answers(**{name: np.full((n, width), share, np.float32) for name, width in WIDTHS.items()})


def same(one, other):
    """Whether all heads are told the same."""
    return all(np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True) for name in WIDTHS)


def test_a_pair_is_what_the_model_reads_when_it_serves():
    assert pair_of(example("NEEEEED 😭", context=Context(product="mug"))) == ("NEEED loudly crying face", "mug")


def test_a_lesson_says_what_the_person_said():
    lessons = lessons_of([example(grade=3, signal="price", sentiment="negative", emotion="joy", toxic=False, spam=True, weight=3.0)])
    assert lessons.answers.ordinal.tolist() == [[1, 1, 0, 0, 0, 0, 0, 0, 0]]
    assert lessons.answers.signal.tolist() == [[float(name == "price") for name in SIGNALS]]
    assert lessons.answers.sentiment.tolist() == [[1, 0, 0]]
    assert lessons.answers.emotion.tolist() == [[0, 1, 0, 0, 0]]
    assert lessons.answers.flags.tolist() == [[0, 1]]
    assert lessons.weight.tolist() == [3]


def test_what_nobody_said_is_silence_and_no_guess():
    answers = lessons_of([example(signal=None, sentiment=None)]).answers
    assert not answers.signal.any()
    assert not answers.sentiment.any()
    assert not answers.emotion.any()
    assert np.isnan(answers.flags).all()


def test_every_head_has_its_width():
    answers = lessons_of(handful(5)).answers
    assert {name: getattr(answers, name).shape for name in WIDTHS} == {name: (5, width) for name, width in WIDTHS.items()}
    assert {getattr(answers, name).dtype for name in WIDTHS} == {np.dtype(np.float32)}


def test_taken_lessons_stay_together_with_their_answers():
    lessons = lessons_of(handful(6))
    part = lessons.take(np.array([4, 1]))
    assert part.pairs == [lessons.pairs[4], lessons.pairs[1]]
    assert same(part.answers, lessons_of([handful()[4], handful()[1]]).answers)


def test_lessons_are_added_in_order():
    both = lessons_of(handful(2)) + taught([("is it loud?", "mug")], filled(1, 0.25), weight=0.5)
    assert len(both) == 3
    assert both.pairs[2] == ("is it loud?", "mug")
    assert both.answers.ordinal[2].tolist() == [0.25] * 9
    assert both.weight.tolist() == [1, 1, 0.5]


def test_a_share_of_the_teachers_answers_is_mixed_in():
    mixed = lessons_of([example(grade=10, toxic=True, spam=True)]).softened(filled(1, 0.5), 0.5).answers
    assert mixed.ordinal[0].tolist() == [0.75] * 9
    assert mixed.flags[0].tolist() == [0.75, 0.75]


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_where_one_of_the_two_is_silent_the_other_alone_is_heard(share):
    silent = lessons_of([example(signal=None, sentiment=None)]).answers
    told = lessons_of([example(signal="want", sentiment="positive", emotion="joy", toxic=True, spam=False)]).answers
    for mixed in (silent.mixed(told, share), told.mixed(silent, share)):
        for name in ("signal", "sentiment", "emotion", "flags"):
            assert getattr(mixed, name).tolist() == getattr(told, name).tolist()


def test_where_both_are_silent_nothing_is_made_up():
    silent = lessons_of([example(signal=None, sentiment=None)]).answers
    assert same(silent.mixed(silent, 0.5), silent)


def test_one_flag_may_be_told_and_the_other_not():
    half = lessons_of([example(toxic=True)]).answers
    mixed = half.mixed(filled(1, 0.5), 0.5)
    assert mixed.flags[0].tolist() == [0.75, 0.5]
