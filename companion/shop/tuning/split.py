"""Which product types are kept aside to check: whole types, so that no type that was learned is asked about in the check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from companion.shop.tuning.asks import Ask

ASIDE = 0.2
"""Share of the product types."""


def is_aside(type_: str, seed: int) -> bool:
    """Whether a product type is kept aside; a type stays on its side when the catalogue grows."""
    digest = hashlib.blake2b(f"{seed} {type_}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) < ASIDE * 2**64


def parted(asks: Iterable[Ask], seed: int) -> tuple[list[Ask], list[Ask]]:
    """(learned from, kept aside).

    A question whose very words stand on both sides, because one thing is sold as two types, is only kept aside.
    """
    learned: list[Ask] = []
    aside: list[Ask] = []
    for ask in asks:
        (aside if is_aside(ask.type, seed) else learned).append(ask)
    known = {_words(ask.query) for ask in aside}
    return [ask for ask in learned if _words(ask.query) not in known], aside


def thinned(asks: Sequence[Ask], most: int) -> list[Ask]:
    """At most so many, spread evenly over the sequence; the user's own stay before made ones."""
    own = [ask for ask in asks if ask.origin == "yours"][:most]
    rest = [ask for ask in asks if ask.origin == "made"]
    room = min(most - len(own), len(rest))
    return own + [rest[int(number * len(rest) / room)] for number in range(room)]


def _words(query: str) -> str:
    return " ".join(query.lower().split())
