"""For whom a product is, by its title, category and the feed's gender and age_group."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from companion.shop.understanding.wish import AgeRange, Wish

_WOMEN = frozenset(
    [
        "women",
        "woman",
        "lady",
        "female",
        "wanita",
        "perempuan",
        "mujer",
        "mujeres",
        "mulher",
        "feminino",
        "feminina",
        "femenino",
        "womenswear",
        "bridesmaid",
        "maternity",
    ]
)
_MEN = frozenset(["men", "gents", "male", "pria", "hombre", "hombres", "homem", "masculino", "gentlemen", "menswear"])
_GIRL = frozenset(["girl", "nina", "menina"])
_BOY = frozenset(["boy", "nino", "menino"])
_KID = frozenset(
    ["kid", "child", "junior", "anak", "ninos", "infantil", "infantis", "youth", "preschool", "teenager", "kidswear", "schoolkid"]
)
_BABY = frozenset(["baby", "infant", "newborn", "toddler", "bayi", "bebe", "nursery", "babies"])
_NUMBERS = r"(\d{1,2}(?:\.5)?)"
_TO = r"\s*(?:-|–|to|~|and|&|till|sampai)\s*"
_UNIT_Y, _UNIT_M = r"(?:years?|yrs?|yr|y|tahun|anos|year)", r"(?:months?|mths?|mon|m|bulan|mos?)"
_MONTHS = re.compile(rf"\b{_NUMBERS}(?:\s*{_UNIT_M})?{_TO}{_NUMBERS}\s*{_UNIT_M}\b")
_MONTHS_YEARS = re.compile(rf"\b{_NUMBERS}\s*{_UNIT_M}\b{_TO}{_NUMBERS}\s*{_UNIT_Y}\b")
_YEARS = re.compile(rf"\b{_NUMBERS}(?:\s*{_UNIT_Y})?{_TO}{_NUMBERS}\s*\+?\s*{_UNIT_Y}\b")
_AGES = re.compile(rf"\b(?:age[sd]?|aged?\s+group|kids\s+of|for\s+age[s]?)\s*(?:of|:|-|group|between|from)?\s*{_NUMBERS}{_TO}{_NUMBERS}")
_UP = re.compile(
    rf"\b{_NUMBERS}\s*\+\s*(?:{_UNIT_Y}|ages?)|\b(?:age[sd]?|ages)\s*{_NUMBERS}\s*\+|\b{_NUMBERS}\s*(?:{_UNIT_Y})\s*(?:old\s+|age\s+|kids\s+)*(?:\+|plus|(?:and|&|or)\s+(?:above|up|older|over))|\babove\s+{_NUMBERS}\s*{_UNIT_Y}"
)
_UP_MONTHS = re.compile(rf"\b{_NUMBERS}\s*{_UNIT_M}\s*\+|\b{_NUMBERS}\s*\+\s*{_UNIT_M}\b|\b{_NUMBERS}\s*months?\s*(?:and|&)\s+(?:above|up)")
_ONE_AGE = re.compile(rf"\b{_NUMBERS}[\s-]*(?:years?|yrs?|tahun)[\s-]*olds?\b|\bage\s+{_NUMBERS}\b|\bfor\s+{_NUMBERS}\s*(?:years?|yrs?)\b")
_NOT_AGES = re.compile(
    r"\d+\s*[-–]?\s*\d*\s*(?:years?|yrs?|months?|m)\s*(?:of\s+)?(?:on\s?site\s+)?(?:warranty|guarantee|replacement|brand|comprehensive|manufacturer|validity|subscription|compressor|motor|garansi)|warranty[^,|]{0,12}\d+\s*(?:years?|months?)"
)
_LONGEST_LIFE = 25
"""Years; a range that ends above is no children's age."""
SLACK_YEARS = 0.5
_MAYBE_YOUNG = frozenset(("son", "daughter", "nephew", "niece", "brother", "sister", "cousin", "student", "friend"))
OPEN_YEARS = 6
"""A "3+" toy still suits a child this much older."""


@dataclass(frozen=True, slots=True)
class Audience:
    """`ages` is None where no age is told; `open_ended` for "3+"."""

    women: bool = False
    men: bool = False
    girls: bool = False
    boys: bool = False
    kids: bool = False
    babies: bool = False
    ages: AgeRange | None = None
    open_ended: bool = False

    @property
    def gender(self) -> str:
        """Empty for both and for neither."""
        female, male = self.women or self.girls, self.men or self.boys
        return "" if female == male else ("female" if female else "male")


def audience_of(stems: Set[str], folded: str, gender: str = "", age_group: str = "", category: Set[str] = frozenset()) -> Audience:
    """Read from a product's stems and folded title; a feed's own words (`gender`, `age_group`) count like words of the title."""
    words = stems | set(f"{gender} {age_group}".lower().split())
    both = words | category
    ages, open_ended = _ages(folded)
    unisex = "unisex" in words
    women, men = bool(words & _WOMEN), bool(words & _MEN)
    if not (women or men or words & (_GIRL | _BOY) or unisex):
        women, men = bool(category & _WOMEN), bool(category & _MEN)
    small = bool(ages and ages.high <= 3)
    if unisex and not words & (_KID | _BABY):
        women = men = True
    kids = bool(both & _KID) or bool(ages and ages.high <= 16 and not open_ended)
    return Audience(women, men, bool(words & _GIRL), bool(words & _BOY), kids, bool(words & _BABY) or small, ages, open_ended)


def _ages(folded: str) -> tuple[AgeRange | None, bool]:
    if not any(one.isdigit() for one in folded):
        return None, False
    text = _NOT_AGES.sub(" ", folded)
    ranges: list[AgeRange] = []
    for pattern, low_unit, high_unit in ((_MONTHS_YEARS, 12, 1), (_MONTHS, 12, 12), (_YEARS, 1, 1), (_AGES, 1, 1)):
        for match in pattern.finditer(text):
            low, high = float(match.group(1)) / low_unit, float(match.group(2)) / high_unit
            if low < high <= _LONGEST_LIFE:
                ranges.append(AgeRange(low, high))
    if ranges:
        return AgeRange(min(one.low for one in ranges), max(one.high for one in ranges)), False
    for pattern, unit in ((_UP, 1), (_UP_MONTHS, 12)):
        if found := pattern.search(text):
            low = float(next(one for one in found.groups() if one)) / unit
            return (AgeRange(low, 120.0), True) if low <= 18 else (None, False)
    if said := _ONE_AGE.search(text):
        age = float(next(one for one in said.groups() if one))
        return (AgeRange(max(0.0, age - 1), age + 1), False) if 0 < age <= 18 else (None, False)
    return None, False


def is_for_others(wish: Wish, one: Audience) -> bool:
    """Whether the product names an audience that leaves the wish's recipient out. A product that names none suits everyone."""
    if wish.gender and one.gender and one.gender != wish.gender:
        return True
    years = wish.years
    if years is None:
        return False
    if one.ages and (years.high < one.ages.low - SLACK_YEARS or (not one.open_ended and years.low > one.ages.high + SLACK_YEARS)):
        return not (years.low >= 16 and (one.women or one.men))
    return not (one.ages and not one.open_ended) and _by_words(years, one)


def _by_words(years: AgeRange, one: Audience) -> bool:
    grown, young = one.women or one.men, one.kids or one.babies or one.girls or one.boys
    if years.high <= 13:
        return (grown and not young) or (years.low >= 4 and one.babies and not one.kids)
    if years.low >= 16:
        return (one.kids or one.babies) and not grown
    return one.babies and not one.kids


def suits(wish: Wish, one: Audience) -> float:
    """From -1 (says an age far from the recipient's) over 0 (says nothing) to 1 (names the recipient's gender and age)."""
    years, score = wish.years, 0.0
    if wish.gender and one.gender == wish.gender:
        score += 0.4
    elif wish.gender and (one.women or one.girls) and (one.men or one.boys):
        score += 0.25
    if years is None:
        return score - 0.6 * (
            (one.kids or one.babies) and not (one.women or one.men) and wish.recipient not in _MAYBE_YOUNG and not wish.franchises
        )
    if years.high <= 13:
        score += 0.35 if one.kids or one.boys or one.girls else -0.15
        score -= 0.5 * (one.babies and years.low >= 3.5)
    elif years.high <= 20:
        score -= 0.4 * ((one.kids or one.babies) and not (one.women or one.men))
    if one.ages:
        near = one.ages.low - SLACK_YEARS <= years.low and years.high <= one.ages.high + SLACK_YEARS
        far = one.open_ended and years.low > one.ages.low + OPEN_YEARS
        score += -0.4 if far else (0.35 if near and not one.open_ended else 0.15 if near else -0.2)
    return max(-1.0, min(1.0, score))
