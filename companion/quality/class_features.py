"""The numbers from which the class of good videos is learned: known at posting, of the creator's earlier videos, and what became of it."""

from __future__ import annotations

import numpy as np

from companion.quality.expectation import Curve, PostTable
from companion.quality.features import TagEffects, field_features
from companion.quality.posts import Floats


def class_features(table: PostTable) -> Floats:
    """One row a video, NaN where something is not known. The last columns are TARGETS: people judge a video that is out already."""
    if not table.posts:
        return np.empty((0, 0))
    base = Curve.fit(table.ln_followers, table.y).of(table.ln_followers)
    tags = TagEffects(table.posts, table.y - base)
    return np.hstack([field_features(table.posts, tags), table.history.values, table.y])
