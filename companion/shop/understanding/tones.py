"""Colours by names that are things elsewhere ("sage", "champagne"), and shades ("brownish"): read as colours by their company."""

from __future__ import annotations

import re

from companion.shop.understanding.phrases import table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.word_files import word_class

_TONES, _EDIBLE = word_class("tones"), word_class("edible tones")
_JOINERS = frozenset(("or", "and", "n", "&", "and/or"))
_COLOURED = frozenset(("coloured", "colored", "colour", "color", "tone", "toned", "shade"))
_AFTER = frozenset(
    ("please", "pls", "plz", "if", "with", "under", "for", "size", "to", "would", "ideally", "preferably", "around", "below")
)
_SHADES = frozenset(
    (
        "dusty",
        "dark",
        "light",
        "pale",
        "bright",
        "deep",
        "forest",
        "royal",
        "baby",
        "hot",
        "pastel",
        "burnt",
        "powder",
        "sky",
        "ice",
        "off",
        "bottle",
        "racing",
        "electric",
        "neon",
        "soft",
        "muted",
    )
)
_WISHED = frozenset(("want", "wants", "prefer", "prefers", "preferably", "ideally", "maybe", "fancy", "fancies"))
_SHADE = re.compile(r"(?P<base>[^\W\d_]{2,}?)(?:ish|y)")
_IRREGULAR = {"redd": "red", "blu": "blue", "purpl": "purple", "whit": "white", "orang": "orange", "beig": "beige"}


def find_tones(reading: Reading, named: bool, edible: bool = False) -> list[tuple[int, int, str]]:
    """(first token, one past the last, colour as written).

    `named`: a product is named, so that a fragment of tones alone describes it; `edible`: it is food or scent: "plum" is no colour.
    """
    found: list[tuple[int, int, str]] = []
    place = 0
    while place < len(reading.tokens):
        last = _run(reading, place)
        if last > place and reading.hashtags.isdisjoint(range(place, last)) and _describes(reading, place, last, named, edible):
            end = last + (reading.word(last) in _COLOURED)
            found += [
                (at, end if at + 1 == last else at + 1, reading.word(at))
                for at in range(place, last)
                if reading.word(at) in _TONES
                and not (at + 1 < last and _is_colour(reading.word(at + 1)) and not reading.breaks_before(at + 1))
            ]
        elif shade := shade_of(reading.word(place)):
            found.append((place, place + 1, shade))
        place = max(last, place + 1)
    return [one for one in found if reading.free(one[0], one[1])]


def shade_of(word: str) -> str:
    """The colour of which a word is a shade, empty where it is none: "reddish" is red."""
    match = _SHADE.fullmatch(word) if word.endswith("ish") else None
    base = _IRREGULAR.get(match["base"], match["base"]) if match else ""
    return base if base and table("colours", 1, 2).get(base) else ""


def _run(reading: Reading, first: int) -> int:
    """One past tones and colours joined by "or" and commas, from a place on."""
    last = first
    while _is_colour(reading.word(last)):
        last += 1
        goes_on = reading.word(last) in _JOINERS and _is_colour(reading.word(last + 1))
        listed = last < len(reading.tokens) and reading.tokens[last].before.strip() in {",", "/"} and _is_colour(reading.word(last))
        if goes_on or (reading.word(last) in _JOINERS and reading.word(last + 1) in _SHADES and _is_colour(reading.word(last + 2))):
            last += 1 if goes_on else 2
        elif _is_colour(reading.word(last)) and reading.word(last) not in _TONES and not reading.breaks_before(last):
            continue  # "chocolate brown"
        elif not listed:
            break
    return last


def _is_colour(word: str) -> bool:
    return word in _TONES or bool(word and table("colours", 1, 2).get(word))


def _describes(reading: Reading, first: int, last: int, named: bool, edible: bool) -> bool:
    words = {reading.word(place) for place in range(first, last)} - _JOINERS
    if not words & _TONES:
        return False
    if reading.word(last) in _COLOURED or (len(words) > 1 and words - _TONES):
        return True
    ends = reading.breaks_before(last) or reading.word(last) in _AFTER
    after_in = reading.word(first - 1) == "in" or (
        reading.word(first - 2) == "in" and reading.word(first - 1) in {"a", "that", "the", "this"}
    )
    wanted = reading.word(first - 1) in _WISHED
    listed = named and reading.is_keywords and first > 0 and not (edible and words & _EDIBLE)
    if listed and (ends or not reading.free(last, last + 1)):
        return True
    return ends and (after_in or wanted or (named and reading.breaks_before(first) and first > 0 and not words & _EDIBLE))
