"""Ages: "10-year-old", "aged 8-12", "3 años", "turning 7", "18 months". A figure that counts something else is left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.shop.understanding.alternation import one_of
from companion.shop.understanding.phrases import table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.wish import BANDS, AgeBand, AgeRange
from companion.shop.understanding.word_files import cell, names_in, rows_of

OLDEST = 110
OPEN_END = 120.0
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
_NUMBERS = {name: float(row[0]) for row in rows_of("numbers") for name in names_in(cell(row, 1))}
_ORDINALS = {name: float(row[0]) for row in rows_of("numbers") for name in names_in(cell(row, 2))}
_N = rf"(?:\d{{1,3}}(?:[.,]5)?|{one_of(_NUMBERS)}(?!y\b))"
_TO = r"(?:\s*[-–~]\s*|\s+(?:to|till|until|and|or|a|ate|bis|und|oder|et|ou|e|o|y|sampai|den)\s+)"
_YEAR = r"(?:years?|yrs?\.?|anos?|anitos?|jahren?|jahrige?[rsn]?|jahrig|anni|tahun|thn|th|tuoi|ans|y)"
_MONTH = r"(?:months?|mths?|mos?|meses|mes|monate?n?|mois|mesi|bulan|thang(?:\s*tuoi)?|m)"
_NOT_AGE = (
    r"(?!\s*(?:of\s+)?(?:warranty|guarantee|anniversary|garantia|garansi|experience|ago|marriage|wedding|"
    r"battery|supply|gone|pregnant|preggers|along|subscription|relationship|together|later|lifespan|aniversario|de\s+(?:casad|garantia|"
    r"experiencia)|bao\s*hanh))"
)

_OLD = r"[\s-]*(?:olds?|o(?![a-z])|of\s+age|alt(?:e[rnms]?)?|de\s+edad|de\s+idade)"
_FROM = r"(?:aged?s?|alter|eta|edad(?:es)?|idade|umur|usia|tuoi)\s*(?:of|is|de|:|about|around|group|between|from)?\s*"

_NO_COUNT = (
    r"(?!\s*(?:inch|cm|hour|minute|%|feet|foot|ft|of|days?|weeks?|months?|people|guests|person|trips?|night|am\b|pm\b|kids|children|"
    r"adults|times|a\b|to\b|or\b|more|less|euros?|dollars?|bucks|quid|pounds))"
)
"""What a bare number before it does not count years of age."""

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
    ("years", re.compile(rf"\b{_FROM}({_N})(?:\s*,\s*{_N})+\s*(?:,\s*)?(?:and|&|und|et|y|e)\s*({_N})\b")),
    ("years", re.compile(rf"\b{_FROM}({_N})(?:{_TO}({_N}))?\b(?!\s*(?:%|ml|cm|kg|usd|dollars))")),
    ("weeks", re.compile(rf"\b({_N})(?:{_TO}({_N}))?[\s-]*(?:weeks?|wks?|wochen|semanas|semaines|settimane)(?:{_OLD})")),
    ("turning", re.compile(
        rf"\b(?:turns?|turning|turned|hits|hitting|reaches|reaching|cumple|faz|"
        rf"completando|wird|compie|fete\s+ses)\s+({_N})\b{_NO_COUNT}"
    )),
    ("years", re.compile(rf"\b(?:rising|going\s+on|(?:will|gonna|going\s+to)\s+be)\s+({_N})\b{_NO_COUNT}")),
    ("years", re.compile(rf"\b({_N})(?:st|nd|rd|th)?\s+(?:birthday|bday|b-day)\b")),
    ("years", re.compile(rf"\b({one_of(_ORDINALS)})\s+(?:birthday|bday|b-day|geburtstag)\b")),
    ("years", re.compile(rf"\b({_N})\.\s*(?:geburtstag)\b")),
    ("years", re.compile(rf"\b(?:ulang\s+tahun|sinh\s+nhat)\s+(?:ke-?\s*)?({_N})\b")),
    ("years", re.compile(
        rf"\b(?:he|she|who|son|daughter|boy|girl|nephew|niece|kid|child|toddler|brother|sister|baby|grandson|"
        rf"granddaughter)(?:\s+(?:is|was|just)|\s*'s)\s+(?:about\s+|almost\s+|nearly\s+|only\s+|just\s+|"
        rf"now\s+)?({_N})\b(?!\s*(?:of|feet|foot|ft|cm|inch|kg|lbs?|pounds|months?|kilos|in|'|%|m\b|am|pm|minutes|"
        rf"hours))"
    )),
    ("years", re.compile(rf"\b({_N})[\s-]*{_YEAR}\b{_NOT_AGE}(?!\s*(?:old)?\s*(?:whisk|wine))")),
    ("years", re.compile(rf"\b(?:pushing|nearly|almost|approaching|coming\s+up\s+(?:to|for)|about\s+to\s+turn|only\s+just|newly)"
        rf"\s+({_N})\b{_NO_COUNT}(?!\s*(?:£|€|\$|years?\s+(?:of|ago)|['\"]))")),
    ("decade", re.compile(
        rf"\b(?:(?:his|her|their|my)\s+(?:early\s+|late\s+|mid[\s-]+)?|in\s+(?:the\s+|our\s+)?(?:early\s+|late\s+|mid[\s-]+)?|(?:early|late|mid)[\s-]+)"
        rf"(?:([2-9]0)'?s|({one_of(_DECADES)}))\b"
    )),
)  # fmt: skip


_SHORT_IS = re.compile(
    r"\b(?P<who>hes|shes|theyre|im|i'm|they're)\s+"
    r"(?:now\s+|only\s+|almost\s+|nearly\s+|just\s+|both\s+|about\s+|turned\s+|gonna\s+be\s+)*(?P<age>\d{1,3})\b"
    r"(?!\s*(?:[.,:'\"%-]?\d|feet|foot|ft|cm|inch|kg|lbs?|pounds|stone|st\b|weeks|days|kilos|in\b|'|\"|%|m\b|am\b|"
    r"pm\b|minutes|hours|euro|dollars|€|\$|of\b|year|yr|month))"
)
"""Of "hes 11", "im 15"."""
_IS_NOW = re.compile(
    r"\b(?P<who>is)\s+(?:just\s+|only\s+)?(?P<age>\d{1,2})"
    r"(?=\s+(?:now|already|today|tomorrow|soon|next\s+(?:week|month))\b|\s*(?:,|and\s+(?:loves|likes|reads|plays|wants|into|obsessed)))"
)
"""Of "has read them all, is 8 now": said of whoever the text is about."""
_IS = re.compile(
    r"\b(?P<who>[^\W\d_]+)(?:\s+(?:is|was|are|were|ist|wird|tiene|tem|ha|a|est)|'s|'re)\s+(?:now\s+|only\s+|almost\s+|nearly\s+|just\s+|both\s+|about\s+|jetzt\s+|erst\s+)?(?P<age>\d{1,3})\b"
    r"(?!\s*(?:[.,:'\"%-]?\d|feet|foot|ft|cm|inch|kg|lbs?|pounds|months?|weeks|days|kilos|in\b|'|%|m\b|am\b|pm\b|minutes|hours|euro|dollars|€|\$))"
)
_OF_DECADE = re.compile(r"\b(?P<who>[^\W\d_]+),?\s+(?P<age>[2-9]0)'?s\b")
"""Of "gift for woman 60s"."""
_BESIDE = re.compile(
    r"\b(?P<who>[^\W\d_]+)\s*(?:,\s*|\(\s*)(?P<age>\d{1,3})(?:\s*(?:,|and|&|\+)\s*(?P<other>\d{1,3}))?(?=\s*(?:[),;!?]|\.(?!\d)|$))"
)
"""Of "my two boys, 9 and 12" and "my niece (6)"."""
LAST_OF_CHILDREN = 17
_SHOES = re.compile(r"\b(?:shoe|boot|sneaker|trainer|sandal|heel|slipper|clog|loafer|pump)s?\b")
"""With these a number beside a person is a size."""
_NTH = re.compile(
    r"\b(?P<who>[^\W\d_]+?)(?:'s|s|)\s+(?P<age>\d{1,3})(?:st|nd|rd|th)\b"
    r"(?!\s*(?:of|wedding|anniversary|year|grade|place|floor|time|one|day|century|gen))"
)
"""Of "my mom's 50th", "her 21st": a birthday."""
_WHOSE = frozenset(("his", "her", "their", "my"))
_PRONOUNS = frozenset(("they", "he", "she", "er", "sie", "who", "ele", "ela", "elle", "lui", "lei"))
_BIRTHDAY = re.compile(r"\b(?:birthday|bday|b-day|geburtstag)\b")
_ROUND = re.compile(
    r"\b(13|16|18|21|30|40|50|60|65|70|75|80|85|90|95|100)(?:st|th)\b(?!\s*(?:anniversary|wedding|century|of\s+\w+(?:ember|uary|ril|ly|ust)))"
)
"""Of "gift gardening 60th": a birthday that is named without the word."""
_OF_MARRIAGE = re.compile(r"\b(?:anniversar\w+|wedding|married|edition|floor|street)\b")
_NO_PERSON = frozenset(("the", "on", "in", "a", "an", "to", "this", "my", "our"))
_SPAN_OF_TIME = re.compile(
    r"(?:\banniversary[\s,:(!-]*|\bmarried(?:\s+for)?\s+|\btogether(?:\s+for)?\s+|\b(?:wears?|wearing|takes)\s+(?:size\s+|age\s+)?)$|"
    r"\b(?:after|since|within|past|last|every|next|nach|seit|depuis|apres|dopo|despues\s+de|depois\s+de|hace)\s+$"
)
"""Before a number of years it is no age: "after 20 years"."""


@dataclass(frozen=True, slots=True)
class FoundAge:
    """An age and where in the folded text it stands; `turning` where a birthday is told of ("turns 7")."""

    age: AgeRange
    start: int
    end: int
    turning: bool = False


def find_age(reading: Reading) -> FoundAge | None:
    """The first age said, under a caption the first in the comments; its tokens become explained."""
    if not reading.has_numbers:
        return None
    if reading.has_comments:
        comments = next(token.start for token, part in zip(reading.tokens, reading.part_of, strict=True) if part)
        if found := _first_age(reading, comments):
            return found
    return _first_age(reading, 0)


def _first_age(reading: Reading, begin: int) -> FoundAge | None:
    """The first from the place `begin` of the folded text on."""
    if nth := _said_of_a_person(reading, begin, (_NTH,)):
        return nth
    for unit, pattern in _PATTERNS:
        for match in pattern.finditer(reading.folded, begin):
            age = _age(unit, match)
            if (
                _SPAN_OF_TIME.search(reading.folded[: match.start()])
                or (reading.foreign and match.group().endswith(" y"))
                or (reading.language != "id" and match.group().endswith("th") and match.group()[-3:-2].isdigit())
            ):
                continue
            start = next(match.start(place) for place in (1, 2) if match.group(place))
            if age and reading.span_is_free(start, match.end()):
                feast = _BIRTHDAY.search(match.group())
                reading.take_span(start, match.start() + feast.start() if feast else match.end())
                return FoundAge(age, start, match.end(), unit == "turning")
    for match in _ROUND.finditer(reading.folded, begin):
        if not _OF_MARRIAGE.search(reading.folded) and reading.span_is_free(*match.span()):
            reading.take_span(*match.span())
            return FoundAge(AgeRange(float(match[1]), float(match[1])), match.start(), match.end(), True)
    return _said_of_a_person(reading, begin, (_IS, _SHORT_IS, _IS_NOW, _OF_DECADE, _BESIDE))


def _said_of_a_person(reading: Reading, begin: int, patterns: tuple[re.Pattern[str], ...]) -> FoundAge | None:
    """Of "grandpa is 82", "unser Sohn ist 3", "my mom's 50th": a bare number said of somebody."""
    for pattern in patterns:
        for match in pattern.finditer(reading.folded, begin):
            who, start = match.group("who"), match.start("age")
            also = {_NTH: _WHOSE, _IS: _PRONOUNS}.get(pattern, frozenset())
            person = pattern in {_SHORT_IS, _IS_NOW} or who in also or (who not in _NO_PERSON and table("people", 3, 4).get(who))
            low = float(match.group("age"))
            high = float(match.groupdict().get("other") or low)
            if not person or not low <= high <= OLDEST or not reading.span_is_free(start, match.end()):
                continue
            if pattern is _OF_DECADE:
                high = low + 9
            elif (pattern is _BESIDE and low == high and _SHOES.search(reading.folded)) or (
                pattern is _BESIDE and high > LAST_OF_CHILDREN and not reading.folded[match.end() :].lstrip().startswith((",", ")"))
            ):
                continue
            reading.take_span(start, match.end())
            return FoundAge(AgeRange(low, high), start, match.end(), pattern is _NTH)
    return None


def _age(unit: str, match: re.Match[str]) -> AgeRange | None:
    numbers = [_number(one) for one in match.groups() if one]
    low, high = numbers[0], numbers[-1]
    if unit == "months":
        low, high = low / 12, high / 12
    if unit == "weeks":
        low, high = low / 52, high / 52
    if high > OLDEST or low > high:
        return None
    if unit in {"open", "above"}:
        return AgeRange(low, OPEN_END)
    if unit == "below":
        return AgeRange(0, high)
    return AgeRange(low, low + 9) if unit == "decade" else AgeRange(low, high)


def _number(word: str) -> float:
    known = _NUMBERS.get(word) or _ORDINALS.get(word) or _DECADES.get(word)
    return known if known is not None else float(word.replace(",", "."))


def band_of(age: AgeRange) -> AgeBand:
    """The band in whose middle the age falls."""
    middle = (age.low + min(age.high, age.low + 10)) / 2
    order: tuple[AgeBand, ...] = ("baby", "toddler", "child", "teen", "adult")
    for band in order:
        if middle < BANDS[band][1]:
            return band if middle < BANDS["senior"][0] else "senior"
    return "adult"
