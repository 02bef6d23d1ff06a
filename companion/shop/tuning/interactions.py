"""Stored deeds -> questions that the user asked and the products chosen for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from companion.shop.profile.events import WEIGHTS, Event
from companion.shop.tuning.asks import Ask

ANSWERED_MS = 10 * 60_000
"""A product that is chosen later than this after a search was hardly chosen for it."""
_SEARCHED = frozenset(("search", "dashboard"))
"""Pages whose products answer a search; cards in the feed answer a video, whose words are not kept."""


def chosen(events: Iterable[Event], places: Mapping[str, int], types: Sequence[str], kinds: Sequence[str]) -> list[Ask]:
    """Each search with each product that was clicked, opened or saved for it, once; without products that were hidden or are gone.

    Args:
        events: in the order in which they happened.
        places: product id -> place in the catalogue.
        types: product type of each product.
        kinds: surest kind of each; "" where none is sure.
    """
    found: dict[tuple[str, int], Ask] = {}
    hidden: set[str] = set()
    last: dict[str, Event] = {}
    for event in events:
        if event.kind == "search":
            last[event.page] = event
        elif event.kind == "hide":
            hidden.add(event.product)
        elif event.kind in WEIGHTS and event.page in _SEARCHED and event.product in places:
            search = last.get(event.page)
            if search and 0 <= event.at - search.at <= ANSWERED_MS:
                place = places[event.product]
                own = (kinds[place],) if kinds[place] else ()
                found[search.words, place] = Ask(search.words, place, types[place], own, origin="yours")
    gone = {places[ident] for ident in hidden if ident in places}
    return [ask for ask in found.values() if ask.product not in gone]


def liked(events: Iterable[Event], places: Mapping[str, int]) -> list[int]:
    """Products that were clicked, opened or saved anywhere, by place: questions are made for these first."""
    return sorted({places[event.product] for event in events if event.kind in WEIGHTS and event.product in places})
