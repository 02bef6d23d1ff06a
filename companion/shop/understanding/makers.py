"""Makers: by the lists of known ones and the catalogue's own, by their company, by words like "preferably", and beside other makers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from companion.shop.understanding.kinds import Mention, key_of
from companion.shop.understanding.phrases import Found, Phrases, table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.text import stems_of
from companion.shop.understanding.word_files import cell, names_in, rows_of, word_class

FILES = (
    "brands",
    "brands_wear",
    "brands_beauty",
    "brands_home",
    "brands_tech",
    "brands_active",
    "brands_young",
    "brands_more",
)
MOSTLY_CAPITAL = 0.6
"""Share of words with a capital letter from which on capital letters tell nothing."""
_LIKENED = word_class("likened")
_NO_MAKERS = word_class("no makers")
_NAME = r"[A-Z][\w&'’-]+(?:\s(?!Or\b|And\b)[A-Z][\w&'’-]+)?"
_CUES = (
    re.compile(rf"\b(?:from|by)\s+(?P<one>{_NAME})\s+or\s+(?P<other>{_NAME})"),
    re.compile(
        rf"\b(?:[Pp]referably|[Ii]deally|[Pp]refer(?:red|ence)?(?:\s+is)?|[Mm]ade\s+by|[Bb]rands?\s+(?:like|such\s+as)|[Ee]ither)\s+"
        rf"(?:by\s+|from\s+|an?\s+|the\s+|some\s+)?(?P<one>{_NAME})(?:\s*(?:,|/|or|and)\s+(?P<other>{_NAME}))?"
    ),
    re.compile(rf"(?P<one>{_NAME})\s+or\s+(?P<other>{_NAME}),?\s+(?:preferably|ideally|preferred|if\s+possible|brand\b|only\b)"),
)
"""Where a capital letter makes even an unknown word a maker: "from Uvex or Abus", "ideally a Marcato", "Roland or Yamaha preferably"."""
_JOINERS = frozenset(("or", "and", "o", "y", "ou", "e", "oder", "und", "et"))


@dataclass(frozen=True, slots=True)
class _Maker:
    """A maker named by the tokens `first` up to, not with, `last`."""

    first: int
    last: int
    name: str


def find_brands(reading: Reading, mentions: Iterable[Mention], catalogue_brands: Phrases | None) -> tuple[tuple[str, ...], frozenset[int]]:
    """Makers in the order said, each once, and the tokens that name them. A name that is also a plain word needs more than its letters."""
    inside = {place for one in mentions if one.last - one.first > 1 for place in range(one.first, one.last)}
    capitals = capitals_tell(reading)
    found: list[_Maker] = []
    maybe: list[_Maker] = []
    for phrases in (_known_brands(), catalogue_brands):
        for one in phrases.find(reading.tokens) if phrases else ():
            if (
                not reading.free(one.first, one.last)
                or not reading.hashtags.isdisjoint(range(one.first, one.last))
                or _is_measure(reading, one)
            ):
                continue
            if one.last - one.first == 1 and carries_nothing(reading.word(one.first), reading.foreign):
                continue
            if one.last - one.first > 1 and one.row[0] in _one_word():
                continue  # "cat eye sunglasses" are no Cateye
            sure = not one.row[0].endswith("!") or (capitals and _has_capital(reading, one.first) and one.first not in inside)
            (found if sure else maybe).append(_Maker(one.first, one.last, one.row[0].rstrip("!")))
    found += _in_company(reading)
    if capitals:
        found += _cued(reading, found)
    found += _beside(reading, found, maybe, capitals)
    longest = sorted(found, key=lambda one: (one.first, -one.last))
    names: dict[str, str] = {}
    for maker in longest:
        names.setdefault(key_of(maker.name), maker.name)
    return tuple(names.values()), frozenset(place for one in longest for place in range(one.first, one.last))


def capitals_tell(reading: Reading) -> bool:
    """Whether a capital letter marks a name: not where all or most words have one, nor in German."""
    words = [token for token in reading.tokens[1:] if token.word.isalpha()]
    upper = sum(reading.text[token.start].isupper() for token in words)
    return reading.language != "de" and (len(words) < 3 or upper < MOSTLY_CAPITAL * len(words))


def _has_capital(reading: Reading, place: int) -> bool:
    return reading.text[reading.tokens[place].start].isupper()


def _is_measure(reading: Reading, one: Found) -> bool:
    """Whether the maker is only what the thing is likened to: "Stanley dupe", "alternative to Dyson"."""
    before = (reading.word(one.first - 2), reading.word(one.first - 1))
    after = (reading.word(one.last), reading.word(one.last + 1) if not reading.breaks_before(one.last + 1) else "")
    if after[0] == "or":
        return after[1] in _LIKENED - {"similar"}
    if after[0] in {"style", "styled", "type", "esque", "vibes", "lookalike"}:
        return True
    return bool(_LIKENED.intersection(after)) or (before[0] in _LIKENED and before[1] in {"for", "to", "of"})


def _in_company(reading: Reading) -> list[_Maker]:
    """Plain words that are makers beside certain things: "ninja" beside an air fryer, "clover" beside crochet hooks."""
    found = [
        one
        for one in _with_company().find(reading.tokens)
        if reading.free(one.first, one.last) and reading.hashtags.isdisjoint(range(one.first, one.last))
    ]
    if not found:
        return []
    return [_Maker(one.first, one.last, one.row[0]) for one in found if _is_kept_company(reading, one)]


def _is_kept_company(reading: Reading, one: Found) -> bool:
    rest = f" {' '.join(token.stem for place, token in enumerate(reading.tokens) if not one.first <= place < one.last)} "
    if _is_measure(reading, one):
        return False
    verb = one.first > 0 and reading.word(one.first - 1) in {"to", "can", "will", "just", "not", "in"}
    return not verb and any(f" {' '.join(stems)} " in rest for stems in _company()[one.row[0]])


def _cued(reading: Reading, known: list[_Maker]) -> list[_Maker]:
    taken = {place for one in known for place in range(one.first, one.last)}
    found: list[_Maker] = []
    for pattern in _CUES:
        for match in pattern.finditer(reading.text):
            for group in ("one", "other"):
                if match.group(group) is None:
                    continue
                first, last = reading.tokens_in(*match.span(group))
                if first < last and taken.isdisjoint(range(first, last)) and _may_be_maker(reading, first, last):
                    found.append(_Maker(first, last, match[group]))
                    taken.update(range(first, last))
    return found


def _may_be_maker(reading: Reading, first: int, last: int) -> bool:
    """Whether nothing else is known of the words: no colour, day, place, feast or person."""
    words = [reading.word(place) for place in range(first, last)]
    return (
        reading.free(first, last)
        and not any(word in _NO_MAKERS or carries_nothing(word, reading.foreign) for word in words)
        and not any(table(name, 1, 2).get(word) for name in ("colours", "materials") for word in words)
        and not table("interests", 1).get(" ".join(words))
        and not table("occasions").get(" ".join(words))
        and not table("people", 3, 4).get(words[0])
    )


def _beside(reading: Reading, found: list[_Maker], maybe: list[_Maker], capitals: bool) -> list[_Maker]:
    """What a maker is joined to by "or" or a comma: "Ninja, Tower or Cosori"."""
    added: list[_Maker] = []
    taken = {place for one in found for place in range(one.first, one.last)}
    doubtful = {one.first: one for one in maybe}
    ends = {one.last: one for one in maybe}
    queue = list(found)
    while queue:
        one = queue.pop()
        for place in _next_of(reading, one.last):
            other = doubtful.get(place)
            if other is None and capitals and place < len(reading.tokens) and _has_capital(reading, place) and place not in taken:
                other = _Maker(place, place + 1, reading.text[reading.tokens[place].start : reading.tokens[place].end])
            if other and taken.isdisjoint(range(other.first, other.last)) and _may_be_maker(reading, other.first, other.last):
                added.append(other)
                queue.append(other)
                taken.update(range(other.first, other.last))
        before = one.first - 1 if reading.word(one.first - 1) in _JOINERS else one.first if _comma(reading, one.first) else -1
        earlier = ends.get(before)
        if earlier and earlier.first not in taken and _may_be_maker(reading, earlier.first, earlier.last):
            added.append(earlier)
            queue.append(earlier)
            taken.update(range(earlier.first, earlier.last))
    return added


def _next_of(reading: Reading, last: int) -> list[int]:
    if reading.word(last) in _JOINERS and not reading.breaks_before(last):
        return [last + 1]
    return [last] if _comma(reading, last) else []


def _comma(reading: Reading, place: int) -> bool:
    return 0 < place < len(reading.tokens) and reading.tokens[place].before.strip() in {",", "/"}


@cache
def _known_brands() -> Phrases:
    return Phrases([(name,) for file in FILES for row in rows_of(file) for name in names_in(row[0])], None)


@cache
def _one_word() -> frozenset[str]:
    """Names of one word: of the less known only the word itself is one, not two words that make it."""
    names = (name for file in FILES[1:] for row in rows_of(file) for name in names_in(row[0]))
    return frozenset(name for name in names if len(stems_of(name)) == 1)


@cache
def _with_company() -> Phrases:
    return Phrases([(name,) for row in rows_of("brands_in_company") for name in names_in(row[0])], None)


@cache
def _company() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows_of("brands_in_company"):
        for name in names_in(row[0]):
            found.setdefault(name, []).extend(stems_of(one) for one in names_in(cell(row, 1)))
    return found
