"""A teacher's answers: asked, kept as bytes, mixed with the labels, refused when they belong to other comments."""

import numpy as np
import pytest

from companion.training import teacher
from companion.training.lessons import WIDTHS, lessons_of, pair_of
from companion.training.teacher import HEADS, OWN_SHARE, StaleTeacherError, ask, distilled, save
from companion.training.variants import variants
from tests.companion.training.scenes import example, handful

EXAMPLES = [*handful(6), example("¿dónde lo compro?", lang="es"), example("🔥", 2, lang="un", emotion="joy", toxic=False)]
ENGLISH = [0, 1, 2, 3, 4, 5, 7]
HALF_A_STEP = 0.5 / 255 + 1e-6


@pytest.fixture(scope="module")
def file(untrained, tmp_path_factory):
    path = tmp_path_factory.mktemp("teacher") / "teacher.npz"
    save(untrained, EXAMPLES, path)
    return path


@pytest.fixture(scope="module")
def said(untrained):
    return ask(untrained, [pair_of(EXAMPLES[i]) for i in ENGLISH])


def test_what_is_said_of_a_comment_depends_on_it_alone(untrained):
    pairs = [pair_of(x) for x in handful(4)]
    forth, back = ask(untrained, pairs), ask(untrained, pairs[::-1])
    for name in WIDTHS:
        np.testing.assert_allclose(getattr(forth, name), getattr(back, name)[::-1], atol=0.02)


def test_answers_are_probabilities_that_fall_with_the_grade(said):
    for name in ("signal", "sentiment", "emotion"):
        assert getattr(said, name).sum(1) == pytest.approx(1, abs=0.01)
    assert (np.diff(said.ordinal, axis=1) <= 0).all()
    assert ((said.flags >= 0) & (said.flags <= 1)).all()


def test_half_of_a_graded_comments_answer_is_the_teachers(file, said):
    mine = lessons_of([EXAMPLES[i] for i in ENGLISH]).answers
    lessons, _ = distilled(EXAMPLES, file)
    for name in HEADS:
        wanted = (1 - OWN_SHARE) * getattr(mine, name) + OWN_SHARE * getattr(said, name)
        np.testing.assert_allclose(getattr(lessons.answers, name)[ENGLISH], wanted, atol=HALF_A_STEP)


def test_where_the_teacher_is_not_asked_the_labels_stand_alone(file):
    lessons, _ = distilled(EXAMPLES, file)
    alone = lessons_of(EXAMPLES).answers
    spanish = 6
    for name in WIDTHS:
        assert np.array_equal(getattr(lessons.answers, name)[spanish], getattr(alone, name)[spanish], equal_nan=True)
    for name in ("emotion", "flags"):  # it never learned them
        assert np.array_equal(getattr(lessons.answers, name)[: len(EXAMPLES)], getattr(alone, name), equal_nan=True)


def test_variants_come_after_the_examples_and_know_whose_they_are(file, untrained):
    lessons, owners = distilled(EXAMPLES, file)
    made = variants([EXAMPLES[i] for i in ENGLISH], teacher.ROUNDS[0])
    assert lessons.pairs == [*map(pair_of, EXAMPLES), *made]
    assert owners.tolist() == [*range(len(EXAMPLES)), *ENGLISH]
    last = lessons.answers.take(range(len(EXAMPLES), len(lessons)))
    np.testing.assert_allclose(last.ordinal, ask(untrained, made).ordinal, atol=0.02)  # batched otherwise
    assert not last.emotion.any()
    assert np.isnan(last.flags).all()


@pytest.mark.parametrize(
    "others", [EXAMPLES[1:], EXAMPLES[::-1], [*EXAMPLES, example("another line")]], ids=["one less", "other order", "one more"]
)
def test_answers_about_other_comments_are_refused(file, others):
    with pytest.raises(StaleTeacherError, match=r"teacher\.npz belongs to another seed"):
        distilled(others, file)


def test_a_line_that_the_teacher_was_not_asked_about_may_change(file):
    assert len(distilled([x if x.lang != "es" else example("¿cuánto cuesta?", lang="es") for x in EXAMPLES], file)[0]) == 15


def test_a_missing_file_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError, match=r"teacher\.npz"):
        distilled(EXAMPLES, tmp_path / "teacher.npz")
