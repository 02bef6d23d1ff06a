"""The measures, against values worked out by hand and the evaluation script's own definitions."""

import numpy as np
import pytest

from companion.intent.metrics import calibration_error, measure
from companion.intent.prediction import Prediction


def said(grade, p_high, interval=(1.0, 10.0), unsure=False):
    return Prediction(grade, p_high, "none", "neutral", interval, unsure, "en")


def test_a_small_table_worked_out_by_hand():
    found = measure(
        [8, 2, 7, 3],
        ["none", "want", "none", "none"],
        ["neutral"] * 4,
        [said(8, 0.9, (7, 9)), said(2, 0.1), said(4, 0.3, (3, 5)), said(7, 0.8, unsure=True)],
    )
    assert found["f1_high"] == 0.5
    assert found["mae"] == 1.75
    assert found["coverage"] == 0.75
    assert found["unsure"] == 0.25
    assert found["roc_auc"] == 0.75
    assert found["share_high"] == 0.5


def test_one_class_gives_none_and_never_nan():
    found = measure([2, 2], ["", ""], ["", ""], [said(2, 0.1), said(2, 0.2)])
    assert found["f1_high"] is None
    assert found["roc_auc"] is None
    assert found["pr_auc"] is None
    assert found["signal_macro_f1"] is None
    assert not any(isinstance(value, float) and np.isnan(value) for value in found.values())


def test_calibration_error_is_zero_when_shares_match():
    p = np.array([0.25] * 4 + [0.75] * 4)
    assert calibration_error(np.array([1, 0, 0, 0, 1, 1, 1, 0], bool), p) == pytest.approx(0)
    assert calibration_error(np.ones(8, bool), p) == pytest.approx(0.5)
