"""What the person does not want: "not leather", "without sugar", "anything but pink", "sugar-free", "allergic to nuts", "sin gluten"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.shop.understanding.exclusion_wording import (
    AFTERWARDS,
    ALLERGY,
    BEGINS,
    FREE,
    FREI,
    FREI_OF,
    HARMS,
    LESS,
    LESS_OF,
    NON,
    OF_CHOICE,
)
from companion.shop.understanding.phrases import table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.text import stems_of
from companion.shop.understanding.word_files import word_class

LONGEST = 3
"""Words of one thing that is excluded."""

_NO_ALLERGEN = word_class("no allergens")
_PARTICLES = frozenset(("on", "in", "up", "off", "out", "down", "over"))
_WITH_PARTICLE = word_class("words with particles")
"""Words that are one with a particle after them: "clip on", "lace up"."""
_NO_INGREDIENTS = word_class("no ingredients")
_NOT_A_THING = word_class("no things")
_MORE_STOPS = frozenset(("yes", "says", "said", "and", "the", "her", "his", "my"))
_AFTER_WORDS = frozenset(
    (
        "no",
        "nono",
        "out",
        "off",
        "tried",
        "break",
        "breaks",
        "give",
        "gives",
        "make",
        "makes",
        "irritate",
        "irritates",
        "trigger",
        "triggers",
        "set",
        "sets",
        "upset",
        "upsets",
        "dealbreaker",
    )
)
"""One of these is in every wording of `AFTERWARDS`."""
_NOTHING_OWNED = re.compile(r"\b(?:own|owns|have|has|had|got|is|find)\s+$")
"""Of "I own nothing warm": it is lacked and not unwanted."""
_PLACES_LACK = re.compile(
    r"\b(?:kitchen|house|flat|room|bathroom|garden|car|place|office|bedroom|home|building|floor|hall|hallway|school|campsite|dorm)s?\s+"
    r"(?:has|have|had|got|with|.s\s+got)\s+$"
)
_LACKS = re.compile(r"\b(?:i|we|he|she|they|there|i.ve|we.ve|they.ve)\s+(?:have\s+|has\s+|.s\s+)?(?:have|had|has|got|is|was|.s)\s+$")
_NEGATES = re.compile(r"(?:not|nt|never|(?:is|are|was|were|ai)\s*n.?t)\s+$")
_DESCRIBES = word_class("participles of things")
_DETERMINERS = frozenset(("the", "my", "our", "his", "her", "their"))
_PREPOSITIONS = frozenset(("con", "de", "en", "mit", "aus", "avec", "em", "com", "di", "in", "a"))
_SORTS_OF_PEOPLE = word_class("sorts of people")
_STOPS = word_class("ends of exclusions")
_JOINERS = frozenset(("und", "oder", "et", "or", "and", "nor", "o", "y", "e", "ou", "ni", "nem", "atau", "dan", "hoac", "va", "&"))
_SKIPPED = word_class("skipped in exclusions")


@dataclass
class _At:
    """A place among the tokens that moves on as words are read."""

    place: int


def find_exclusions(reading: Reading) -> tuple[str, ...]:
    """What is not wanted, in order; the tokens become explained."""
    found: list[tuple[int, str]] = []
    for pattern in (FREE, NON, LESS, FREI):
        for match in pattern.finditer(reading.folded):
            if reading.span_is_free(*match.span()):
                reading.take_span(*match.span())
                word = match.group(1)
                found.append((match.start(), LESS_OF.get(word) or FREI_OF.get(word) or _name(reading, word)))
    for match in ALLERGY.finditer(reading.folded):
        if match.group("thing") not in _NO_ALLERGEN and reading.span_is_free(*match.span()):
            reading.take_span(*match.span())
            found.append((match.start(), match.group("thing")))
    for match in HARMS.finditer(reading.folded):
        found += [(match.start(), thing) for thing in _things(reading, match)]
    found += _said_afterwards(reading)
    for match in BEGINS.finditer(reading.folded):
        if match.group().strip() == "no" and (reading.language == "pt" or _is_lacked(reading.folded[: match.start()])):
            continue  # "no natal": at Christmas; "I had no ring": it is wanted
        if match.group().startswith("nothing") and _NOTHING_OWNED.search(reading.folded[: match.start()]):
            continue
        if _NEGATES.match(match.group()) and _is_a_verb(reading, reading.tokens_in(*match.span())[1]):
            continue
        if OF_CHOICE.match(match.group()) and not _may_be_avoided(reading, reading.tokens_in(*match.span())[1]):
            continue
        found += [(match.start(), thing) for thing in _things(reading, match)]
    by_stem: dict[tuple[str, ...], str] = {}
    for _, thing in sorted(found, key=lambda one: one[0]):
        by_stem.setdefault(stems_of(thing), thing)
    return tuple(by_stem.values())


def _is_lacked(before: str) -> bool:
    """Whether "no" after these words tells of what somebody or a place lacks: "I had no ring", "the kitchen has no freezer"."""
    return bool(_LACKS.search(before) or _PLACES_LACK.search(before))


def _said_afterwards(reading: Reading) -> list[tuple[int, str]]:
    """Of "flowers are a no", "wool makes me itch", "tried adapters already so not those"."""
    found: list[tuple[int, str]] = []
    if not any(token.word in _AFTER_WORDS for token in reading.tokens):
        return found
    for pattern in AFTERWARDS:
        for match in pattern.finditer(reading.folded):
            first, last = reading.tokens_in(*match.span("thing"))
            while first < last and (
                reading.word(first) in _STOPS | _SKIPPED | _NOT_A_THING | _MORE_STOPS
                or (first + 1 < last and reading.tokens[first + 1].before.strip(" -"))
            ):
                first += 1
            if first < last and reading.free(first, last) and reading.word(last - 1) not in _STOPS | _NOT_A_THING | _SKIPPED:
                reading.take(*reading.tokens_in(reading.tokens[first].start, match.end()))
                found.append((match.start(), _name(reading, " ".join(reading.word(place) for place in range(first, last)))))
    return found


def _is_a_verb(reading: Reading, place: int) -> bool:
    """Of "never spoken to", "isn't working": a participle that describes no thing."""
    word = reading.word(place)
    return word.endswith(("ed", "ing")) and len(word) > 4 and word not in _DESCRIBES and not _known(word) and not word.startswith("un")


def _may_be_avoided(reading: Reading, place: int) -> bool:
    """Whether what is disliked is something that a product has or is: wool and sequins, yet not the rain, mornings or ironing."""
    word = reading.word(place)
    return bool(word) and word not in _NO_INGREDIENTS and not word.endswith("ing") and word not in _STOPS


def _things(reading: Reading, match: re.Match[str]) -> list[str]:
    first, start = reading.tokens_in(*match.span())
    if not reading.free(first, start):
        return []
    at = _At(start)
    things: list[str] = []
    while thing := _thing(reading, at, begun=bool(things)):
        things.append(thing)
        after = at.place
        if after >= len(reading.tokens):
            break
        joined = reading.word(after) in _JOINERS
        comma = reading.tokens[after].before.strip() in {",", "/", "&"}
        if joined:
            at.place += 1
            if reading.foreign and reading.word(at.place) in _PREPOSITIONS:
                at.place += 1
        elif not comma:
            break
        if not _may_go_on(reading, at.place, things[-1], comma_only=not joined):
            at.place = after
            break
    if things:
        reading.take(first, at.place)
    return things


def _thing(reading: Reading, at: _At, begun: bool) -> str:
    words: list[str] = []
    start = at.place
    place = start
    while place < len(reading.tokens) and len(words) < LONGEST:
        word = reading.word(place)
        if place > start and reading.breaks_before(place) and "-" not in reading.tokens[place].before:
            break
        if not words and word in _SKIPPED and not (reading.foreign and word in _NOT_A_THING):
            place += 1
            continue
        if words and word in _PARTICLES and words[-1] in _WITH_PARTICLE:
            words.append(word)
            place += 1
            break
        if word == "fur" and not reading.foreign:  # in German "for"
            words.append(word)
            place += 1
            break
        if words and reading.word(place + 1) == "free":
            break
        if not words and (reading.word(place + 1) == "than" or _is_a_sort_of_person(reading, start, place)):
            break
        if (
            word in _STOPS
            or word[:1].isdigit()
            or not reading.free(place, place + 1)
            or (not words and word in _NOT_A_THING and not (word in _WITH_PARTICLE and reading.word(place + 1) in _PARTICLES))
        ):
            break
        if words and _is_colour(word) and not _known(" ".join((*words, word))):
            break  # "no armrests grey"
        words.append(word)
        place += 1
        noun_follows = reading.word(start - 1) == "no" and not reading.breaks_before(place)
        if (
            _closed(words)
            and not noun_follows
            and not (_is_colour(word) and table("materials", 1, 2).get(reading.word(place)) and not reading.breaks_before(place))
        ):
            break
    if not words or (begun and not words[0].isalpha()) or reading.word(place) in {"price", "price-tag"}:
        return ""
    at.place = place
    return _name(reading, " ".join(words))


def _is_a_sort_of_person(reading: Reading, start: int, place: int) -> bool:
    """Of "not a gamer, just ...": the speaker is none; a pause follows."""
    if place == start or reading.word(place - 1) not in {"a", "an"} or not reading.breaks_before(place + 1):
        return False
    word = reading.word(place)
    doer = word.endswith(("er", "ist", "or", "ian")) and bool(table("interests", 1).get(word))
    return doer or word in _SORTS_OF_PEOPLE


def _closed(words: list[str]) -> bool:
    """Whether a colour or material is complete, so that what follows is no longer part of it."""
    phrase = " ".join(words)
    return bool(table("colours", 1, 2).get(phrase) or table("materials", 1, 2).get(phrase)) and phrase not in {
        "light",
        "dark",
        "navy",
        "rose",
        "faux",
        "stainless",
        "off",
        "pu",
    }


def _may_go_on(reading: Reading, place: int, last_thing: str, comma_only: bool) -> bool:
    """After "or" anything may follow; after a bare comma only one more of the same sort before an "or": "no red, pink or black"."""
    if reading.word(place) in _DETERMINERS:
        return False
    while not comma_only and reading.word(place) in _SKIPPED:
        place += 1
    word = reading.word(place)
    if word in _STOPS or word in _NOT_A_THING or not word:
        return False
    known = bool(_known(word) or _known(f"{word} {reading.word(place + 1)}"))
    if comma_only:
        return known and _is_colour(word) == _is_colour(last_thing) and reading.word(place + 1) in _JOINERS
    last = any(
        (after >= len(reading.tokens) or reading.breaks_before(after) or reading.word(after) in _STOPS)
        and reading.free(place, min(after, len(reading.tokens)))
        for after in (place + 1, place + 2)
    )
    return known or last


def _is_colour(word: str) -> bool:
    return bool(table("colours", 1, 2).get(word))


def _known(phrase: str) -> str:
    return table("colours", 1, 2).get(phrase) or table("materials", 1, 2).get(phrase)


def _name(reading: Reading, phrase: str) -> str:
    """As written; in other languages the English name of a colour or material."""
    phrase = phrase.removesuffix(" smell").removesuffix(" at all")
    return (_known(phrase) or phrase) if reading.foreign else phrase
