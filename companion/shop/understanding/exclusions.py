"""What the person does not want: "not leather", "without sugar", "anything but pink", "sugar-free", "allergic to nuts", "sin gluten"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.shop.understanding.phrases import table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.text import stems_of
from companion.shop.understanding.word_files import word_class

LONGEST = 3
"""Words of one thing that is excluded."""

_BEGINS = re.compile(
    r"\b(?:(?:not|nt)\s+(?:made\s+(?:of|from|with)|in|with|for|a\s+fan\s+of|into|interested\s+in|from|containing|"
    r"contain)|nothing\s+(?:with|in|too|that\s+(?:is|has)|made\s+(?:of|from))?|(?:anything|anywhere|everything|"
    r"any\s+(?:colou?r|brand|make|shade|material|flavou?r|kind|type|shop|store))\s+(?:but|except(?:\s+for)?|other\s+than|bar|besides)|"
    r"(?:(?<=[,.;:!|(]\s)|(?<=please\s)|(?<=but\s)|(?<=and\s)|^)(?:hold|skip|lose|drop|ditch)\s+the|minus\s+(?:the|any)|leave\s+(?:out|off)(?:\s+the)?|"
    r"steer(?:ing)?\s+clear\s+of|stay(?:s|ing)?\s+away\s+from|instead\s+of|rather\s+than(?!\s+(?:do|have|get|buy|use|be|to|pay|go|spend|make|take|let|i|we|he|she|they|you|it)\b)|zero(?=\s+(?:sugar|alcohol|caffeine|plastic|calories))|"
    r"(?:cannot|can\s*not|can.?t|must\s*n.?t|must\s+not|should\s*n.?t|should\s+not)\s+(?:have|eat|drink|"
    r"wear|use|stand|tolerate|contain|be|take|handle|touch|do(?!\s+without)|abide|stomach|bear)|"
    r"(?:does|do|did)\s*(?:not|n.?t)\s+(?:like|want|need|eat|drink|wear|use|have|contain|include|enjoy|"
    r"look|care\s+for)(?:\s+(?:any|anything))?|(?:dislikes?|hates?|avoids?|avoiding|detests?|"
    r"loathes?)(?:\s+anything)?|"
    r"(?:is|are|am|i.m|he.s|she.s|isn.t|aren.t)?\s*(?:badly\s+|severely\s+|highly\s+)?(?:allergic|"
    r"intolerant|sensitive)\s+to|(?:isn.?t|aren.?t|ain.?t|don.?t\s+be)|(?:free\s+(?:of|from))|"
    r"(?:without|w/o|w/out|witout|wihtout|withot)(?:\s+(?:any|a|an|the))?|"
    r"nothing|except(?:\s+for)?|excluding|other\s+than|apart\s+from|besides|minus|but\s+no(?:t)?|no\s+more|no|not|nt|never|non|"
    r"que\s+no\s+(?:sea|sean|tenga|tengan|contenga|lleve)(?:\s+de)?|no\s+quiero|no\s+de|sin|excepto|menos|"
    r"nada\s+de|odia|alergic[oa]\s+a|que\s+nao\s+(?:seja|tenha|contenha)(?:\s+de)?|nao\s+quero|"
    r"nao\s+(?:de|gosta\s+de)|sem|exceto|nada\s+de|"
    r"tanpa|bukan|jangan|selain|kecuali|tidak\s+(?:mau|suka|pakai|mengandung|pake)|nggak\s+(?:mau|suka)|"
    r"gak\s+(?:mau|suka)|khong\s+(?:phai|co|chua|thich|muon|lay|dung|mau)|tru|"
    r"ohne|keine?[nrms]?|bloss\s+nicht|nur\s+nicht|nicht|ausser|ausgenommen|allergisch\s+gegen|hasst|mag\s+kein[en]*|vertragt\s+kein[en]*|"
    r"sans|pas\s+(?:de|en|du|d.)|surtout\s+pas(?:\s+(?:de|en))?|pas|sauf|hormis|ni|aucune?|rien\s+en|"
    r"allergique\s+(?:a|au|aux)|deteste|n.aime\s+pas(?:\s+(?:le|la|les))?|ne\s+supporte\s+pas(?:\s+(?:le|"
    r"la|les))?|"
    r"senza|che\s+non\s+(?:sia|siano|contenga)(?:\s+(?:di|in))?|non\s+(?:di|in|vuole|voglio)|non|tranne|"
    r"eccetto|niente|nessun[oa]?|allergic[oa]\s+(?:a|al|alla|alle|ai)|intollerante\s+(?:a|al|alla)|"
    r"odia)\s+"
)
_HARMS = re.compile(r"\banything\s+(?:with|containing)\s+(?=(?:\S+\s+){1,6}(?:breaks|makes|gives|irritates|triggers|causes|hurts|burns)\b)")
"""What comes before "breaks me out" and the like."""
_OF_CHOICE = re.compile(r"hates?|dislikes?|detests?|loathes?|hasst|odia|deteste|instead|rather")
_ALLERGY = re.compile(r"\b(?P<thing>[^\W\d_]+)\s+(?:allerg(?:y|ies)|intolerance)\b")
"""Of "a nut allergy"."""
_NO_ALLERGEN = word_class("no allergens")
_PARTICLES = frozenset(("on", "in", "up", "off", "out", "down", "over"))
_WITH_PARTICLE = word_class("words with particles")
"""Words that are one with a particle after them: "clip on", "lace up"."""
_NO_INGREDIENTS = word_class("no ingredients")
_NOT_A_THING = word_class("no things")
_SORTS_OF_PEOPLE = word_class("sorts of people")
_STOPS = word_class("ends of exclusions")
_JOINERS = frozenset(("und", "oder", "et", "or", "and", "nor", "o", "y", "e", "ou", "ni", "nem", "atau", "dan", "hoac", "va", "&"))
_SKIPPED = word_class("skipped in exclusions")
_FREE = re.compile(
    r"\b(sugar|gluten|caffeine|alcohol|fragrance|paraben|sulfate|sulphate|silicone|lactose|dairy|nut|"
    r"peanut|soy|egg|fat|oil|bpa|nickel|lead|plastic|latex|chemical|meat|"
    r"cruelty|scent|perfume|salt|sodium|preservative|ammonia|acid|dye|wheat|grain|pork|leather|glass|"
    r"metal|aluminum|aluminium|fluoride|pvc|phthalate|carb|cholesterol|wool|fur|feather|dust|smoke|noise|"
    r"glitter|battery|lace)s?[\s-]+free\b"
)
_FREI = re.compile(
    r"\b(zucker|gluten|laktose|nickel|parfum|alkohol|duftstoff|koffein|bpa|plastik|leder|nuss|silikon|sulfat)[-\s]?frei\w*\b"
)
_FREI_OF = {
    "zucker": "sugar",
    "laktose": "lactose",
    "parfum": "fragrance",
    "alkohol": "alcohol",
    "duftstoff": "fragrance",
    "koffein": "caffeine",
    "plastik": "plastic",
    "leder": "leather",
    "nuss": "nuts",
    "silikon": "silicone",
    "sulfat": "sulfate",
}
_NON = re.compile(
    r"\bnon[\s-]+(leather|wool|dairy|metal|metallic|plastic|glass|latex|cotton|synthetic|gmo|veg|alcohol|"
    r"scented|greasy|fragrance|black|white|wired|electric|halal)\b"
)
_LESS = re.compile(r"\b(un(?:scented|sweetened|flavou?red|salted)|decaf(?:feinated)?|fragranceless|odou?rless|sugarless)\b")
_LESS_OF = {
    "unscented": "scented",
    "unsweetened": "sweetened",
    "unflavored": "flavoured",
    "unflavoured": "flavoured",
    "unsalted": "salted",
    "decaf": "caffeine",
    "decaffeinated": "caffeine",
    "fragranceless": "fragrance",
    "odorless": "odour",
    "odourless": "odour",
    "sugarless": "sugar",
}


@dataclass
class _At:
    """A place among the tokens that moves on as words are read."""

    place: int


def find_exclusions(reading: Reading) -> tuple[str, ...]:
    """What is not wanted, in order; the tokens become explained."""
    found: list[tuple[int, str]] = []
    for pattern in (_FREE, _NON, _LESS, _FREI):
        for match in pattern.finditer(reading.folded):
            if reading.span_is_free(*match.span()):
                reading.take_span(*match.span())
                word = match.group(1)
                found.append((match.start(), _LESS_OF.get(word) or _FREI_OF.get(word) or _name(reading, word)))
    for match in _ALLERGY.finditer(reading.folded):
        if match.group("thing") not in _NO_ALLERGEN and reading.span_is_free(*match.span()):
            reading.take_span(*match.span())
            found.append((match.start(), match.group("thing")))
    for match in _HARMS.finditer(reading.folded):
        found += [(match.start(), thing) for thing in _things(reading, match)]
    for match in _BEGINS.finditer(reading.folded):
        if match.group().strip() == "no" and reading.language == "pt":
            continue  # "no natal": at Christmas
        if _OF_CHOICE.match(match.group()) and not _may_be_avoided(reading, reading.tokens_in(*match.span())[1]):
            continue
        found += [(match.start(), thing) for thing in _things(reading, match)]
    by_stem: dict[tuple[str, ...], str] = {}
    for _, thing in sorted(found, key=lambda one: one[0]):
        by_stem.setdefault(stems_of(thing), thing)
    return tuple(by_stem.values())


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
        if not words and (reading.word(place + 1) == "than" or _is_a_sort_of_person(reading, start, place)):
            break
        if (
            word in _STOPS
            or word.isdigit()
            or not reading.free(place, place + 1)
            or (not words and word in _NOT_A_THING and not (word in _WITH_PARTICLE and reading.word(place + 1) in _PARTICLES))
        ):
            break
        if words and _is_colour(word) and not _known(" ".join((*words, word))):
            break  # "no armrests grey"
        words.append(word)
        place += 1
        if _closed(words):
            break
    if not words or (begun and not words[0].isalpha()):
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
    word = reading.word(place)
    if word in _STOPS or word in _NOT_A_THING or not word:
        return False
    known = bool(_known(word) or _known(f"{word} {reading.word(place + 1)}"))
    if comma_only:
        return known and _is_colour(word) == _is_colour(last_thing) and reading.word(place + 1) in _JOINERS
    last = place + 1 >= len(reading.tokens) or reading.breaks_before(place + 1) or reading.word(place + 1) in _STOPS
    return known or last


def _is_colour(word: str) -> bool:
    return bool(table("colours", 1, 2).get(word))


def _known(phrase: str) -> str:
    return table("colours", 1, 2).get(phrase) or table("materials", 1, 2).get(phrase)


def _name(reading: Reading, phrase: str) -> str:
    """As written; in other languages the English name of a colour or material."""
    phrase = phrase.removesuffix(" smell").removesuffix(" at all")
    return (_known(phrase) or phrase) if reading.foreign else phrase
