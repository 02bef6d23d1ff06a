"""Who it is for: "for my 10-year-old son", "gift for mom", "mens wallet", "she loves candles"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from companion.shop.understanding.phrases import Found, table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.wish import AgeBand, Gender
from companion.shop.understanding.word_files import word_class

_FOR = word_class("words before recipients")
_GENERAL = frozenset(("man", "woman", "elderly", "adult"))
"""Audiences, named only where no person is."""
_AUDIENCES = frozenset(("man", "woman", "elderly", "adult", "child", "boy", "girl", "baby", "toddler", "teen"))
_ALSO_THINGS = word_class("people or things")
"""Words that open names of products too ("baby oil", "dog food"): a person only after "for" and the like."""
_VOCATIVES = word_class("vocatives")
"""Said to the person who posts as often as of a recipient; "girls" opens names of products, where gender is still heard."""
_NO_PEOPLE_BEFORE, _NAMES_OF_CUTS = word_class("cuts of clothes"), word_class("names of cuts")
""" "Mom jeans" are jeans."""
_ONLY_VIETNAMESE = word_class("only vietnamese")
_FOR_WHOM = frozenset(("womens", "women's", "mens", "men's", "girls'", "boys'", "kids'", "children's", "ladies'"))
"""Audiences of a thing, in a comment too."""
_SHE = frozenset(("she", "she's", "shes", "she'll", "she'd", "ella", "ela", "elle", "lei"))
_HE = frozenset(("he", "he's", "hes", "he'll", "he'd", "ele", "lui"))
_HER, _HIM = frozenset(("her", "herself")), frozenset(("him", "himself", "his"))
_COMPOUNDS: tuple[tuple[str, Gender, AgeBand], ...] = (
    ("damen", "female", "adult"),
    ("frauen", "female", "adult"),
    ("herren", "male", "adult"),
    ("manner", "male", "adult"),
    ("madchen", "female", "child"),
    ("jungen", "male", "child"),
    ("kinder", "", "child"),
    ("baby", "", "baby"),
)
_OF_A_PET = re.compile(
    r"\b(?:my|our|the)\s+(?:\w+\s+)?(?:horse|pony|rabbit|bunny|hamster|guinea\s+pig|rat|ferret|parrot|budgie|tortoise|gecko|snake|lizard|hen|chicken|goat|donkey|mare|gelding|foal)\b(?!\s+(?:mad|lover|crazy|obsessed|toy|costume))"
)
"""Of these "he" and "she" are said too."""
_SAYS = frozenset(
    ("said", "says", "asked", "asks", "told", "tells", "thinks", "reckons", "insists", "giving", "gave", "paid", "pays", "keeps saying")
)
"""Who does this tells of the wish and is not whom it is for."""
_SEVERAL = frozenset(("parents", "grandparents", "couple"))
_NOT_BABIES = frozenset(("shower", "blue", "pink", "oil", "shark", "yoda", "doll", "powder", "grow", "carrots"))
_PETS = frozenset(("dog", "cat"))


@dataclass(frozen=True, slots=True)
class Recipient:
    """Empty fields were not said. `places` are the tokens that say it."""

    name: str = ""
    gender: Gender = ""
    band: AgeBand = ""
    places: frozenset[int] = frozenset()
    relatives: frozenset[int] = frozenset()
    """Those of `places` that name a relative or friend rather than an audience ("mens")."""


def find_recipient(reading: Reading, makers: frozenset[int] = frozenset()) -> Recipient:
    """The person the thing is for. Of several the one said right after "for my" counts, else the first; hashtags are moods, not people."""
    found = [
        one
        for one in table("people", 3, 4).find(reading.tokens, reading.foreign)
        if (reading.hashtags | makers).isdisjoint(range(one.first, one.last))
        and reading.free(one.first, one.last)
        and _is_person(reading, one)
    ]
    places = frozenset(place for one in found for place in range(one.first, one.last))
    found = [one for one in found if reading.word(one.last) not in _SAYS] or found
    if not found:
        gender, band = _in_compound(reading)
        return Recipient(gender=gender or _pronoun(reading), band=band, places=places)
    relatives = frozenset(place for one in found if one.row[0] not in _AUDIENCES for place in range(one.first, one.last))
    best = max(found, key=lambda one: (_rank(reading, one), -one.first))
    name, gender, band = best.row[0], cast(Gender, {"m": "male", "f": "female"}.get(best.row[1], "")), cast(AgeBand, best.row[2])
    for other in found if name not in _SEVERAL else ():
        gender = gender or cast(Gender, {"m": "male", "f": "female"}.get(other.row[1], ""))
        band = band or (
            cast(AgeBand, other.row[2]) if other.row[2] in {"baby", "toddler", "child", "teen"} and name not in {"mother", "father"} else ""
        )
    if band in {"", "adult"} and any(other.row[2] == "senior" for other in found):  # "elderly dad"
        band = "senior"
    if band == "child":  # "teen hoodie for boys": the narrower word counts
        band = next((cast(AgeBand, other.row[2]) for other in found if other.row[2] in {"baby", "toddler", "teen"}), band)
    if name in _PETS:
        return Recipient(name, "", "", places, relatives)
    name = "" if name in _GENERAL - {"elderly"} and not _said_for(reading, best) else name
    in_compound = _in_compound(reading)
    return Recipient(name, gender or in_compound[0] or _pronoun(reading), band or in_compound[1], places, relatives)


def _is_person(reading: Reading, one: Found) -> bool:
    word = reading.word(one.first)
    if _is_another_word(reading, one):
        return False
    if one.row[0] == "baby" and one.last - one.first == 1 and reading.is_keywords and reading.word(one.last) not in _NOT_BABIES:
        return True
    said_of_thing = word in _FOR_WHOM and not (reading.has_comments and not reading.part_of[one.first])
    if not said_of_thing and (reading.has_comments or (word in _VOCATIVES and one.first == 0 and reading.breaks_before(one.last))):
        return _said_for(reading, one)
    if said_of_thing or reading.word(one.first) not in _ALSO_THINGS or one.last - one.first > 1:
        return True
    return _said_for(reading, one) or (one.row[0] in {"man", "baby", "child"} and _ends(reading, one))


def _is_another_word(reading: Reading, one: Found) -> bool:
    """Of "mom jeans", "senior dog", "having my baby", and of words that only Vietnamese has."""
    word, after = reading.word(one.first), reading.word(one.last)
    return (
        (after in _NO_PEOPLE_BEFORE and word in _NAMES_OF_CUTS)
        or (one.row[0] == "elderly" and after in _ALSO_THINGS)
        or (one.row[0] == "baby" and reading.word(one.first - 2) == "having")
        or (word == "fil" and one.last - one.first == 1)  # French "wire", and no son
        or (word in _ONLY_VIETNAMESE and one.last - one.first == 1 and reading.language != "vi")
    )


def _ends(reading: Reading, one: Found) -> bool:
    return reading.breaks_before(one.last) or reading.word(one.last) in {"who", "under", "with", "below", "and", "that", "size", "in"}


def _said_for(reading: Reading, one: Found) -> bool:
    before = [reading.word(place) for place in range(max(0, one.first - 5), one.first)]
    return any(word in _FOR for word in before)


def _rank(reading: Reading, one: Found) -> tuple[bool, ...]:
    near = [reading.word(place) for place in range(max(0, one.first - 4), one.first)]
    specific = one.row[0] not in _AUDIENCES | {"friend"}
    asking = bool(reading.part_of[one.first]) and "for" in near
    return (asking, any(word in _FOR for word in near), specific, one.row[0] not in _GENERAL)


def _pronoun(reading: Reading) -> Gender:
    if _OF_A_PET.search(reading.folded):
        return ""
    return _said_by_pronoun(reading)


def _said_by_pronoun(reading: Reading) -> Gender:
    """By "she", "for her", "himself", else by "her birthday"; in other languages by their pronouns that mean nothing else."""
    words = {token.word for token in reading.tokens}
    after_for = {reading.word(place + 1) for place, token in enumerate(reading.tokens) if token.word in {"for", "para"}}
    if words & _SHE or after_for & _HER or "herself" in words:
        return "female"
    if words & _HE or after_for & (_HIM - {"his"}) or "himself" in words:
        return "male"
    if reading.has_comments or reading.foreign or bool(words & _HER) == bool(words & _HIM):
        return ""
    return "female" if words & _HER else "male"


def _in_compound(reading: Reading) -> tuple[Gender, AgeBand]:
    """Whom a German compound names: "Damenuhr", "Kinderhelm"."""
    if reading.language == "de":
        for token in reading.tokens:
            for start, gender, band in _COMPOUNDS:
                if token.word.startswith(start) and len(token.word) > len(start) + 2:
                    return gender, band
    return "", ""
