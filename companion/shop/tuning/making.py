"""Questions made from a catalogue: seeded, spread over its product types, in the three styles in which people ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from companion.shop.matching.facts import Facts
from companion.shop.product import Product
from companion.shop.tuning import phrasebook
from companion.shop.tuning.asks import Ask, kind_of, types_of
from companion.shop.understanding.kinds import lexicon
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.text import fold, tokens_of

MOST = 2_000
"""Questions about products: what 2 cores learn in some minutes."""
A_TYPE = 40
"""Most questions about products of one type, so that a catalogue of one thing is no training for all others."""
TOLD_EACH = 1
"""Questions for each way of telling a circumstance or interest."""
BY_LOOK = 0.4
"""Share of the questions about products that also name a word of the title before the thing ("gooseneck kettle")."""
SHORTEST = 3
"""Letters of such a word."""


def made(products: Sequence[Product], facts: Sequence[Facts], first: Sequence[int], seed: int, most: int = MOST) -> list[Ask]:
    """Questions with the product that each was made for.

    Args:
        products: the catalogue.
        facts: of each.
        first: places of products that get a question before all others.
        seed: the same seed and catalogue give the same questions.
        most: about products; those of circumstances come on top.
    """
    chance = np.random.default_rng(seed)
    types = types_of(products, facts)
    asks = [_about(products[place], facts[place], place, types[place], chance) for place in _spread(types, first, chance, most)]
    return list({(ask.query, ask.type): ask for ask in (*asks, *_told(facts, chance))}.values())


def _spread(types: Sequence[str], first: Sequence[int], chance: np.random.Generator, most: int) -> list[int]:
    """Places: `first`, then one of each type in turn."""
    chosen = list(first)[:most]
    waiting: dict[str, list[int]] = {}
    taken = set(chosen)
    for place in chance.permutation(len(types)).tolist():
        if place not in taken:
            waiting.setdefault(types[place], []).append(place)
    for turn in range(A_TYPE):
        for name in sorted(waiting):
            if turn < len(waiting[name]) and not name.startswith("product "):
                chosen.append(waiting[name][turn])
    return chosen[:most]


def _about(product: Product, facts: Facts, place: int, kind_or_category: str, chance: np.random.Generator) -> Ask:
    kind = kind_of(facts)
    names = phrasebook.names().get(kind, (kind,)) if kind else (product.category[-1].lower() if product.category else product.title,)
    thing = str(chance.choice(names))
    looks: tuple[str, ...] = ()
    if kind and chance.random() < BY_LOOK:
        look = _look(product.title, kind)
        if look:
            thing, looks = f"{look[0]} {kind}", (look[1],)
    return Ask(_framed(thing, chance), place, kind_or_category, (kind,) if kind else (), looks)


def _look(title: str, kind: str) -> tuple[str, str] | None:
    """Word and stem that stand right before the name of the kind in a title."""
    tokens = tokens_of(fold(title))
    for one in lexicon().mentions(tokens):
        if one.kind == kind and one.first and not tokens[one.first].before.strip(" -"):
            word = tokens[one.first - 1]
            if len(word.word) >= SHORTEST and word.word.isalpha() and not carries_nothing(word.word, foreign=False):
                return word.word, word.stem
    return None


def _framed(thing: str, chance: np.random.Generator) -> str:
    if chance.random() < 0.5:
        return str(chance.choice(phrasebook.PLAIN)).format(thing=thing)
    comments = [str(chance.choice(phrasebook.COMMENTS)).format(thing=thing)]
    if chance.random() < 0.5:
        comments.insert(int(chance.integers(2)), str(chance.choice(phrasebook.NOISE)))
    return " | ".join((str(chance.choice(phrasebook.CAPTIONS)), *comments))


def _told(facts: Sequence[Facts], chance: np.random.Generator) -> Iterator[Ask]:
    """For each circumstance and interest: products of the closest kind that the catalogue holds."""
    by_kind: dict[str, list[int]] = {}
    for place, one in enumerate(facts):
        if kind := kind_of(one):
            by_kind.setdefault(kind, []).append(place)
    for told in phrasebook.told():
        kinds = tuple(kind for kind in told.kinds if kind in by_kind)
        for way in told.ways if kinds else ():
            for frame in chance.permutation(told.frames)[:TOLD_EACH]:
                yield Ask(str(frame).format(told=way), int(chance.choice(by_kind[kinds[0]])), kinds[0], kinds)
