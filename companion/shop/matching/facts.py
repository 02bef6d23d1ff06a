"""What a product is, read once from its title, category and attributes: kinds, audience, colours, materials, words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from companion.shop.matching.audience import Audience, audience_of
from companion.shop.matching.titles import LONGEST_ITEM, LONGEST_TITLE, is_governed, only_modifies, phrases_of
from companion.shop.product import Product
from companion.shop.understanding.kinds import Lexicon, lexicon
from companion.shop.understanding.phrases import table
from companion.shop.understanding.text import Token, fold, stems_of, tokens_of

HEAD, NAMED, LATER, MODIFIER, GOVERNED, BY_CATEGORY = 1.0, 0.7, 0.55, 0.3, 0.12, 0.5
"""How sure a name in a title is the thing sold: the head of the first phrase, another name in it, a name in a later phrase, a mere
modifier ("car phone holder" and the car), what follows "for" or "with", a kind only the category tells."""


@dataclass(frozen=True, slots=True)
class Facts:
    """`kinds` maps a kind to how sure it is, from 0 to 1.

    `joined` holds the stems of title and attributes in their order, each between blanks, for words and phrases alike: it takes a third
    of the memory of a set, and is as quick for titles. `around` are the category's stems.
    """

    kinds: dict[str, float]
    audience: Audience
    colours: frozenset[str]
    materials: frozenset[str]
    around: frozenset[str]
    joined: str


def facts_of(product: Product) -> Facts:
    """Facts of one product. About 0.2 ms; a catalogue's are kept by the ranker."""
    known = lexicon()
    folded = fold(product.title[:LONGEST_TITLE])
    tokens = tokens_of(folded)
    order = tuple(token.stem for token in tokens)
    category = _category(product.category)
    attributes = {name: value for name, value in product.attributes.items() if value}
    extra = [
        stem
        for name in ("colour", "color", "material", "size", "gender", "age_group")
        if name in attributes
        for stem in stems_of(attributes[name])
    ]
    stems = frozenset((*order, *extra))
    kinds = _kinds(known, tokens, category)
    said_colours = tokens_of(fold(f"{attributes.get('colour', '')} {attributes.get('color', '')}"))
    return Facts(
        kinds,
        audience_of(stems, folded, attributes.get("gender", ""), attributes.get("age_group", ""), category.stems),
        _named("colours", (*tokens, *said_colours)),
        _named("materials", (*tokens, *tokens_of(fold(attributes.get("material", ""))))),
        category.stems,
        f" {' '.join((*order, *extra))} ",
    )


def stems_around(product: Product) -> frozenset[str]:
    """Stems of the product's category."""
    return _category(product.category).stems


@dataclass(frozen=True, slots=True)
class _Category:
    kinds: tuple[str, ...]
    """Of the narrowest name that names any, then of those above it."""
    stems: frozenset[str]


@lru_cache(maxsize=8192)
def _category(path: tuple[str, ...]) -> _Category:
    """Kinds that a category path names, the narrowest first."""
    known = lexicon()
    found: list[str] = []
    for name in reversed(path):
        found += [one.kind for one in known.mentions(tokens_of(fold(name)), "id")]
    return _Category(tuple(dict.fromkeys(found)), frozenset(stem for name in path for stem in stems_of(name)))


def _kinds(known: Lexicon, tokens: Sequence[Token], category: _Category) -> dict[str, float]:
    mentions = known.mentions(tokens)
    phrases = phrases_of(tokens)
    kinds: dict[str, float] = {}
    first_phrase = next((phrases[one.first] for one in mentions if not is_governed(tokens, phrases, one)), 0)
    heads = [one for one in mentions if phrases[one.first] == first_phrase and not is_governed(tokens, phrases, one)]
    for place, one in enumerate(mentions):
        if is_governed(tokens, phrases, one):
            strength = GOVERNED
        elif phrases[one.first] == first_phrase:
            strength = (HEAD if one is heads[-1] else NAMED) if first_phrase == 0 or phrases.count(0) <= LONGEST_ITEM else NAMED
        else:
            strength = LATER
        after = mentions[place + 1] if place + 1 < len(mentions) else None
        if only_modifies(known, tokens, phrases, one, after):
            strength = min(strength, MODIFIER)
        kinds[one.kind] = max(strength, kinds.get(one.kind, 0.0))
    return _with_category(known, kinds, category.kinds)


def _with_category(known: Lexicon, kinds: dict[str, float], category: Iterable[str]) -> dict[str, float]:
    """A category that agrees makes a kind surer; one that no name of the title agrees with is a kind of its own, though a weak one."""
    for place, wide in enumerate(category):
        narrower = [kind for kind in kinds if known.is_a(kind, wide)]
        for kind in narrower:
            kinds[kind] = min(1.0, kinds[kind] * (1.15 if place == 0 else 1.05))
        if not narrower and place == 0 and not any(strength >= NAMED for strength in kinds.values()):
            kinds[wide] = max(BY_CATEGORY, kinds.get(wide, 0.0))
    return kinds


def _named(name: str, tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(one.row[0] for one in table(name, 1, 2).find(tokens))
