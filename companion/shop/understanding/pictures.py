"""What the thing shall show or be shaped like: "bag with skulls on it", "frog print", "a capybara one", "crochet kit frog"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from companion.shop.understanding.interests import Liking
from companion.shop.understanding.kinds import Lexicon, Mention
from companion.shop.understanding.phrases import Found, Phrases, table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.word_files import names_in, rows_of, word_class

_THEMES = frozenset(("dinosaurs", "unicorns", "mermaids", "princesses", "superheroes", "anime", "horses"))
"""Interests that things show as a picture or shape."""
_PICTURES = frozenset(("cats", "dogs", "animals", "space", "cars", "trains", "trucks", "planes", "insects", "football"))
"""The same where "with" or the like says so."""
_SHOWING = frozenset(("with", "w", "mit", "con", "avec", "com", "of"))
_POINTERS = frozenset(("a", "an", "the", "that", "those", "little", "cute", "tiny", "like", "some"))
_SHOWN_ON = word_class("kinds that show pictures")
_NO_PICTURE_BEFORE = word_class("no picture before")
_WORD = r"[^\W\d_]+"
_ON_IT = re.compile(
    rf"\b(?:with|w|w/)\s*(?:(?:a|an|the|some|little|cute|tiny|lots\s+of)\s+)*(?P<what>{_WORD}(?:\s+{_WORD})?)\s+(?:printed\s+|embroidered\s+|painted\s+)?"
    r"(?:all\s+over|on)(?:\s+(?:it|them|the\s+(?:front|back|side|lid|cover))\b|(?=\s*(?:[,.;!?|]|$|for\b|please\b|pls\b|if\b|in\b|to\b|as\b)))"
)
_PRINTED = re.compile(
    rf"(?P<what>{_WORD}(?:\s+{_WORD})?)[\s-]+(?:prints?|motifs?|patterns?|design|themed?|shaped|on\s+it|motiv|drauf|aufdruck)\b(?!\s+(?:no|party))"
)
_PRINT_OF = re.compile(
    rf"\b(?:motif|motiv|motivo|estampa(?:do)?(?:\s+(?:de|com|con))?|dibujos?\s+de|desenhos?\s+de|disegni?\s+di|imprime|stampa|a\s+tema|tema|theme|shape\s+of\s+an?|"
    rf"in\s+the\s+shape\s+of\s+an?|con\s+stampa|shaped\s+like\s+an?|looks\s+like\s+an?|picture\s+of\s+(?:an?\s+)?)\s*(?:d.|de\s+|di\s+|:\s*)?(?P<what>{_WORD})"
)
_MOTIF_WORDS = frozenset(
    (
        *(
            "print",
            "prints",
            "motif",
            "motifs",
            "pattern",
            "patterns",
            "design",
            "theme",
            "themed",
            "shape",
            "shaped",
            "picture",
            "on",
            "motiv",
            "drauf",
            "looks",
        ),
        *(
            "aufdruck",
            "motivo",
            "estampa",
            "estampado",
            "dibujo",
            "dibujos",
            "desenho",
            "desenhos",
            "disegno",
            "disegni",
            "imprime",
            "stampa",
            "tema",
        ),
    )
)
_NO_MOTIFS = word_class("no motifs")


def themes(reading: Reading) -> list[Liking]:
    """What the thing shall show, said without a verb of liking: "unicorn backpack", "lamp with dinosaurs"."""
    found = table("interests", 1).find(reading.tokens, reading.foreign)
    return pictures(reading) + [
        Liking(one.first, one.first, one.last)
        for one in found
        if reading.word(one.first - 1) not in {"my", "our"}
        and (one.row[0] in _THEMES or (one.row[0] in _PICTURES and reading.word(one.first - 1) in _SHOWING))
        and reading.free(one.first, one.last)
        and reading.hashtags.isdisjoint(range(one.first, one.last))
    ]


def pictures(reading: Reading) -> list[Liking]:
    """Of "bag with skulls on it", "bee print", "the mug with the axolotl", "a capybara one": what the thing shows."""
    told = any(token.word in _MOTIF_WORDS for token in reading.tokens)
    patterns = (_ON_IT, _PRINTED, _PRINT_OF) if told else (_ON_IT,)
    places = [match.span("what") for pattern in patterns for match in pattern.finditer(reading.folded)]
    found: list[Liking] = []
    for span in places:
        first, last = reading.tokens_in(*span)
        while first < last and reading.word(first) in _NO_MOTIFS | _POINTERS | _SHOWING:
            first += 1
        if (
            first < last
            and last - first <= 2
            and reading.word(last - 1) not in _NO_MOTIFS
            and reading.free(first, last)
            and _is_picture(reading, first, last)
        ):
            found.append(Liking(first, first, last))
    for one in _figures().find(reading.tokens):
        shown = not one.row[0].endswith("!") and (_shows(reading, one) or _is_the_sort(reading, one))
        taken = any(place in range(other.first, other.last) for other in found for place in range(one.first, one.last))
        if shown and reading.free(one.first, one.last) and not taken:
            found.append(Liking(one.first, one.first, one.last))
    return found


def listed_pictures(reading: Reading, lexical: Lexicon, mentions: Sequence[Mention], last_of_name: int) -> list[Liking]:
    """Figures in a list of words that names something to show them on: "crochet kit frog", "toddler wellies dinosaur"."""
    if not reading.is_keywords:
        return []
    kinds = {kind for one in mentions if one.kind for kind in (one.kind, *lexical.kinds[one.kind].parents)}
    unknown = any(not one.kind for one in mentions)
    if "pet" in kinds or not (kinds & _SHOWN_ON or unknown):
        return []
    inside = {place for one in mentions if one.last - one.first > 1 for place in range(one.first, one.last)}
    return [
        Liking(one.first, one.first, one.last)
        for one in _figures().find(reading.tokens)
        if not one.row[0].endswith("!")
        and reading.free(one.first, one.last)
        and inside.isdisjoint(range(one.first, one.last))
        and reading.hashtags.isdisjoint(range(one.first, one.last))
        and reading.word(one.last) not in _NO_PICTURE_BEFORE
        and one.last != last_of_name
    ]


def _is_picture(reading: Reading, first: int, last: int) -> bool:
    """Whether words before "print" and the like are a motif; a figure or theme is known, else one word that is no colour or material."""
    words = " ".join(reading.word(place) for place in range(first, last))
    if _figures().get(words) or table("interests", 1).get(words):
        return True
    one = reading.word(last - 1)
    return not (table("colours", 1, 2).get(one) or table("materials", 1, 2).get(one))


def _is_the_sort(reading: Reading, one: Found) -> bool:
    """Of "a capybara one"."""
    return reading.word(one.last) in {"one", "ones"} and reading.word(one.first - 1) in _POINTERS | {"any", "want", "need"}


def _shows(reading: Reading, one: Found) -> bool:
    """Whether a figure is on the thing, or is what a costume makes one."""
    before = one.first - 1
    if reading.word(before) in {"my", "our", "his", "her"}:
        return False
    while before > 0 and reading.word(before) in _POINTERS:
        before -= 1
    return reading.word(before) in {"with", "w"} or any(token.stem == "costume" for token in reading.tokens)


@cache
def _figures() -> Phrases:
    return Phrases([(name,) for row in rows_of("figures") for name in names_in(row[0])], None)
