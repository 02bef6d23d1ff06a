"""What is named outright: colours, materials, brands, franchises, occasions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from companion.shop.understanding.kinds import Mention, key_of
from companion.shop.understanding.phrases import Found, Phrases, table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.tones import find_tones
from companion.shop.understanding.word_files import names_in, rows_of, word_class

_NO_COLOUR_BEFORE = word_class("no colour before")
"""Words that make another thing of the colour before them ("green tea", "white noise")."""
_NO_FRANCHISE_BEFORE, _DENIALS = word_class("no franchise before"), word_class("denials")
_EITHER_MAKER = re.compile(r"\b(?:from|by)\s+(?P<one>[A-Z][\w&'-]+)\s+or\s+(?P<other>[A-Z][\w&'-]+)")
"""Makers that no list has, where the wish leaves the choice of two: "from Uvex or Abus"."""
_LIKENED = word_class("likened")
_NO_MATERIAL_BEFORE = word_class("no material before")


def find_franchises(reading: Reading) -> tuple[str, ...]:
    """Films, series, games, bands and teams. They come first of all finders: "Ben 10" is no age, "101 Dalmatians" no budget."""
    found = [one for one in table("franchises").find(reading.tokens) if _is_franchise(reading, one)]
    for one in found:
        reading.take(one.first, one.last)
    return tuple(dict.fromkeys(one.row[0] for one in found))


def _is_franchise(reading: Reading, one: Found) -> bool:
    """Not "frozen peas", and not what is unwanted: "no Barbie"."""
    denied = any(reading.word(place) in _DENIALS for place in (one.first - 1, one.first - 2) if place >= 0)
    return reading.word(one.last) not in _NO_FRANCHISE_BEFORE and not denied


def find_occasions(reading: Reading) -> tuple[tuple[str, ...], frozenset[int]]:
    """What it is for (a birthday, a wedding, the first day of school), and the tokens that say so."""
    found = [one for one in table("occasions").find(reading.tokens, reading.foreign) if reading.free(one.first, one.last)]
    if reading.has_comments:  # a caption's feast is not asked for where the comments name one, and a party there is only the scene
        asked = [one for one in found if reading.part_of[one.first]]
        found = asked or [one for one in found if one.row[0] not in {"party", "festival"}]
    places = frozenset(place for one in found for place in range(one.first, one.last))
    names = (
        "birthday" if reading.language == "pt" and reading.word(one.first) == "aniversario" and one.last - one.first == 1 else one.row[0]
        for one in found
    )
    return tuple(dict.fromkeys(names)), places


def find_colours(reading: Reading, mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Colours that are not part of a product's name, as written, in other languages by their English names; the tokens become explained."""
    inside = {place for one in mentions for place in range(one.first, one.last)}
    inside -= {place for one in mentions if one.last - one.first == 1 for place in range(one.first, one.last)} & _of_two_words(reading)
    found: list[tuple[int, str]] = []
    if not reading.foreign:
        tones = find_tones(reading, any(one.kind != "gift" for one in mentions))
        found = [(first, name) for first, _, name in tones]
        for first, last, _ in tones:
            reading.take(first, last)
    for one in table("colours", 1, 2).find(reading.tokens, reading.foreign):
        places = range(one.first, one.last)
        if (
            inside.isdisjoint(places)
            and reading.free(one.first, one.last)
            and reading.word(one.last) not in _NO_COLOUR_BEFORE
            and reading.hashtags.isdisjoint(places)
        ):
            reading.take(one.first, one.last)
            found.append((one.first, one.row[0] if reading.foreign else _bare(" ".join(reading.word(place) for place in places))))
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


def _bare(colour: str) -> str:
    """Without "coloured" after it, where a colour is left."""
    bare = re.sub(r"\s+(?:colou?red|colou?r)$", "", colour)
    return colour if bare in {"multi", "see"} else bare


def _of_two_words(reading: Reading) -> set[int]:
    """Tokens of colours of two words: "rose gold" is neither a rose nor gold."""
    found = table("colours", 1, 2).find(reading.tokens, reading.foreign)
    return {place for one in found if one.last - one.first > 1 for place in range(one.first, one.last)}


def find_materials(reading: Reading, mentions: Iterable[Mention] = ()) -> tuple[str, ...]:
    """Materials, yet not the iron of a steam iron; their tokens stay, since they are good search words."""
    tools = {place for one in mentions if "iron" in one.kind or one.kind == "multimeter" for place in range(one.first, one.last)}
    return tuple(
        dict.fromkeys(
            one.row[0]
            for one in table("materials", 1, 2).find(reading.tokens, reading.foreign)
            if reading.free(one.first, one.last)
            and one.first not in tools
            and reading.word(one.last) not in _NO_MATERIAL_BEFORE
            and not _is_small(reading, one)
        )
    )


def _is_small(reading: Reading, one: Found) -> bool:
    """Whether a word of another language only looks like the name: "für" without its dots."""
    return reading.foreign and carries_nothing(reading.word(one.first), True)


def find_brands(reading: Reading, catalogue_brands: Phrases | None) -> tuple[str, ...]:
    """Brands by the list of well-known ones and the catalogue's own. Words that are also plain English need a capital letter."""
    found: list[tuple[int, str]] = []
    for phrases in (_known_brands(), catalogue_brands):
        for one in phrases.find(reading.tokens) if phrases else ():
            name = one.row[0].rstrip("!")
            capital = reading.text[reading.tokens[one.first].start : reading.tokens[one.first].start + 1].isupper()
            if reading.free(one.first, one.last) and (capital or not one.row[0].endswith("!")) and not _is_measure(reading, one):
                found.append((one.first, name))
    for match in _EITHER_MAKER.finditer(reading.text):
        for name in ("one", "other"):
            place, last = reading.tokens_in(*match.span(name))
            if reading.free(place, last) and all(at != place for at, _ in found):
                found.append((place, match[name]))
    unique = {key_of(name): name for _, name in sorted(found, reverse=True)}
    return tuple(unique[key_of(name)] for _, name in sorted(found) if unique.get(key_of(name)) == name)


def _is_measure(reading: Reading, one: Found) -> bool:
    """Whether the maker is only what the thing is likened to: "Stanley dupe", "alternative to Dyson"."""
    before = (reading.word(one.first - 2), reading.word(one.first - 1))
    after = (reading.word(one.last), reading.word(one.last + 1) if not reading.breaks_before(one.last + 1) else "")
    return bool(_LIKENED.intersection(after)) or (before[0] in _LIKENED and before[1] in {"for", "to", "of"})


@cache
def _known_brands() -> Phrases:
    return Phrases([(name,) for row in rows_of("brands") for name in names_in(row[0])], None)
