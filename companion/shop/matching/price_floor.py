"""Whether a price limit lies below what the thing costs at all, so that only its parts and look-alikes are within it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

LOOKED_AT = 80
"""Products of the kind, the surest first, among which those called so are looked for."""
FEWEST = 3
"""Products above the limit from which prices tell anything."""
LOWEST, MIDDLE = 2.0, 4.0
"""Times the limit that the cheapest tenth and the middle of the products above it must cost."""
FEW_WITHIN = 0.25
"""Share of all that may be within the limit for them to pass as parts and look-alikes."""
GAP = 8.0
"""The same where more are within: how many times the dearest within the limit the cheapest above it costs."""


def usual_floor(prices: Sequence[float], limit: float) -> float | None:
    """What three of four products above the limit cost at least, where the limit is out of reach; None where it is not.

    Args:
        prices: of products that are called so, in one currency; those that are unknown (NaN) do not count.
        limit: the highest price wanted, in the same currency.
    """
    known = np.asarray(prices, np.float64)
    known = known[~np.isnan(known)]
    above, within = known[known > limit], known[known <= limit]
    if len(above) < FEWEST or np.quantile(above, 0.1) < LOWEST * limit or np.median(above) < MIDDLE * limit:
        return None
    if len(within) > FEW_WITHIN * len(known) and above.min() < GAP * within.max():
        return None
    return float(np.quantile(above, 0.25))


def may_be_out_of_reach(prices: Sequence[float], limit: float) -> bool:
    """A quick look at all products of the kind, its parts among them: whether most above the limit cost far more."""
    above = [price for price in prices if price > limit]
    return len(above) >= FEWEST and float(np.median(above)) >= MIDDLE * limit
