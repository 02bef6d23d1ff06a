"""Calibration on comments with a known answer."""

import numpy as np
import pytest

from companion.intent import Context
from companion.intent.heads import distribution, sigmoid, stacked
from companion.intent.metrics import calibration_error
from companion.intent.model import interval
from companion.training.calibrate import COVERAGE, MIN_PART, agreement, calibrate
from companion.training.examples import Example

AGREE = np.ones((10, 8), np.float32)


@pytest.fixture(scope="module")
def scene():
    """4,000 invented comments: in the first half the grade follows one leg (twice too sure of itself), in the other half the second."""
    rng = np.random.default_rng(3)
    place = rng.normal(0, 2, (4000, 1))
    steps = np.linspace(3, -3, 9)
    odds = (place + steps).astype(np.float32)
    grades = 1 + (rng.random((4000, 1)) < sigmoid(odds)).sum(axis=1)
    noise = rng.normal(0, 1, (4000, 9)).astype(np.float32)
    native = np.arange(4000) < 2000
    return np.where(native[:, None], 2 * odds, noise), np.where(native[:, None], noise, 2 * odds), grades, native


def test_an_overconfident_leg_is_calmed_and_a_useless_one_ignored_in_each_kind_of_language(scene):
    encoder, lexical, grades, native = scene
    found = calibrate(encoder, lexical, grades, native, AGREE)
    for kind, (useful, useless) in enumerate([(1, 0), (0, 1)]):
        assert found.stack[kind, useful, 2:7] == pytest.approx(0.5, abs=0.12)
        assert np.abs(found.stack[kind, useless]).max() < 0.4
    high = sigmoid(stacked(found.stack, encoder, lexical, native)[:, 5])
    assert calibration_error(grades >= 7, high.astype(float)) < 0.05


def test_a_kind_of_language_with_few_comments_shares_the_stack_of_all(scene):
    encoder, lexical, grades, _ = scene
    few = np.arange(4000) >= MIN_PART - 1
    found = calibrate(encoder[:2000], lexical[:2000], grades[:2000], few[:2000], AGREE)
    assert found.stack[0] == pytest.approx(calibrate(encoder[:2000], lexical[:2000], grades[:2000], np.zeros(2000, bool), AGREE).stack[0])


def test_intervals_cover_what_they_promise(scene):
    encoder, lexical, grades, native = scene
    found = calibrate(encoder, lexical, grades, native, AGREE)
    spans = [interval(row, found.tail) for row in distribution(sigmoid(stacked(found.stack, encoder, lexical, native)))]
    covered = np.mean([low <= grade <= high for (low, high), grade in zip(spans, grades, strict=True)])
    assert COVERAGE <= covered <= 0.99


def test_a_signal_agrees_most_with_the_grade_it_stands_beside():
    def example(grade, signal):
        return Example("x", Context(), grade, signal, None, "en", "g", "")

    found = agreement([example(10, "bought")] * 20 + [example(2, "none")] * 20 + [example(8, None)])
    assert found.shape == (10, 8)
    assert found[9, 6] > 1 > found[1, 6]  # "bought" at 10, not at 2
    assert found[1, 0] > 1 > found[9, 0]
