"""A query as tokens: letters folded (no accents, lower case), each with its place in the text and the stem that lexicons are keyed by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from companion.shop.understanding.word_files import rows_of, word_class

MAX_CHARS = 1200
"""Code points read of a query; captions with their asking comments stay under 600."""

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")
_LETTERS = {
    "đ": "d",
    "ð": "d",
    "ø": "o",
    "ł": "l",
    "ı": "i",
    "ß": "s",
    "æ": "a",
    "œ": "o",
    "\u2019": "'",
    "\u2018": "'",
    "\u00b4": "'",
    "\u02bc": "'",
}
_KEPT = word_class("kept plurals")
_IRREGULAR = {row[0]: row[1] for row in rows_of("irregular")}


@dataclass(frozen=True, slots=True)
class Token:
    """`start` and `end` are places in the folded text; `before` is what stands between the token before and this one."""

    word: str
    stem: str
    start: int
    end: int
    before: str


def cut(text: str) -> str:
    """The text's first 1,200 code points, compatibility forms resolved and accents composed."""
    short = text[:MAX_CHARS]
    return short if short.isascii() else unicodedata.normalize("NFKC", short)[:MAX_CHARS]


def fold(text: str) -> str:
    """The cut text in lower case without accents; one character for each of `cut(text)`, so that places stay the same."""
    short = cut(text)
    return short.lower() if short.isascii() else "".join(_letter(one) for one in short)


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    lowered = char.lower()
    if lowered in _LETTERS:
        return _LETTERS[lowered]
    plain = [one for one in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(one)]
    first = plain[0] if plain else " "
    return _LETTERS.get(first, first)


def tokens_of(folded: str) -> tuple[Token, ...]:
    """The words and numbers of a folded text, in order."""
    found: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(folded):
        word = match.group()
        found.append(Token(word, stem(word), match.start(), match.end(), folded[last : match.start()]))
        last = match.end()
    return tuple(found)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """One form for singular, plural and possessive, and for British and American spelling.

    >>> [stem(word) for word in ("shoes", "dresses", "batteries", "women's", "glass")]
    ['shoe', 'dress', 'battery', 'women', 'glass']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = word.removesuffix("'s").replace("'", "")
    if word in _KEPT or len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return _IRREGULAR.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return word[:-2]
    return _IRREGULAR.get(word[:-1], word[:-1])


@lru_cache(maxsize=65536)
def stems_of(text: str) -> tuple[str, ...]:
    """Stems of a text, in order."""
    return tuple(token.stem for token in tokens_of(fold(text)))
