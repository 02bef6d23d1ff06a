"""Splits keep together what was written together."""

import collections

from hypothesis import given
from hypothesis import strategies as st

from companion.training.folds import fold_of
from tests.companion.training.scenes import example

NAMES = st.sampled_from(["a", "b", "c", "d", "e"])


@given(st.lists(st.tuples(NAMES, st.sampled_from(["none", "", "mug", "lamp", "app"])), min_size=1, max_size=60), st.integers(2, 5))
def test_no_group_and_no_product_straddles_folds(cells, folds):
    examples = [example(group=group, product=product) for group, product in cells]
    fold = fold_of(examples, folds)
    for name in ("group", "product"):
        homes = collections.defaultdict(set)
        for one, number in zip(examples, fold, strict=True):
            if getattr(one, name) not in ("none", ""):
                homes[getattr(one, name)].add(int(number))
        assert all(len(found) == 1 for found in homes.values())
