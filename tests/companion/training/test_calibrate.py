"""Calibration on comments with a known answer."""

from dataclasses import replace

import numpy as np
import pytest

from companion.intent import Context
from companion.intent.heads import distribution, sigmoid, stacked
from companion.intent.metrics import calibration_error
from companion.intent.model import intervals_of
from companion.training.calibrate import COVERAGE, MIN_PART, HeldOut, agreement, calibrate
from companion.training.examples import Example

AGREE = np.ones((10, 8), np.float32)
ENGLISH, VIETNAMESE = ("where can I buy this", "en"), ("shop ơi cái này mua ở đâu vậy còn hàng không", "vi")


def example(grade, text="x", lang="en", signal=None):
    return Example(text, Context(), int(grade), signal, None, lang, "g", "")


@pytest.fixture(scope="module")
def held():
    """4,000 invented comments: in English the grade follows one leg (twice too sure of itself), in Vietnamese the other."""
    rng = np.random.default_rng(3)
    place = rng.normal(0, 2, (4000, 1))
    steps = np.linspace(3, -3, 9)
    odds = (place + steps).astype(np.float32)
    grades = 1 + (rng.random((4000, 1)) < sigmoid(odds)).sum(axis=1)
    noise = rng.normal(0, 1, (4000, 9)).astype(np.float32)
    english = np.arange(4000) < 2000
    examples = [example(grade, *(ENGLISH if at else VIETNAMESE)) for grade, at in zip(grades, english, strict=True)]
    return HeldOut(examples, np.where(english[:, None], 2 * odds, noise), np.where(english[:, None], noise, 2 * odds))


def test_an_overconfident_leg_is_calmed_and_a_useless_one_ignored_in_each_kind_of_language(held):
    found = calibrate(held, AGREE)
    for kind, (useful, useless) in enumerate([(1, 0), (0, 1)]):
        assert found.stack[kind, useful, 2:7] == pytest.approx(0.5, abs=0.12)
        assert np.abs(found.stack[kind, useless]).max() < 0.4
    high = sigmoid(stacked(found.stack, held.encoder, held.lexical, held.native)[:, 5])
    assert calibration_error(held.grades >= 7, high.astype(float)) < 0.05


def test_a_kind_of_language_with_few_comments_shares_the_stack_of_all(held):
    rows = slice(2000 - 1000, 2000 + MIN_PART - 1)
    part = HeldOut(held.examples[rows], held.encoder[rows], held.lexical[rows])
    one_kind = HeldOut([replace(x, text=ENGLISH[0]) for x in part.examples], part.encoder, part.lexical)
    assert calibrate(part, AGREE).stack[0] == pytest.approx(calibrate(one_kind, AGREE).stack[1])


def test_intervals_cover_what_they_promise(held):
    found = calibrate(held, AGREE)
    spans = intervals_of(distribution(sigmoid(stacked(found.stack, held.encoder, held.lexical, held.native))), found.tail)
    covered = np.mean([low <= grade <= high for (low, high), grade in zip(spans, held.grades, strict=True)])
    assert COVERAGE <= covered <= 0.99


def test_a_language_is_trusted_when_buyers_were_found_in_it_and_told_often_enough(held):
    examples = [replace(x, lang="ja" if i < 100 else "de" if i < 110 else x.lang) for i, x in enumerate(held.examples)]
    encoder = held.encoder.copy()
    encoder[:100] *= -1  # what is said of "ja" is wrong, and "de" has ten comments only
    assert calibrate(HeldOut(examples, encoder, held.lexical), AGREE).languages == ("en", "vi")


def test_a_signal_agrees_most_with_the_grade_it_stands_beside():
    found = agreement([example(10, signal="bought")] * 20 + [example(2, signal="none")] * 20 + [example(8)])
    assert found.shape == (10, 8)
    assert found[9, 6] > 1 > found[1, 6]  # "bought" at 10, not at 2
    assert found[1, 0] > 1 > found[9, 0]
