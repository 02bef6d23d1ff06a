"""The personal side of the shop: what one shopper likes now and always, and which products to show next.

Everything is learned from the shopper's own events, on this machine, at once: the next card reflects the last click. `traits` says what a
product is, `interests` how liking fades, `profile` puts them together for a session and for good, `learner` weighs them, `recommender`
fills a card with MMR and Thompson sampling and says with which propensity, `seen` puts it into words. Nothing is stored here:
a profile is made by replaying the stored events (`companion/shop_profile.py`).
"""

from companion.shop.profile.events import EVENT_KINDS, PAGES, Event, EventKind, Page, Scenario
from companion.shop.profile.profile import Profile
from companion.shop.profile.recommender import Recommender, Shown
from companion.shop.profile.seen import Known, known, why
from companion.shop.profile.traits import FIELDS, Traits, traits_of

__all__ = [
    "EVENT_KINDS",
    "FIELDS",
    "PAGES",
    "Event",
    "EventKind",
    "Known",
    "Page",
    "Profile",
    "Recommender",
    "Scenario",
    "Shown",
    "Traits",
    "known",
    "traits_of",
    "why",
]
