"""What is looked at to find the product asked for, and small questions about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.shop.understanding.kinds import Lexicon, Mention
from companion.shop.understanding.phrase_heads import GOVERNS, SEARCH_VERBS
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.word_files import word_class

CUES, TELLERS, TELLING, WANTING = (word_class(name) for name in ("cues of asking", "tellers", "telling words", "verbs of wanting"))
"""Words of asking under a caption; words by which a text tells of somebody, at its start and within; verbs of wanting."""
NAMELESS = frozenset(
    ("something", "anything", "algo", "etwas", "qualcosa", "stuff", "things", "smth", "sth", "smthg", "sumn", "somethin", "anythin")
)
_MEASURES = frozenset(
    (
        "pair",
        "pairs",
        "set",
        "pack",
        "packs",
        "box",
        "bottle",
        "jar",
        "type",
        "kind",
        "sort",
        "couple",
        "piece",
        "bit",
        "bag",
        "tub",
        "roll",
        "tin",
        "bunch",
        "bundle",
        "lot",
        "lots",
        "alternative",
        "brand",
        "brands",
        "make",
    )
)
_WOULD = frozenset(("would", "i'd", "we'd", "id", "he'd", "she'd", "they'd"))
_POINTING = frozenset(("point", "direct", "link", "links", "lead", "guide", "steer", "send"))
_OF = frozenset(("de", "di", "da", "du", "a", "d'"))


@dataclass(frozen=True, slots=True)
class Asked:
    """`kinds` is empty for a thing that the lexicon does not know; `first` up to `last` is its noun phrase, `name` its bare name."""

    kinds: tuple[str, ...]
    first: int
    last: int
    name: range


@dataclass(frozen=True)
class Scene:
    """What `find_asked` looks at.

    Attributes:
        told: clauses about likings and circumstances.
        blocked: tokens that no name of a product goes over.
        occasions: tokens of occasions: part of a name ("graduation dress"), never a whole one.
        relatives: tokens of people who may be the subject of a story.
    """

    reading: Reading
    lexicon: Lexicon
    mentions: Sequence[Mention]
    told: Sequence[range]
    blocked: frozenset[int]
    relatives: frozenset[int]
    occasions: frozenset[int]


def free(scene: Scene, place: int) -> bool:
    """Whether a token may be part of a product's name."""
    return scene.reading.free(place, place + 1) and place not in scene.blocked


def governed(reading: Reading, one: Mention) -> bool:
    """Whether "for", "with" or the like stands before it, so that it is not the thing itself."""
    for place in range(one.first - 1, max(-1, one.first - 4), -1):
        if reading.breaks_before(place + 1):
            return False
        if reading.head_first and reading.word(place) in _OF and place > 0 and not carries_nothing(reading.word(place - 1), True):
            return not reading.breaks_before(place)
        if reading.word(place) in GOVERNS:
            if reading.word(place - 1) in NAMELESS and place + 1 == one.first:
                return False  # "something for home decor"
            return not _belongs_to_the_asking(reading, place) and reading.word(place - 1) not in SEARCH_VERBS
    return False


def _belongs_to_the_asking(reading: Reading, place: int) -> bool:
    """Of "a pair of headphones", "would like a lamp", "I'm after an air fryer", "point me to a lamp": the word governs nothing."""
    word, before = reading.word(place), reading.word(place - 1)
    return (
        (word == "of" and before in _MEASURES)
        or (word == "like" and before in _WOULD)
        or (word == "after" and (reading.breaks_before(place) or before in {"i'm", "im", "we're", "am", "are"}))
        or (word == "to" and any(reading.word(at) in _POINTING for at in range(max(0, place - 3), place)))
    )


def in_use(reading: Reading, one: Mention) -> bool:
    """Of "my car", "in the bathroom": a thing the person has."""
    return reading.word(one.first - 1) in {"my", "our", "his", "mi", "meu", "minha"} and reading.word(one.first - 2) not in {"for", "of"}


def with_of(scene: Scene, last: int) -> int:
    """In head-first languages the name goes on over "de" and the like: "alfombrilla de raton"."""
    reading = scene.reading
    of = reading.head_first and reading.word(last) in _OF and not reading.breaks_before(last) and last + 1 < len(reading.tokens)
    return last + 2 if of and free(scene, last + 1) and not carries_nothing(reading.word(last + 1), True) else last
