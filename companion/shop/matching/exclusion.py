"""Whether a product is what the person does not want: "not leather" leaves leather out, yet keeps "PU", "vegan" and "non leather"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from companion.shop.matching.facts import Facts
from companion.shop.understanding.phrases import table
from companion.shop.understanding.text import stems_of
from companion.shop.understanding.word_files import cell, names_in, rows_of

_DENIED_BY = (
    "non",
    "no",
    "without",
    "free of",
    "zero",
    "faux",
    "artificial",
    "vegan",
    "fake",
    "imitation",
    "synthetic",
    "pu",
    "un",
    "anti",
    "tanpa",
    "sin",
    "sem",
)
"""Words that, right before a thing, say the product has none."""
_OPPOSITES = {"cordless": "corded", "wireless": "wired"}


@dataclass(frozen=True, slots=True)
class Avoided:
    """Stem phrases between blanks: `has` leave a product out unless one of `saves` is there, `may` put it later, `none` earlier."""

    name: str
    has: tuple[str, ...]
    may: tuple[str, ...]
    saves: tuple[str, ...]
    none: tuple[str, ...]


@lru_cache(maxsize=1024)
def avoided(name: str) -> Avoided:
    """What to look for in titles when somebody avoids `name`."""
    own = _phrase(name)
    row = _rows().get(own.strip(), ())
    told = [tuple(_phrase(one) for one in names_in(cell(row, place))) for place in (1, 2, 3, 4)]
    alike = tuple(_phrase(one) for one in (*_alike("colours", name), *_alike("materials", name)))
    free = f"{own.rstrip()} free "
    return Avoided(name, tuple(dict.fromkeys((own, *alike, *told[0]))), told[1], (*told[2], free), (*told[3], *told[2], free))


def opposites(terms: set[str]) -> tuple[str, ...]:
    """What a wish for "cordless" or "wireless" leaves out."""
    return tuple(other for word, other in _OPPOSITES.items() if word in terms)


def has_it(facts: Facts, one: Avoided) -> bool:
    """Whether the title says that the product has it and nothing says that it has none."""
    if any(phrase in facts.joined for phrase in one.saves):
        return False
    return any(_said(facts.joined, phrase) for phrase in one.has)


def risk(facts: Facts, one: Avoided) -> float:
    """From -1 (is of a sort that has none of it) over 0 to 1 (often has it); what only imitates it lies between."""
    imitates = any(phrase in facts.joined for phrase in one.has)
    if any(phrase in facts.joined for phrase in one.none):
        return 0.3 if imitates and f" {one.name} free " not in facts.joined else -1.0
    return 1.0 if any(phrase in facts.joined for phrase in one.may) else 0.0


def _said(joined: str, phrase: str) -> bool:
    """Whether a phrase is in the title at least once without a word of denial before it."""
    at = joined.find(phrase)
    while at >= 0:
        before = joined[:at].rstrip()
        if not before.endswith(tuple(f" {word}" for word in _DENIED_BY)):
            return True
        at = joined.find(phrase, at + 1)
    return False


def _alike(name: str, thing: str) -> tuple[str, ...]:
    """Other English names of a colour or material."""
    found = table(name, 1, 2).get(thing)
    row = next((row for row in rows_of(name) if row[0] == found), None) if found else None
    return (row[0], *names_in(cell(row, 1))) if row else ()


@lru_cache(maxsize=1)
def _rows() -> dict[str, tuple[str, ...]]:
    return {_phrase(row[0]).strip(): row for row in rows_of("contains")}


def _phrase(text: str) -> str:
    return f" {' '.join(stems_of(text))} "
