"""When a tuned encoder comes into use, and how nDCG is counted."""

from __future__ import annotations

import math

import numpy as np
import pytest

from companion.training.retrieval import sheet
from companion.training.retrieval.promotion import ALLOWED_LOSS, MIN_QUESTIONS, MIN_TYPES, decide, enough, win_share

GROUPS = [f"type {n % 20}" for n in range(80)]
EXAM = np.full(67, 0.8)
OWN = np.full(80, 0.5)


def read(scores, whole=None):
    return {"dense": scores, "hybrid": scores, "whole search": scores if whole is None else whole}


def verdict(gain, exam_gain=0.0, groups=GROUPS, whole=None, exam_whole=None):
    own = OWN[: len(groups)]
    candidate = read(own + gain, None if whole is None else own + whole)
    exam = read(EXAM + exam_gain, None if exam_whole is None else EXAM + exam_whole)
    return decide(groups, (read(own), candidate), (read(EXAM), exam))


def test_a_gain_on_nearly_all_types_is_better():
    found, reason = verdict(np.full(80, 0.03))
    assert found == "better"
    assert "higher by 0.030" in reason


def test_a_gain_that_hangs_on_one_type_may_be_chance():
    gain = np.zeros(80)
    gain[0], gain[1] = 0.9, -0.5
    found, reason = verdict(gain)
    assert found == "cannot tell yet"
    assert "may be chance" in reason


@pytest.mark.parametrize("gain", [0.0, -0.01])
def test_no_gain_is_not_better(gain):
    assert verdict(np.full(80, gain))[0] == "not better"


def test_a_loss_on_the_exam_outweighs_any_gain():
    assert verdict(np.full(80, 0.2), exam_gain=-2 * ALLOWED_LOSS)[0] == "not better"
    assert verdict(np.full(80, 0.2), exam_gain=-ALLOWED_LOSS / 2)[0] == "better"


def test_the_whole_search_has_to_gain_as_well():
    assert verdict(np.full(80, 0.2), whole=np.full(80, -0.01)) == (
        "not better",
        "It finds products no better for your product types kept aside: nDCG@10 (whole search) differs by -0.010.",
    )
    assert verdict(np.full(80, 0.2), exam_whole=-0.1)[0] == "not better"


def test_too_few_questions_or_types_cannot_tell():
    assert verdict(np.full(MIN_QUESTIONS - 1, 0.3), groups=GROUPS[: MIN_QUESTIONS - 1])[0] == "cannot tell yet"
    few = [f"type {n % (MIN_TYPES - 1)}" for n in range(80)]
    found, reason = verdict(np.full(80, 0.3), groups=few)
    assert found == "cannot tell yet"
    assert "80 questions about 9 product types" in reason
    assert enough(GROUPS)
    assert not enough([])


def test_resamples_draw_whole_types():
    many_of_one = ["a"] * 60 + [f"type {n}" for n in range(9)]
    gains = np.array([1.0] * 60 + [-1.0] * 9)
    assert win_share(gains, many_of_one) == pytest.approx(1 - 0.9**10, abs=0.03)  # the one type is in a resample or not
    assert win_share(np.zeros(80), GROUPS) == 0.5
    assert win_share(np.full(80, 0.1), GROUPS) == 1.0


def test_ndcg_is_that_of_the_definition():
    graded = {4: 3, 2: 1, 9: 1}
    best = 7 + 1 / math.log2(3) + 1 / math.log2(4)
    assert sheet.ndcg([4, 2, 9], graded) == pytest.approx(1.0)
    assert sheet.ndcg([1, 4], graded) == pytest.approx(7 / math.log2(3) / best)
    assert sheet.ndcg([], graded) == sheet.ndcg([1, 2], {}) == 0.0
    assert sheet.ndcg([2, 9, 4], graded, k=1) == pytest.approx(1 / 7)


def test_the_exam_has_an_answer_for_every_question():
    exam = sheet.exam()
    assert len(exam) == len(set(exam.groups)) == 67
    assert all(3 in graded.values() for graded in exam.graded)


def test_without_the_exam_nothing_can_be_compared(monkeypatch, tmp_path):
    monkeypatch.setattr(sheet, "EXAM_FILE", tmp_path / "gone.jsonl")
    with pytest.raises(sheet.MissingExamError, match=r"gone\.jsonl is missing"):
        sheet.exam()
