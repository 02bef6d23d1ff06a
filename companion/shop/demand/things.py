"""Which thing a comment or a product title names: its noun, and the words before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from companion.shop.product import Product
from companion.shop.retrieval.words import words

MODIFIERS = 3
"""Words before the noun that are kept."""

_POINTERS = """
the that this those these your ur her his their la el los las ese esa este esta tu der die das den le les ce cet cette ton ta votre
o os essa esse sua seu il lo gli questa questo
"""
_POINTING = frozenset(words(_POINTERS))
"""Words after which a thing is named: English, Spanish, German, French, Portuguese, Italian."""

_CUT = re.compile(r"[,;|(\[/–—]|\s-\s|\b(?:with|for|without|from|by|that|set of|pack of|con|para|mit|für|avec|pour|com)\b", re.I)
"""What follows in a title tells more about the thing and does not name it."""

_STOPS = """
is are was were do does did from in on at to and or but so please pls plz it you i my would will can could im u has have had of with for
that this es son de y en est sont et ist und von
"""
_STOP = frozenset(words(_STOPS))

_LOOKS = """
black white red blue green pink purple yellow orange brown grey gray beige gold silver cute little big small nice pretty same exact new
old amazing beautiful lovely first second last other cm mm inch ml cl litre liter oz kg gram pack piece set size
"""
_LOOK = frozenset(words(_LOOKS))
"""Words before a noun that tell how it looks or how much it is, and not which thing it is."""

_NO_THINGS = """
code link price discount model kind type thing video account shop store page name brand size colour color run care set part date life help
learning cleaning comfort world label labels logo title number list post reel comment question answer review song sound music voice edit
version style design pattern quality option deal offer sale coupon voucher delivery shipping order stock service seller company channel
series episode website app caption photo result difference reason problem time
"""
_NO_THING = frozenset(words(_NO_THINGS))
"""Last words of titles and categories that comments use for something else than a product."""

_SPOKEN_OF = frozenset(("it", "its", "one", "them", "they"))
"""After these a thing that is pointed at is not the one asked for: "does it fit under the seat"."""


@dataclass(frozen=True)
class Thing:
    """`noun` folded ("lamp"; "" where none is known), `more` the words before it ("mushroom", "table"), `phrase` as people would say it."""

    noun: str
    more: tuple[str, ...] = ()

    @property
    def phrase(self) -> str:
        """The words in order."""
        return " ".join([*self.more, self.noun])


class Nouns:
    """Words that name things one can buy, folded as `companion.shop.retrieval.words` folds them."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)

    def __contains__(self, word: object) -> bool:
        return word in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __or__(self, others: Iterable[str]) -> Nouns:
        return Nouns(self._known | set(others))


def nouns_of(products: Iterable[Product]) -> Nouns:
    """The nouns of a catalogue: the last word of each narrowest category's parts, and of each title before its details."""
    found: set[str] = set()
    for product in products:
        parts = re.split(r"[,&/>]|\b(?:and|or)\b", product.category[-1] if product.category else "")
        for part in (*parts, named(product.title)):
            folded = words(part)
            if folded and folded[-1].isalpha() and len(folded[-1]) > 2 and folded[-1] not in _NO_THING:
                found.add(folded[-1])
    return Nouns(found)


def named(title: str) -> str:
    """The part of a product's title that names it, details cut off.

    >>> named("Rechargeable mushroom table lamp, warm light"), named("24 litre travel backpack (opens flat)")
    ('Rechargeable mushroom table lamp', '24 litre travel backpack')
    """
    first = _CUT.search(title)
    return (title[: first.start()] if first and first.start() else title).strip()


def thing_of_title(title: str, nouns: Nouns) -> Thing:
    """What a product title names: by its last known noun, else its last word. The noun is "" for an empty title."""
    folded = words(named(title))
    places = [place for place, word in enumerate(folded) if word in nouns] or [len(folded) - 1]
    return _thing(folded, places[-1]) if folded else Thing("")


def thing_in(text: str, nouns: Nouns) -> Thing | None:
    """The thing that a comment points at ("the mushroom lamp", "your blue rug"); None where it names none that is known."""
    folded = words(text)
    for place, word in enumerate(folded):
        if word in _SPOKEN_OF:
            return None
        if word not in _POINTING:
            continue
        noun = None
        for ahead in range(place + 1, min(place + 2 + MODIFIERS, len(folded))):
            if folded[ahead] in _STOP:
                break
            if folded[ahead] in nouns:
                noun = ahead
        if noun is not None:
            return _thing(folded[place + 1 :], noun - place - 1)
    return None


def _thing(folded: list[str], place: int) -> Thing:
    more = [word for word in folded[max(0, place - MODIFIERS) : place] if word.isalpha() and word not in _LOOK]
    return Thing(folded[place], tuple(more))
