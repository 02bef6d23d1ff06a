"""What is named outright: colours, materials, franchises, occasions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from companion.shop.understanding.kinds import Mention, lexicon
from companion.shop.understanding.phrases import Found, table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.tones import find_tones
from companion.shop.understanding.word_files import word_class

_NO_COLOUR_BEFORE = word_class("no colour before")
"""Words that make another thing of the colour before them ("green tea", "white noise")."""
_LONG_AGO = frozenset(("since", "last", "after", "previous"))
_TASTED = ("food", "home fragrance", "perfume", "soap", "skincare", "bath", "makeup", "cookware", "plant", "seeds")
_NO_COLOUR_AFTER = frozenset(("pitch", "tickled", "go", "goes", "going", "gone", "turn", "turns", "turned", "turning", "went"))
_ONLY_VIETNAMESE = word_class("colours only vietnamese")
_NO_FRANCHISE_BEFORE, _DENIALS = word_class("no franchise before"), word_class("denials")
_NO_MATERIAL_BEFORE = word_class("no material before")


def find_franchises(reading: Reading) -> tuple[str, ...]:
    """Films, series, games, bands and teams. They come first of all finders: "Ben 10" is no age, "101 Dalmatians" no budget."""
    found = [one for one in table("franchises").find(reading.tokens) if _is_franchise(reading, one)]
    for one in found:
        reading.take(one.first, one.last)
    return tuple(dict.fromkeys(one.row[0].rstrip("!") for one in found))


def _is_franchise(reading: Reading, one: Found) -> bool:
    """Not "frozen peas", and not what is unwanted: "no Barbie"."""
    denied = any(reading.word(place) in _DENIALS for place in (one.first - 1, one.first - 2) if place >= 0)
    after = one.last + (reading.word(one.last) in {"print", "theme", "themed", "stuff", "design", "one"})
    denied = denied or (reading.word(after) == "no" and reading.breaks_before(after + 1) and not reading.breaks_before(after))
    if one.row[0].endswith("!") and one.last - one.first == 1:  # "Stitch" is also a stitch
        start = reading.tokens[one.first].start
        denied = denied or not (reading.text[start].isupper() and start > 0 and not reading.text.isupper())
    return reading.word(one.last) not in _NO_FRANCHISE_BEFORE and not denied


def find_occasions(reading: Reading) -> tuple[tuple[str, ...], frozenset[int]]:
    """What it is for (a birthday, a wedding, the first day of school), and the tokens that say so."""
    found = [
        one
        for one in table("occasions").find(reading.tokens, reading.foreign)
        if reading.free(one.first, one.last) and reading.word(one.first - 1) not in _LONG_AGO
    ]
    if reading.has_comments:  # a caption's feast is not asked for where the comments name one, and a party there is only the scene
        asked = [one for one in found if reading.part_of[one.first]]
        found = asked or [one for one in found if one.row[0] not in {"party", "festival"}]
    places = frozenset(place for one in found for place in range(one.first, one.last))
    names = (
        "birthday" if reading.language == "pt" and reading.word(one.first) == "aniversario" and one.last - one.first == 1 else one.row[0]
        for one in found
    )
    return tuple(dict.fromkeys(names)), places


def find_colours(reading: Reading, mentions: Sequence[Mention], makers: frozenset[int] = frozenset()) -> tuple[str, ...]:
    """Colours that are not part of a product's name, as written, in other languages by their English names; the tokens become explained."""
    inside = {place for one in mentions for place in range(one.first, one.last)}
    inside -= {place for one in mentions if one.last - one.first == 1 for place in range(one.first, one.last)} & _of_two_words(reading)
    inside |= makers
    found: list[tuple[int, str]] = []
    if not reading.foreign:
        tones = find_tones(
            reading,
            any(one.kind != "gift" for one in mentions),
            any(lexicon().is_a(one.kind, wide) for one in mentions for wide in _TASTED),
        )
        covered = makers | {place for one in mentions if one.last - one.first > 1 for place in range(one.first, one.last)}
        tones = [one for one in tones if covered.isdisjoint(range(one[0], one[1]))]
        found = [(first, name) for first, _, name in tones]
        for first, last, _ in tones:
            reading.take(first, last)
    for one in table("colours", 1, 2).find(reading.tokens, reading.foreign):
        places = range(one.first, one.last)
        several = one.last - one.first > 1
        if (
            inside.isdisjoint(places)
            and reading.free(one.first, one.last)
            and reading.word(one.last) not in _NO_COLOUR_BEFORE
            and reading.word(one.first - 1) not in _NO_COLOUR_AFTER
            and (reading.language in {"vi", "en"} or several or reading.word(one.first) not in _ONLY_VIETNAMESE)
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
