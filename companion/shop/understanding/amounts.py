"""Amounts of money as people write them: "$1,299.00", "Rs. 500", "50k", "2 juta", "30 bucks", "€3,99"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.shop.understanding import number_words
from companion.shop.understanding.alternation import one_of
from companion.shop.understanding.word_files import cell, names_in, rows_of

LEAST_IN_WORDS = 5
"""Smaller numbers in words are counts more often than prices, unless a limit is spoken of and a currency follows."""
_IN_WORDS = {name: float(row[0]) for row in rows_of("numbers") for name in names_in(cell(row, 1)) if float(row[0]) >= LEAST_IN_WORDS}
LEAST_BARE = 20
"""Smaller numbers in words need a currency after them even where a limit is spoken of."""
_FROM_FIVE = rf"(?!\b(?:one|two|three|four)\b(?!{number_words.GOES_ON})){number_words.ANY}"
_NOTES = {"fiver": 5.0, "tenner": 10.0}
NOTES_PATTERN = "|".join(_NOTES)
"""Bank notes of pounds by their names."""
NUMBER = r"\d{1,3}(?:[ ,.]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
_SCALES = {
    "k": 1e3, "rb": 1e3, "ribu": 1e3, "thousand": 1e3, "mil": 1e3, "nghin": 1e3, "ngan": 1e3, "hundred": 1e2,
    "grand": 1e3, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "crore": 1e7, "crores": 1e7,
    "jt": 1e6, "juta": 1e6, "trieu": 1e6, "tr": 1e6, "million": 1e6, "millon": 1e6,
}  # fmt: skip
SCALE = rf"(?:\s*(?:{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b)"

_SIGNS = {sign: row[0] for row in rows_of("currencies") for sign in names_in(cell(row, 1))}
_WORDS = {word: row[0] for row in rows_of("currencies") for word in names_in(cell(row, 2))}
LEAST_DONG = 1_000
"""A smaller figure before a "d" is no price: "3d printer"."""
_PESOS = ("MXN", "PHP", "COP", "ARS", "CLP")

SIGN = "|".join(re.escape(one) for one in sorted(_SIGNS, key=len, reverse=True))
WORD = "|".join(re.escape(one) + (r"\b" if one[-1].isalpha() else "") for one in sorted(_WORDS, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Amount:
    """`currency` is empty where none was said; `scale` is 1 where no "k", "juta" or the like followed."""

    value: float
    currency: str
    scale: float = 1.0


def amount_pattern(name: str, bare_words: bool = False, any_words: bool = False) -> str:
    """A regular expression of one amount.

    Args:
        name: what its groups begin with.
        bare_words: "two hundred" counts without a currency after it.
        any_words: so does "two", as in "two to three hundred rupees".
    """
    sign = rf"(?:(?<![a-z])(?P<{name}_sign>{SIGN})\s*|(?<![\w.,]))"
    foreign = one_of(_IN_WORDS)
    large = one_of(word for word, value in _IN_WORDS.items() if value >= LEAST_BARE)
    words = rf"(?:{number_words.ANY if bare_words else _FROM_FIVE}|\b{foreign}\b)(?=\s*(?:{WORD}))"
    if any_words:
        words = rf"{number_words.ANY}(?!\s+and\s+an?\s+half)"
    bare = rf"|{number_words.LARGE}|\b{large}\b" if bare_words else ""
    halved = rf"\d+\s+and\s+a\s+half(?={SCALE})"
    numbers = rf"{halved}|{NUMBER}|{words}{bare}|(?:\ba\s+)?\b(?:{NOTES_PATTERN})\b"
    return rf"{sign}(?P<{name}>{numbers})(?P<{name}_scale>{SCALE})?(?:\s*(?P<{name}_word>{WORD}))?"


def read_amount(match: re.Match[str], name: str, fallback: str, language: str) -> Amount | None:
    """The amount of a group, None where the group is absent. `fallback` is the catalogue's currency; it chooses among pesos."""
    number = match.group(name)
    if number is None:
        return None
    scale = _SCALES.get((match.group(f"{name}_scale") or "").strip(), 1.0)
    in_words = number_words.scale_of(number) if scale == 1 else 1.0
    sign, word = match.group(f"{name}_sign"), match.group(f"{name}_word")
    if word == "d" and read_number(number) * scale < LEAST_DONG:
        word = None
    currency = _SIGNS[sign] if sign else _WORDS.get(word or "", "")
    if number.rpartition(" ")[2] in _NOTES:
        currency = "GBP"
    if currency == "peso":
        currency = fallback if fallback in _PESOS else ("PHP" if language == "en" else "MXN")
    return Amount(read_number(number) * scale, currency, scale * in_words)


def read_number(text: str) -> float:
    """The value of a written number; a separator before exactly three last digits parts thousands.

    >>> [read_number(one) for one in ("1,299.00", "3,99", "1.500", "20")]
    [1299.0, 3.99, 1500.0, 20.0]
    """
    note = text.rpartition(" ")[2]
    if note in _NOTES:
        return _NOTES[note]
    if (in_words := number_words.value_of(text)) is not None and not text[0].isdigit():
        return in_words
    if text in _IN_WORDS:
        return _IN_WORDS[text]
    if text.endswith("half"):
        return read_number(text.split(maxsplit=1)[0]) + 0.5
    text = text.replace(" ", "")
    tail = re.search(r"[.,](\d{1,2})$", text)
    whole = re.sub(r"[.,]", "", text[: tail.start()] if tail else text)
    return float(f"{whole}.{tail.group(1)}") if tail else float(whole)
