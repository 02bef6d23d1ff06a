"""What a shopper did, as it is stored and as the profile learns from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

EventKind = Literal["impression", "click", "save", "open", "hide", "search"]
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)

Page = Literal["feed", "video", "search", "dashboard"]
PAGES: tuple[Page, ...] = get_args(Page)

WEIGHTS = {"click": 1.0, "save": 3.0, "open": 2.0}
"""Liking that an action adds; a product that is opened in its shop was clicked before."""

HIDE = 3.0
"""Disliking that a hide adds, in looks without a click."""


DAYPARTS = ("night", "morning", "afternoon", "evening")
"""Six hours each, from midnight."""
_HOUR_MS = 3_600_000


@dataclass(frozen=True)
class Scenario:
    """When and where: `at` in ms UTC, the page, and the hour of the day where the shopper is (0 to 23; by UTC where None)."""

    at: int
    page: Page = "feed"
    hour: int | None = None

    @property
    def daypart(self) -> str:
        """The part of the day."""
        return DAYPARTS[(self.at // _HOUR_MS % 24 if self.hour is None else self.hour) // 6]


@dataclass(frozen=True)
class Event:
    """One action. `at` is ms UTC, `product` an id ("" for a search), `words` what was searched for.

    Attributes:
        page: where the card stood.
        place: of the product on its card, from 1; 0 where there was no card.
        propensity: chance that this product was put in this place, for impressions; None where it was not drawn.
        hour: of the day where the shopper is, 0 to 23; None where not known.
    """

    at: int
    kind: EventKind
    product: str = ""
    words: str = ""
    page: Page = "feed"
    place: int = 0
    propensity: float | None = None
    hour: int | None = None

    @property
    def scenario(self) -> Scenario:
        """When and where it happened."""
        return Scenario(self.at, self.page, self.hour)


def looked_at(place: int) -> float:
    """How much of a look the place gets (1 for the first), an assumption: 1 / (1 + 0.35 (place - 1)); 1 without a card."""
    return 1.0 / (1.0 + 0.35 * max(0, place - 1))
