"""What a profile knows, in words for the shopper to see and correct, and why a product is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.shop.profile.events import Scenario
from companion.shop.profile.profile import FEATURES, Profile
from companion.shop.profile.recommender import Recommender
from companion.shop.profile.traits import FIELDS

LEAST = 0.2
"""Interests nearer to 0 are not worth a line."""

WORDS = {
    "kind now": "{kind}: you look at these now",
    "kind": "{kind}: you liked these before",
    "department now": "{department}: you look around there now",
    "department": "{department}: you liked things from there before",
    "brand": "you liked {brand} before",
    "colour": "you liked {colour} before",
    "price": "you liked this price level before ({price} of its kind)",
    "audience": "you liked things for this audience before ({audience})",
    "time of day": "{kind}: you like these at this time of day",
    "page": "{kind}: you like these on this page",
    "alike now": "much like what you clicked just now",
    "alike": "much like what you clicked before",
    "search": "it answers your search",
}


@dataclass(frozen=True)
class Known:
    """An interest in a value. `strength` is above 0 for liked and below for passed over, `now` in this session (0 for fields without one).

    `leaning` is what the shopper said, from -1 to 1, 0 for nothing.
    """

    field: str
    value: str
    strength: float
    now: float
    leaning: float


def known(profile: Profile, at: int, most: int = 50) -> list[Known]:
    """The strongest interests as of `at` (ms UTC), the liked first; what the shopper said himself is never left out."""
    found = []
    for field in FIELDS:
        strengths = profile.interests(field, at)
        now = profile.now[field].logs(at) if field in profile.now else np.zeros(len(strengths))
        for value, name in enumerate(profile.traits.values[field]):
            leaning = float(profile.leanings[field][value])
            if name and (leaning or max(abs(strengths[value]), abs(now[value])) >= LEAST):
                found.append(Known(field, name, round(float(strengths[value]), 2), round(float(now[value]), 2), leaning))
    found.sort(key=lambda one: (not one.leaning, -max(abs(one.strength), abs(one.now)), one.field, one.value))
    return sorted(found[:most], key=lambda one: (-one.strength, one.field, one.value))


def why(recommender: Recommender, number: int, scenario: Scenario, most: int = 2) -> list[str]:
    """Why a product is shown, the strongest reason first; nothing when nothing speaks for it, as when a place explores."""
    profile = recommender.profile
    parts = profile.features([number], scenario)[0] * recommender.learner.mean
    codes = {field: profile.traits.values[field][int(profile.traits.codes[field][number])] for field in FIELDS}
    named = {**codes, "kind": codes["kind"].rsplit(" > ", 1)[-1]}
    reasons = [(float(part), WORDS[name]) for name, part in zip(FEATURES, parts, strict=True) if name in WORDS and part >= LEAST]
    return [words.format(**named) for _, words in sorted(reasons, reverse=True)[:most]]
