"""Ages: "10-year-old", "aged 8-12", "3 años", "turning 7", "18 months". A figure that counts something else is left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.shop.understanding.phrases import table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.wish import BANDS, AgeBand, AgeRange
from companion.shop.understanding.word_files import cell, names_in, rows_of

OLDEST = 110
OPEN_END = 120.0
_NUMBERS = {name: float(row[0]) for row in rows_of("numbers") for name in names_in(cell(row, 1))}
_ORDINALS = {name: float(row[0]) for row in rows_of("numbers") for name in names_in(cell(row, 2))}
_N = rf"(?:\d{{1,3}}(?:[.,]5)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_TO = r"(?:\s*[-–~]\s*|\s+(?:to|till|until|and|or|a|ate|bis|und|oder|et|ou|e|o|y|sampai|den)\s+)"
_YEAR = r"(?:years?|yrs?\.?|anos?|anitos?|jahren?|jahrige?[rsn]?|jahrig|anni|tahun|thn|th|tuoi|ans|y)"
_MONTH = r"(?:months?|mths?|mos?|meses|mes|monate?n?|mois|mesi|bulan|thang(?:\s*tuoi)?|m)"
_NOT_AGE = (
    r"(?!\s*(?:of\s+)?(?:warranty|guarantee|anniversary|garantia|garansi|experience|ago|marriage|wedding|"
    r"battery|supply|subscription|relationship|together|later|lifespan|aniversario|de\s+(?:casad|garantia|"
    r"experiencia)|bao\s*hanh))"
)

_OLD = r"[\s-]*(?:olds?|o(?![a-z])|of\s+age|alt(?:e[rnms]?)?|de\s+edad|de\s+idade)"
_FROM = r"(?:aged?s?|alter|eta|edad(?:es)?|idade|umur|usia|tuoi)\s*(?:of|is|de|:|about|around|group|between|from)?\s*"

_PATTERNS = (
    ("months", re.compile(
        rf"\b({_N})(?:{_TO}({_N}))?[\s-]*(?:months?|mths?|meses|monaten?|monate|mois|mesi|bulan|thang tuoi|"
        rf"mos?)\b(?:{_OLD})?{_NOT_AGE}"
    )),
    ("months", re.compile(rf"\b({_N}){_TO}({_N})\s*m\b")),
    ("open", re.compile(rf"\b{_FROM}({_N})\s*(?:\+|and\s+(?:up|above|over|older)|or\s+(?:older|above)|onwards?)")),
    ("open", re.compile(rf"\b(?:ab|from|a\s+partir\s+de|a\s+partire\s+da|des|dai|desde)\s+({_N})[\s-]*(?:{_YEAR})\b")),
    ("years", re.compile(rf"\b({_N})\s*(?:{_YEAR})?{_TO}({_N})[\s-]*(?:{_YEAR})\b(?:{_OLD})?s?{_NOT_AGE}")),
    ("open", re.compile(rf"\b({_N})\s*(?:\+|plus|and\s+(?:up|above|over))\s*{_YEAR}\b(?:{_OLD})?")),
    ("open", re.compile(rf"\b({_N})[\s-]*{_YEAR}(?:{_OLD})?\s*(?:\+|plus\b|and\s+(?:up|above|over|older)\b|or\s+older\b)")),
    ("below", re.compile(rf"\b(?:under|below|younger\s+than|less\s+than)\s+({_N})[\s-]*(?:{_YEAR})\b(?:{_OLD})?{_NOT_AGE}")),
    ("above", re.compile(rf"\b(?:over|above|older\s+than|more\s+than)\s+({_N})[\s-]*(?:{_YEAR})\b(?:{_OLD})?{_NOT_AGE}")),
    ("years", re.compile(rf"\b({_N})[\s-]*(?:{_YEAR}){_OLD}s?\b")),
    ("years", re.compile(rf"\b({_N})\s*(?:yo|y\s*/\s*o|y\.o\.?|yrs?\s*/\s*o)\b")),
    ("years", re.compile(rf"\b{_FROM}({_N})(?:{_TO}({_N}))?\b(?!\s*(?:%|ml|cm|kg|usd|dollars))")),
    ("turning", re.compile(
        rf"\b(?:turns|turning|turned|just\s+turned|cumple|faz|completando|wird|compie|fete\s+ses|"
        rf"is\s+about\s+to\s+turn)\s+({_N})\b(?!\s*(?:inch|cm|hour|minute|%))"
    )),
    ("years", re.compile(rf"\b({_N})(?:st|nd|rd|th)\s+(?:birthday|bday|b-day)\b")),
    ("years", re.compile(rf"\b({'|'.join(_ORDINALS)})\s+(?:birthday|bday|b-day|geburtstag)\b")),
    ("years", re.compile(rf"\b({_N})\.\s*(?:geburtstag)\b")),
    ("years", re.compile(rf"\b(?:ulang\s+tahun|sinh\s+nhat)\s+(?:ke-?\s*)?({_N})\b")),
    ("years", re.compile(
        rf"\b(?:he|she|who|son|daughter|boy|girl|nephew|niece|kid|child|toddler|brother|sister|baby|grandson|"
        rf"granddaughter)(?:\s+(?:is|was|just)|\s*'s)\s+(?:about\s+|almost\s+|only\s+|"
        rf"now\s+)?({_N})\b(?!\s*(?:feet|foot|ft|cm|inch|kg|lbs?|pounds|months?|kilos|in|'|%|m\b|am|pm|minutes|"
        rf"hours))"
    )),
    ("years", re.compile(rf"\b({_N})[\s-]*{_YEAR}\b{_NOT_AGE}(?!\s*(?:old)?\s*(?:whisk|wine))")),
    ("decade", re.compile(r"\b(?:in\s+)?(?:his|her|their|my)\s+(?:early\s+|mid\s+|late\s+|mid-)?([2-9]0)'?s\b")),
)  # fmt: skip


_IS = re.compile(
    r"\b(?P<who>[^\W\d_]+)(?:\s+(?:is|was|ist|wird|tiene|tem|ha|a|est)|'s)\s+(?:now\s+|only\s+|almost\s+|about\s+|jetzt\s+|erst\s+)?(?P<age>\d{1,3})\b"
    r"(?!\s*(?:[.,:'\"%-]?\d|feet|foot|ft|cm|inch|kg|lbs?|pounds|months?|weeks|days|kilos|in\b|'|%|m\b|am\b|pm\b|minutes|hours|euro|dollars|€|\$))"
)
_PRONOUNS = frozenset(("he", "she", "er", "sie", "who", "ele", "ela", "elle", "lui", "lei"))
_SPAN_OF_TIME = re.compile(r"\b(?:after|since|within|past|last|every|next|nach|seit|depuis|apres|dopo|despues\s+de|depois\s+de|hace)\s+$")
"""Before a number of years it is no age: "after 20 years"."""


@dataclass(frozen=True, slots=True)
class FoundAge:
    """An age and where in the folded text it stands; `turning` where a birthday is told of ("turns 7")."""

    age: AgeRange
    start: int
    end: int
    turning: bool = False


def find_age(reading: Reading) -> FoundAge | None:
    """The first age said; its tokens become explained."""
    for unit, pattern in _PATTERNS:
        for match in pattern.finditer(reading.folded):
            age = _age(unit, match)
            if _SPAN_OF_TIME.search(reading.folded[: match.start()]):
                continue
            start = match.start(1)
            if age and reading.span_is_free(start, match.end()):
                reading.take_span(start, match.end())
                return FoundAge(age, start, match.end(), unit == "turning")
    return _said_of_a_person(reading)


def _said_of_a_person(reading: Reading) -> FoundAge | None:
    """Of "grandpa is 82", "unser Sohn ist 3": a bare number said of somebody."""
    for match in _IS.finditer(reading.folded):
        person = table("people", 3, 4).get(match.group("who")) or match.group("who") in _PRONOUNS
        start = match.start("age")
        if person and float(match.group("age")) <= OLDEST and reading.span_is_free(start, match.end()):
            reading.take_span(start, match.end())
            age = float(match.group("age"))
            return FoundAge(AgeRange(age, age), start, match.end())
    return None


def _age(unit: str, match: re.Match[str]) -> AgeRange | None:
    numbers = [_number(one) for one in match.groups() if one]
    low, high = numbers[0], numbers[-1]
    if unit == "months":
        low, high = low / 12, high / 12
    if high > OLDEST or low > high:
        return None
    if unit in {"open", "above"}:
        return AgeRange(low, OPEN_END)
    if unit == "below":
        return AgeRange(0, high)
    return AgeRange(low, low + 9) if unit == "decade" else AgeRange(low, high)


def _number(word: str) -> float:
    known = _NUMBERS.get(word) or _ORDINALS.get(word)
    return known if known is not None else float(word.replace(",", "."))


def band_of(age: AgeRange) -> AgeBand:
    """The band in whose middle the age falls."""
    middle = (age.low + min(age.high, age.low + 10)) / 2
    order: tuple[AgeBand, ...] = ("baby", "toddler", "child", "teen", "adult")
    for band in order:
        if middle < BANDS[band][1]:
            return band if middle < BANDS["senior"][0] else "senior"
    return "adult"
