"""Every number of the simulated shoppers. All are chosen, none is measured: a plausible world, not the real one.

Utilities are in logits: a product with utility `CLICK_AT` that is looked at is clicked half of the time.
"""

from __future__ import annotations

# stock
BRANDS_PER_DEPARTMENT = 8
PRODUCTS = 600
PRICE_SPREAD = 0.6
"""Of ln(price) within a kind."""
APPEAL_SPREAD = 0.5
STYLES = 6
"""Dimensions of the hidden style."""

# taste
LIKED_KINDS = (2, 5)
"""Least and most kinds that a shopper likes."""
KIND_LIKING = (2.0, 3.5)
DEPARTMENT_LIKING = 0.8
DEPARTMENTS_DISLIKED = 2
DISLIKE = -3.0
BRAND_SPREAD = 0.7
COLOUR_SPREAD = 0.5
PRICE_TOLERANCE = (0.15, 0.5)
"""As a share of the way from the cheapest to the dearest product of a kind."""
STYLE_SPREAD = 0.25
EVENING_SHARE = 0.5
"""Shoppers who like other kinds in the evening."""
EVENING_LIKING = 1.5
EVENING_KINDS = 2

# sessions
MISSION_SHARE = 0.7
"""Visits with one kind in mind."""
GIFT_SHARE = 0.1
"""Missions of any kind at all."""
MISSION_PULL = 2.5
SEARCH_SHARE = 0.3
"""Missions that are typed as a search first."""
EVENING = (18, 24)
"""Local hours, from and until."""
HOURS_APART = (3.0, 40.0)
"""Between the beginnings of two visits."""
CARDS = (3, 9)
"""Cards seen in a visit, least and most."""
SECONDS_A_CARD = (20.0, 240.0)
PAGES = {"feed": 0.7, "video": 0.2, "search": 0.1}

# reactions
CLICK_AT = 4.5
LOOKED_AT_POWER = 0.6
"""The place p (1 is the first) is looked at with probability p ** -0.6."""
SLIP_SHARE = 0.015
"""Products looked at that are clicked whatever they are."""
SAVE_SHARE = 0.25
"""Clicked products that are saved, when they are really liked."""
HIDE_BELOW = -1.5
HIDE_SHARE = 0.08
"""Products below that utility which are hidden when looked at."""
PICK_SHARPNESS = 1.5
"""The next pick is drawn with weights exp(1.5 x utility)."""

# drift
DRIFT_SHARE = 0.08
"""Visits before which one liked kind is replaced by another."""
