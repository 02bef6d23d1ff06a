"""Text -> the words that the lexical leg counts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_APOSTROPHE = re.compile(r"['’`´]s?\b")

_FUNCTION_WORDS = """
a an and are as at be been but by can could did do does for from had has have he her hers him his how i i'm if in into is it its let like
me my of on or our ours she should so some than that the their them then there these they this those to too us was we were what when where
which who whom whose why will with would you your yours am just very really
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""English words that say nothing about a product; they are not counted in a query."""


def words(text: str) -> list[str]:
    """The words in order, folded: small letters, no accents, singular; numbers by themselves ("10inch" is "10", "inch").

    >>> words("Women's Running-Shoes, 1.5 Ton"), words("bodies glasses dress boxes")
    (['women', 'running', 'shoe', '1.5', 'ton'], ['body', 'glass', 'dress', 'box'])
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text)).lower()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return [singular(word) for word in _WORD.findall(plain)]


def asked(text: str) -> list[str]:
    """The words of a query without function words, unless nothing else is left."""
    found = words(text)
    return [word for word in found if word not in _FOLDED] or found


@lru_cache(maxsize=200_000)
def singular(word: str) -> str:
    """An English word without its plural ending; other words seldom change.

    >>> [singular(word) for word in ("watches", "toys", "batteries", "bus", "gas", "shoes", "leaves")]
    ['watch', 'toy', 'battery', 'bus', 'gas', 'shoe', 'leaf']
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("ves") and word in _LEAVES:
        return word[:-3] + "f"
    return word[:-1]


_LEAVES = frozenset(("leaves", "shelves", "scarves", "loaves", "halves", "wolves", "calves", "elves"))

_FOLDED = frozenset(singular(word) for word in FUNCTION_WORDS)
