"""Text -> wish. The order of the finders matters: names that hold figures, negations, ages, money, sizes, then the rest."""

from __future__ import annotations

import re

from companion.shop.understanding.ages import FoundAge, band_of, find_age
from companion.shop.understanding.asked import find_asked
from companion.shop.understanding.budgets import CHEAP, find_budget
from companion.shop.understanding.circumstances import find_circumstances, purposes
from companion.shop.understanding.exclusions import find_exclusions
from companion.shop.understanding.heads import UNKNOWN, with_heads
from companion.shop.understanding.interest_kinds import kinds_for
from companion.shop.understanding.interests import PASTIMES, hobbies, interests_of, likings
from companion.shop.understanding.kinds import Lexicon, Mention, key_of, lexicon
from companion.shop.understanding.makers import find_brands
from companion.shop.understanding.named import find_colours, find_franchises, find_materials, find_occasions
from companion.shop.understanding.past import pass_over_earlier
from companion.shop.understanding.people import Recipient, find_recipient
from companion.shop.understanding.phrases import Phrases, table
from companion.shop.understanding.pictures import listed_pictures, themes
from companion.shop.understanding.reading import Reading, read
from companion.shop.understanding.scene import Asked, Scene
from companion.shop.understanding.sizes import find_sizes, sizes_beside
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.tagger import Amend, amended
from companion.shop.understanding.tagger_found import Found
from companion.shop.understanding.text import stems_of
from companion.shop.understanding.wish import AgeBand, Wish
from companion.shop.understanding.wording import MODIFIER, Parts, sentence, terms_of

_MAYBE_YOUNG = frozenset(("son", "daughter", "nephew", "niece", "student", "cousin"))
MOST_MENTIONS = 40
"""Products named that are weighed against each other; a text with more is no query."""
MOST_NEEDS = 8
"""Kinds kept of those that answer a circumstance."""
_YOUNG: frozenset[AgeBand] = frozenset(("baby", "toddler", "child", "teen"))
_TAGS_ENDINGS = (
    "tok",
    "lover",
    "life",
    "lovers",
    "girl",
    "mom",
    "hacks",
    "hack",
    "tips",
    "essentials",
    "musthaves",
    "finds",
    "inspo",
    "aesthetic",
    "training",
)


def understand(text: str, currency: str = "USD", brands: Phrases | None = None, amend: Amend = amended) -> Wish:
    """What the text wishes for; any text gives a wish, one without sense an empty one.

    Args:
        text: a search, a caption with comments under it (parts split by `|`), or a circumstance. The first 1,200 characters are read.
        currency: of a bare amount: the catalogue's main one.
        brands: the catalogue's own, beside the well-known.
        amend: has the last word on what the rules have found; the tagger that ships.
    """
    reading = read(text)
    franchises = find_franchises(reading)
    named = frozenset(reading.taken)
    exclusions = find_exclusions(reading)
    pass_over_earlier(reading)
    age = find_age(reading)
    budget = find_budget(reading, currency)
    sizes = find_sizes(reading)
    lexical = lexicon()
    named_kinds = lexical.mentions(reading.tokens, reading.language)
    mentions = with_heads(
        reading,
        [
            one
            for one in named_kinds
            if reading.free(one.first, one.last)
            and not (reading.foreign and carries_nothing("".join(reading.word(at) for at in range(one.first, one.last)), True))
        ],
    )
    if reading.is_keywords:
        sizes = (*sizes, *sizes_beside(reading, [one.last for one in mentions if _is_worn(lexical, one)]))
    found_brands, named_makers = find_brands(reading, mentions, brands)
    mentions = [one for one in mentions if not _is_in_maker(one, named_makers)]
    colours = find_colours(reading, mentions, named_makers)
    mentions = [one for one in mentions if reading.free(one.first, one.last)]
    recipient = find_recipient(reading, named_makers)
    liked = likings(reading)
    if all(one.kind == "gift" or one.kind in PASTIMES for one in mentions):
        liked = liked or hobbies(reading)
    elif recipient.relatives and not liked:
        things = [one for one in mentions if one.last - one.first > 1 or one.kind not in PASTIMES]
        liked = hobbies(reading, True, frozenset(place for one in things for place in range(one.first, one.last)))
    shown = [*themes(reading), *listed_pictures(reading, lexical, mentions, max((one.last for one in mentions), default=0))]
    makers = {key_of(name) for name in found_brands}
    interests = tuple(name for name in interests_of(reading, [*liked, *shown], franchises) if key_of(name) not in makers)
    told = find_circumstances(reading)
    liked_places = [range(one.first, one.last) for one in liked]
    clauses = (
        liked_places + [range(one.first, one.last) for one in told if _is_told(reading, one.first, one.last, mentions)] + purposes(reading)
    )
    mentions = [one for one in mentions if recipient.places.isdisjoint(range(one.first, one.last)) or one.last - one.first > 1]
    brand_places = named_makers - {place for one in mentions for place in range(one.first, one.last)}
    mentions = mentions[:MOST_MENTIONS]
    occasions, occasion_places = find_occasions(reading)
    mentions = [one for one in mentions if not occasion_places.issuperset(range(one.first, one.last))]
    asked = find_asked(Scene(reading, lexical, mentions, clauses, recipient.places | brand_places, recipient.relatives, occasion_places))
    asked, found_brands, franchises, interests, exclusions, colours, sizes, occasions = amend(
        reading, Found(asked, found_brands, franchises, interests, exclusions, colours, sizes, occasions)
    )
    helping = tuple(dict.fromkeys((*(kind for one in told for kind in one.kinds), *kinds_for(interests), *_scene(reading))))
    kinds, needs = _kinds_and_needs(lexical, asked, helping)
    band = _band(age, recipient)
    parts = Parts(liked_places, clauses, named | named_makers, recipient.places)
    weights = terms_of(reading, asked, parts)
    terms: dict[str, float] = {}
    for place, weight in weights.items():
        stem = reading.tokens[place].stem
        terms[stem] = max(weight, terms.get(stem, 0.0))
    narrowed = kinds[:1] if asked and kinds[:1] != asked.kinds[:1] and "gift" not in asked.kinds else ()
    for stem in (stem for kind in narrowed for stem in stems_of(kind)):
        terms.setdefault(stem, MODIFIER)
    if age and age.turning and "birthday" not in occasions:
        occasions = ("birthday",) if reading.has_comments else (*occasions, "birthday")
    return Wish(
        text=text,
        product_type=_words(reading, asked),
        name=tuple(reading.tokens[place].stem for place in asked.name if reading.free(place, place + 1)) if asked else (),
        kinds=kinds,
        needs=needs,
        recipient=recipient.name or _child(reading, age, band),
        gender=recipient.gender,
        age=age.age if age else None,
        age_band=band,
        budget=budget,
        cheap=budget is None and bool(CHEAP.search(reading.folded)),
        colours=colours,
        materials=find_materials(reading, mentions),
        sizes=sizes or _size_by_age(reading, lexical, age, kinds),
        brands=found_brands,
        franchises=franchises,
        interests=interests,
        occasions=occasions,
        gift=any(one.kind == "gift" for one in named_kinds),
        exclusions=exclusions,
        terms=terms,
        rest=sentence(
            reading, weights, " ".join((*narrowed, *_in_english(reading, kinds, interests, colours), _audience(recipient, band)))
        ),
    )


def _is_in_maker(one: Mention, makers: frozenset[int]) -> bool:
    """Whether it is only a word of a maker's name: the spade of "Kate Spade"."""
    return one.last - one.first == 1 and one.first in makers and bool({one.first - 1, one.last} & makers)


def _is_worn(lexical: Lexicon, one: Mention) -> bool:
    return any(lexical.is_a(one.kind, wide) for wide in ("clothing", "footwear")) or (one.kind == UNKNOWN)


def _size_by_age(reading: Reading, lexical: Lexicon, age: FoundAge | None, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Of clothes "3-6 months" is the size too."""
    said = reading.folded[age.start : age.end] if age else ""
    clothes = bool(kinds) and lexical.is_a(kinds[0], "clothing")
    return (said,) if clothes and re.fullmatch(r"\d+\s*(?:-|to)\s*\d+\s*m(?:on)?ths?|\d+\s*-\s*\d+\s*m(?:onths?)?", said) else ()


def _is_told(reading: Reading, first: int, last: int, mentions: list[Mention]) -> bool:
    """Whether a circumstance is more than a product's name ("tailbone cushion"), or in a list of words part of it ("baby sleeping bag")."""
    if reading.is_keywords and any(one.first < last and first < one.last for one in mentions):
        return False
    return not any(one.first <= first and last <= one.last for one in mentions)


def _kinds_and_needs(lexical: Lexicon, asked: Asked | None, helping: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Kinds asked for, a narrower one first where the circumstance calls for it ("run club ... what shoes"), and what else would help."""
    wide = [kind for kind in (asked.kinds if asked else ()) if kind != "gift"]
    if not wide:
        return (), helping[:MOST_NEEDS] if not asked or "gift" in asked.kinds else ()
    if asked is None or asked.last - asked.first > 1:
        return tuple(wide), helping[:MOST_NEEDS]
    narrower = [kind for kind in helping if kind not in wide and any(lexical.is_a(kind, one) for one in wide)]
    return tuple(dict.fromkeys((*narrower[:1], *wide))), helping[:MOST_NEEDS]


def _scene(reading: Reading) -> tuple[str, ...]:
    """Kinds that hashtags and the caption around the asking comments speak of; they only narrow what is asked for."""
    names: list[str] = []
    for place in sorted(reading.hashtags):
        word = reading.word(place)
        for ending in _TAGS_ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                name = table("interests", 1).get(word.removesuffix(ending))
                names += [name] if name else []
    if reading.has_comments:
        names += [one.row[0] for one in table("interests", 1).find(reading.tokens, reading.foreign)]
    return kinds_for(tuple(dict.fromkeys(names)))


def _band(age: FoundAge | None, recipient: Recipient) -> AgeBand:
    return band_of(age.age) if age else recipient.band


def _child(reading: Reading, age: FoundAge | None, band: AgeBand) -> str:
    """Of "for my 5-year-old": a person named only by an age."""
    if age is None or band not in _YOUNG:
        return ""
    before = {token.word for token in reading.tokens if token.end <= age.start and token.start >= age.start - 12}
    return ("teen" if band == "teen" else "child") if before & {"my", "a", "an", "our", "mi", "meu", "un", "um"} else ""


def _in_english(reading: Reading, kinds: tuple[str, ...], interests: tuple[str, ...], colours: tuple[str, ...]) -> tuple[str, ...]:
    """What the lexicon knows of a text in another language, for the encoder."""
    return (*kinds[:1], *interests, *colours) if reading.foreign else ()


def _audience(recipient: Recipient, band: AgeBand) -> str:
    if band in {"baby", "toddler"}:
        return f"for {band}"
    if band in _YOUNG:
        return {"male": "for boys kids", "female": "for girls kids"}.get(recipient.gender, "for kids")
    if recipient.name in {"dog", "cat"}:
        return f"for {recipient.name}"
    if recipient.name in _MAYBE_YOUNG:
        return {"male": "for boys", "female": "for girls"}.get(recipient.gender, "")
    return {"male": "for men", "female": "for women"}.get(recipient.gender, "")


def _words(reading: Reading, asked: Asked | None) -> str:
    if asked is None or asked.kinds[:1] == ("gift",):
        return ""
    first, last = reading.tokens[asked.first], reading.tokens[asked.last - 1]
    words = " ".join(reading.text[first.start : last.end].split()).partition(" for ")[0]
    return re.sub(r"(?i)(?<=\w)(?:\s+spf)?\s+\d+\W*$", "", words)  # "sunscreen spf 50"
