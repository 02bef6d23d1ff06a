"""Views that look paid: many at once, and hardly any of the likes that this video's views usually bring."""

from __future__ import annotations

import numpy as np

from companion.quality.posts import Floats
from companion.quality.stages.assumptions import ASSUMED, Assumptions
from companion.quality.stages.snapshots import Curve

WINDOW_HOURS = 24.0
EXPECTED_LIKES = 12.0
"""Likes that the new views should have brought, below which their absence says nothing."""


def paid_views(curve: Curve, assumed: Assumptions = ASSUMED) -> Floats:
    """Views up to each reading that look paid: those gained over a day whose likes stay below `paid_likes` of what is usual here.

    What is usual are the likes per view of the other views so far. Where likes are not known nothing looks paid.
    """
    paid = np.zeros(len(curve))
    if len(curve) < 2 or not np.isfinite(curve.likes).all():
        return paid
    likes = np.maximum.accumulate(curve.likes)
    paid_likes = np.zeros(len(curve))
    firsts = np.searchsorted(curve.hours, curve.hours - WINDOW_HOURS)
    for i in range(1, len(curve)):
        start = min(int(firsts[i]), i - 1)
        paid[i], paid_likes[i] = paid[i - 1], paid_likes[i - 1]
        views, gained = curve.views[start] - paid[start], curve.views[i] - curve.views[start]
        if views < 1 or gained <= 0:
            continue
        due = gained * (likes[start] - paid_likes[start]) / views
        if due >= EXPECTED_LIKES and likes[i] - likes[start] < assumed.paid_likes * due:
            paid[i] = max(paid[i], paid[start] + gained)
            paid_likes[i] = max(paid_likes[i], paid_likes[start] + likes[i] - likes[start])
    return paid
