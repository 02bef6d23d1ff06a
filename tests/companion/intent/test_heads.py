"""From log-odds of nine steps to a distribution over ten grades."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from companion.intent.heads import distribution, falling, sigmoid

ODDS = arrays(np.float32, (3, 9), elements=st.floats(-20, 20, width=32))


@given(ODDS)
def test_any_log_odds_become_a_distribution(odds):
    found = distribution(sigmoid(falling(odds)))
    assert (found >= -1e-6).all()
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)


@given(ODDS)
def test_falling_odds_stay_as_they_are(odds):
    ordered = -np.sort(-odds, axis=1)
    assert np.allclose(falling(ordered), ordered)


def test_one_low_step_does_not_drag_the_later_ones_down():
    odds = np.array([[4, 1, 4, 4, 4, 4, 4, -4, -4]], np.float32)
    assert falling(odds)[0, 6] == 2.5
