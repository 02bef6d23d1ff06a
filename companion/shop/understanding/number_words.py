"""Numbers in English words, composed as people compose them: "two thousand five hundred and one", "fifteen hundred", "half a lakh"."""

from __future__ import annotations

import re

_ONES = {name: value for value, name in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1)}
_TEENS = {
    name: value
    for value, name in enumerate(
        ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"), 10
    )
}
_TENS = {
    name: 10 * value for value, name in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
} | {"fourty": 40}
_BELOW_100 = _ONES | _TEENS | _TENS
_SCALES = {
    **dict.fromkeys(("thousand", "thousands", "grand"), 1_000),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 100_000),
    **dict.fromkeys(("million", "millions"), 1_000_000),
    **dict.fromkeys(("crore", "crores"), 10_000_000),
}
FIGURES = {name: str(value) for name, value in (_ONES | _TEENS).items() if value > 1}
"""Number words that names are told apart by as often as by figures: "two-person tent"."""
WORDS = frozenset((*_BELOW_100, *_SCALES, "hundred", "hundreds", "half"))
"""Every word of which a number is made."""


def _any(words: dict[str, int]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


_GAP, _AND = r"[\s-]+", r",?[\s-]+(?:and\s+)?"
_TENS_AND_ONES = rf"(?:{_any(_TENS)}(?:{_GAP}{_any(_ONES)}\b)?)"
_SMALL = rf"(?:{_TENS_AND_ONES}|{_any(_TEENS)}|{_any(_ONES)})\b"
_HALVED = rf"(?:{_SMALL}{_GAP}and{_GAP}a{_GAP}half|half(?:{_GAP}an?)?|an?{_GAP}half)"
_HUNDREDS = rf"(?:(?:{_HALVED}|{_SMALL}|an?|a{_GAP}couple(?:{_GAP}of)?){_GAP})?hundreds?\b"
_BELOW_1000 = rf"(?:{_HUNDREDS}(?:{_AND}{_SMALL})?|{_any(_ONES)}{_GAP}{_TENS_AND_ONES}\b|{_SMALL})"
_SCALED = rf"(?:(?:{_HALVED}|{_BELOW_1000}|an?|a{_GAP}couple(?:{_GAP}of)?){_GAP})?{_any(_SCALES)}\b"
_LARGE = (
    rf"(?:{_SCALED}(?:{_AND}{_SCALED}){{0,2}}(?:{_AND}{_BELOW_1000})?|{_HUNDREDS}(?:{_AND}{_SMALL})?|{_any(_ONES)}{_GAP}{_TENS_AND_ONES}\b)"
)
LARGE = rf"\b(?:{_LARGE}|{_TENS_AND_ONES}\b)"
"""A regular expression of numbers in words from twenty on."""
ANY = rf"\b(?:{_LARGE}|{_SMALL})"
"""The same of all from one on."""
GOES_ON = rf"{_GAP}(?:hundred|and{_GAP}a{_GAP}half|{_any(_SCALES)}|{_any(_TENS)})"
"""What follows the first word of a larger number."""
_WORD = re.compile(r"[a-z]+")


def value_of(text: str) -> float | None:
    """The number that words say, None where they say none.

    >>> [value_of(one) for one in ("six thousand", "two and a half thousand", "fifteen hundred and five", "one fifty", "half a lakh")]
    [6000.0, 2500.0, 1505.0, 150.0, 50000.0]
    """
    words = [word for word in _WORD.findall(text) if word not in {"and", "of"}]
    if not WORDS.intersection(words):
        return None
    total, current, half = 0.0, 0.0, False
    for place, word in enumerate(words):
        if word in _BELOW_100:
            value = _BELOW_100[word]
            told_apart = 0 < current < 10 and value >= 10 and words[place - 1] in _ONES  # "two fifty"
            current = current * 100 + value if told_apart else current + value
        elif word == "couple":
            current += 2
        elif word == "half":
            half = True
        elif word in {"hundred", "hundreds"}:
            current, half = (current + 0.5 * half or 1) * 100, False
        elif word in _SCALES:
            total, current, half = total + (current + 0.5 * half or 1) * _SCALES[word], 0.0, False
        elif word not in {"a", "an"}:
            return None
    return total + current


def scale_of(text: str) -> float:
    """The scale that a number in words ends with, 1 where with none: of "three thousand" 1,000."""
    words = _WORD.findall(text)
    if not words:
        return 1.0
    return float(100 if words[-1] in {"hundred", "hundreds"} else _SCALES.get(words[-1], 1))
