"""Calibration on comments with a known answer."""

import numpy as np
import pytest

from companion.intent.heads import distribution, sigmoid
from companion.intent.metrics import calibration_error
from companion.intent.model import interval
from companion.training.calibrate import COVERAGE, calibrate, stacked


@pytest.fixture(scope="module")
def scene():
    """4,000 invented comments whose grade follows one leg (twice too sure of itself) and ignores the other."""
    rng = np.random.default_rng(3)
    place = rng.normal(0, 2, (4000, 1))
    steps = np.linspace(3, -3, 9)
    odds = (place + steps).astype(np.float32)
    grades = 1 + (rng.random((4000, 1)) < sigmoid(odds)).sum(axis=1)
    return 2 * odds, rng.normal(0, 1, (4000, 9)).astype(np.float32), grades


def test_an_overconfident_leg_is_calmed_and_a_useless_one_ignored(scene):
    encoder, lexical, grades = scene
    found = calibrate(encoder, lexical, grades)
    assert found.stack[0, 2:7] == pytest.approx(0.5, abs=0.12)
    assert np.abs(found.stack[1]).max() < 0.35
    high = sigmoid(stacked(found.stack, encoder, lexical)[:, 5])
    assert calibration_error(grades >= 7, high.astype(float)) < 0.05


def test_intervals_cover_what_they_promise(scene):
    encoder, lexical, grades = scene
    found = calibrate(encoder, lexical, grades)
    spans = [interval(row, found.tail) for row in distribution(sigmoid(stacked(found.stack, encoder, lexical)))]
    covered = np.mean([low <= grade <= high for (low, high), grade in zip(spans, grades, strict=True)])
    assert COVERAGE <= covered <= 0.99
