"""One word in several spellings: of Britain and of the United States, and numbers in words and in figures."""

from __future__ import annotations

from functools import lru_cache

from companion.shop.understanding.number_words import FIGURES

_BRITISH = (
    ("ised", "ized"),
    ("iser", "izer"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("our", "or"),
    ("bre", "ber"),
    ("tre", "ter"),
    ("oured", "ored"),
)
_SHORTEST = 3
"""Letters before an ending that is spelt in two ways."""


def is_spelt(one: str, other: str) -> bool:
    """Whether two stems are one word in the spelling of Britain or of the United States: "motorised", "colour", "fibre"."""
    return one == other or (len(one) > 4 and american(one) == american(other))


@lru_cache(maxsize=4096)
def american(stem: str) -> str:
    """A stem as it is spelt in the United States, roughly: only to be compared with others."""
    for ending, other in _BRITISH:
        if stem.endswith(ending) and len(stem) - len(ending) >= _SHORTEST:
            return stem.removesuffix(ending) + other
    return stem


@lru_cache(maxsize=4096)
def spelt_otherwise(stem: str) -> tuple[str, ...]:
    """How else a title may spell a stem, roughly: some of what is given is no word, and so in no title.

    >>> spelt_otherwise("stabiliser"), spelt_otherwise("stabilizer"), spelt_otherwise("three")
    (('stabilizer',), ('stabiliser',), ('3',))
    """
    if stem in FIGURES:
        return (FIGURES[stem],)
    both = (*_BRITISH, *((there, here) for here, there in _BRITISH))
    others = (stem.removesuffix(end) + put for end, put in both if stem.endswith(end) and len(stem) - len(end) >= _SHORTEST)
    return tuple(dict.fromkeys(other for other in others if other != stem))
