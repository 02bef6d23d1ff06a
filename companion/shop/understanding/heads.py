"""Names of things beyond the kinds of the lexicon: words known to name a thing, so that a name ends in them and not in what follows.

They carry no kind: a search takes them as any thing that the lexicon does not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from companion.shop.understanding.kinds import Mention
from companion.shop.understanding.phrase_heads import DESCRIBE_AFTER, GOVERNS, WIDE
from companion.shop.understanding.phrases import Phrases
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.text import Token
from companion.shop.understanding.word_files import cell, names_in, rows_of, spellings, word_class

FILES = ("heads_home", "heads_life", "heads_wear")
UNKNOWN = ""
"""The kind of these mentions."""
AFTER_A_WORD = word_class("heads after a word")
"""Things only with a word before them: a "crochet kit", a "lego orchid set"."""
_OTHERS = word_class("articles") | {"and", "or"}
FURTHEST = 4
"""Words from a name to one after it that may still describe it."""


def with_heads(reading: Reading, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions and the further things named, in order, none overlapping; a longer name takes the place of those it goes beyond."""
    named = _named(reading.tokens, reading.language)
    found = [Mention(UNKNOWN, first, last) for first, last in named if reading.free(first, last) and not _is_shortened(reading, last - 1)]
    found += _after_a_word(reading, [*mentions, *found])
    if not found:
        return _without_describing(reading, mentions)
    kept = [
        one for one in found if not any(other.first < one.last and one.first < other.last and other.last >= one.last for other in mentions)
    ]
    longer = {place for one in kept for place in range(one.first, one.last)}
    every = (*kept, *(one for one in mentions if longer.isdisjoint(range(one.first, one.last))))
    return _without_describing(reading, sorted(every, key=lambda one: one.first))


def _without_describing(reading: Reading, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without those that, after the name of a thing and a further word, only describe it: "wallet rfid safe"."""
    return [one for one in mentions if not any(_describes(reading, one, other) for other in mentions)]


def _describes(reading: Reading, one: Mention, before: Mention) -> bool:
    apart = one.first - before.last
    if one.last - one.first > 1 or reading.word(one.first) not in DESCRIBE_AFTER or apart not in range(1, FURTHEST) or before.kind in WIDE:
        return False
    between = range(before.last, one.first + 1)
    return not any(reading.breaks_before(place) or reading.word(place) in GOVERNS or reading.word(place) in _OTHERS for place in between)


def _is_shortened(reading: Reading, place: int) -> bool:
    """Whether it is two words in one: "she'd" is no shed."""
    return "'" in reading.word(place) and not reading.word(place).endswith("'s")


def _named(tokens: Sequence[Token], language: str) -> list[tuple[int, int]]:
    if language == "en":
        return [(one.first, one.last) for one in _english().find(tokens)]
    known = _foreign().get(language)
    return [(one.first, one.last) for one in known.find(tokens)] if known else []


def _after_a_word(reading: Reading, known: Sequence[Mention]) -> list[Mention]:
    if reading.foreign:
        return []
    inside = {place for one in known for place in range(one.first, one.last)}
    return [
        Mention(UNKNOWN, place, place + 1)
        for place, token in enumerate(reading.tokens)
        if token.stem in AFTER_A_WORD
        and place > 0
        and place not in inside
        and reading.free(place - 1, place + 1)
        and not reading.breaks_before(place)
        and place not in reading.hashtags
        and not carries_nothing(reading.word(place - 1), False)
        and not reading.word(place - 1)[:1].isdigit()
        and reading.word(place + 1) not in {"of", "up", "off", "in", "on", "it", "down"}
    ]


@cache
def _english() -> Phrases:
    return Phrases([(name,) for file in FILES for row in rows_of(file) for name in names_in(row[0])], None)


@cache
def _foreign() -> dict[str, Phrases]:
    rows = rows_of("heads_foreign")
    return {row[0]: Phrases([(one,) for name in names_in(cell(row, 1)) for one in spellings(name)], None) for row in rows}
