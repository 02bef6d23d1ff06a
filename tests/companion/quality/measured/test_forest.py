"""Comments and shares are measured against a forest of the same columns."""

import numpy as np

from companion.quality.expectation import Expectation
from tests.companion.quality.measured.scene import CREATORS, NEEDS_TABLES, r2, table

pytestmark = NEEDS_TABLES


def test_comments_and_shares_are_at_or_above_a_forest_of_the_same_columns():
    small = table(CREATORS, 6)
    said = np.array([post.split_time for post in small.posts])
    train, test = np.flatnonzero(said == "train"), np.flatnonzero((said == "test") & small.settled)
    own, forest = (Expectation.fit(small, train, with_history=True, forest_only=only).predict(small, test)[:, 2:] for only in (False, True))
    for column in range(2):
        y = small.y[test][:, column + 2]
        assert r2(y, own[:, column]) >= r2(y, forest[:, column]) - 0.03
