"""Whether a candidate is better: shown by the user's blind labels, forbidden by a loss on the exams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.intent import Prediction
from companion.training import promotion
from companion.training.promotion import ALLOWED_LOSS, EXAMS, MIN_HIGH, MIN_LABELS, MIN_VIDEOS, OWN, compare, win_share
from tests.companion.training.scenes import example


def said(high):
    return Prediction(8.0 if high else 2.0, 0.9 if high else 0.1, "want", "neutral", (1.0, 10.0), False, "en")


def labels(n=60, videos=6):
    """A third of them buyers, over so many videos."""
    return [example(f"comment {i}", 8 if i % 3 == 0 else 2, group=f"tiktok:v{i // 3 % videos}", origin="annotator") for i in range(n)]


def reader(right):
    """Answers to examples that find the first so many of every ten buyers, and take nobody else for one."""

    def read(examples):
        buyers = 0
        answers = []
        for one in examples:
            buyers += one.grade >= 7
            answers.append(said(one.grade >= 7 and buyers % 10 < right))
        return answers

    return read


WEAK, GOOD = reader(4), reader(9)
EXAM = labels(90, 9)


def decide(blind, old=WEAK, new=GOOD, exam_old=GOOD, exam_new=GOOD):
    answers = {OWN: [old(blind), new(blind)], EXAMS: [exam_old(EXAM), exam_new(EXAM)]}
    return promotion._decide(blind, EXAM, answers)


def test_a_clearly_better_candidate_is_better():
    verdict, reason = decide(labels())
    assert verdict == "better"
    assert OWN in reason


def test_an_equal_one_is_not_better():
    assert decide(labels(), GOOD, GOOD)[0] == "not better"


def test_a_worse_one_is_not_better():
    assert decide(labels(), GOOD, WEAK)[0] == "not better"


@pytest.mark.parametrize(
    "blind",
    [
        [],
        labels(MIN_LABELS - 1),
        labels(videos=MIN_VIDEOS - 1),
        [x for x in labels(200) if x.grade < 7] + [x for x in labels(200) if x.grade >= 7][: MIN_HIGH - 1],
    ],
    ids=["none", "few labels", "few videos", "few buyers"],
)
def test_with_few_labels_nobody_can_tell_and_the_answer_says_what_it_takes(blind):
    verdict, reason = decide(blind)
    assert verdict == "cannot tell yet"
    assert f"{len(blind)} of your labels" in reason
    assert f"at least {MIN_LABELS} ({MIN_HIGH} buyers, {MIN_VIDEOS} videos)" in reason


def test_a_gain_that_hangs_on_one_video_does_not_tell_yet():
    blind = labels(videos=6)
    seen = WEAK(blind)
    missed = [i for i, x in enumerate(blind) if x.grade >= 7 and seen[i].p_high < 0.5]
    gained = [i for i in missed if blind[i].group == "tiktok:v0"]
    [lost, *_] = [i for i, x in enumerate(blind) if seen[i].p_high > 0.5 and x.group == "tiktok:v1"]
    assert len(gained) >= 2
    new = [said(True) if i in gained else said(False) if i == lost else one for i, one in enumerate(seen)]
    verdict, reason = decide(blind, new=lambda _: new)
    assert verdict == "cannot tell yet"
    assert "may be chance. Label comments of more videos" in reason


def test_a_loss_on_the_exams_forbids_it_however_much_is_gained():
    verdict, reason = decide(labels(), exam_new=WEAK)
    assert verdict == "not better"
    assert EXAMS in reason


def test_a_loss_on_the_exams_is_told_even_where_there_are_few_labels():
    assert decide([], exam_new=WEAK)[0] == "not better"


def test_a_loss_within_the_exams_noise_is_forgiven():
    slightly = [*GOOD(EXAM)[:-1], said(not EXAM[-1].grade >= 7)]
    assert promotion._f1(EXAM, GOOD(EXAM)) - ALLOWED_LOSS < promotion._f1(EXAM, slightly) < promotion._f1(EXAM, GOOD(EXAM))
    assert decide(labels(), exam_new=lambda _: slightly)[0] == "better"


def test_who_is_right_everywhere_wins_every_time_and_who_is_equal_half_the_time():
    blind = labels()
    perfect, silent = [said(x.grade >= 7) for x in blind], [said(False) for _ in blind]
    assert win_share(blind, silent, perfect) == 1
    assert win_share(blind, perfect, silent) == 0
    assert win_share(blind, perfect, perfect) == 0.5


CELLS = st.lists(st.tuples(st.integers(1, 10), st.sampled_from("abc"), st.booleans(), st.booleans()), min_size=1, max_size=12)


@given(CELLS)
def test_two_shares_of_wins_make_a_whole(cells):
    examples = [example("x", grade, group=group) for grade, group, *_ in cells]
    one, other = [said(a) for *_, a, _ in cells], [said(b) for *_, b in cells]
    forth, back = win_share(examples, one, other), win_share(examples, other, one)
    assert 0 <= forth <= 1
    assert forth + back == pytest.approx(1)


def test_a_model_compared_with_itself_shows_equal_rows_and_is_not_better(model, short_exams):
    found = compare(model, model, labels())
    assert found.verdict == "not better"
    assert [row.live for row in found.rows] == [row.candidate for row in found.rows]
    assert [(row.set, row.measure) for row in found.rows] == [
        *((name, measure) for name in (OWN, EXAMS) for measure in ("buyers found (F1)", "ranked right (ROC-AUC)", "grades off by")),
        ("exam pairs", "ordered right"),
    ]
    assert [row.n for row in found.rows[:4:3]] == [60, len(promotion.load_exams())]


def test_without_blind_labels_only_the_exams_are_shown(model, short_exams):
    found = compare(model, model, [])
    assert found.verdict == "cannot tell yet"
    assert {row.set for row in found.rows} == {EXAMS, "exam pairs"}
