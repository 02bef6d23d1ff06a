"""Whether a catalogue holds what is asked for, so that a shop can say "we do not have that" in place of showing something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from companion.shop.matching.facts import Facts
from companion.shop.matching.fitting import Fitting
from companion.shop.matching.scoring import Scored
from companion.shop.matching.titles import Title
from companion.shop.product import Product
from companion.shop.understanding.kinds import same_things
from companion.shop.understanding.phrase_heads import DESCRIBING
from companion.shop.understanding.text import stems_of

LOOKED_AT = 20
SURE, LIKELY = 0.68, 0.3
"""How surely a candidate is of the asked kind."""
SUREST = 0.8
"""Share of the sureness of what a candidate most surely is that the asked kind has to reach."""
NAMED, FULLY_NAMED = 0.5, 0.7
"""Share of the words of the thing's name, weighted by rarity, that the candidate has."""
ANOTHER_NAME = 0.6
"""Nearness in meaning from which a product of the kind counts as the thing under another name ("sneakers" for "trainers")."""
SAME_THING = 0.8
"""The same for names of several words, whose first words tell sorts apart ("standing desk")."""
WHOLLY_NAMED = 0.95
"""The same for names of several words."""
SYNONYM = 0.78
"""Cosine of two names with the same head from which they are one thing: "picture frame" and "photo frame", not "slow" and "rice cooker"."""
HALF_NEAR = 0.5
"""The same where the title names another thing before the one that is asked for."""
NEAR_A_STORY = 0.35
"""The same where no product was named and the circumstance is not known: whatever is near may help."""
NEAR = 0.75
"""Nearness in meaning that stands in for an unknown name."""

SHORTENED = 3
"""Letters of the shortest short form."""
_DESCRIBING_ENDS = ("able", "ible", "less", "ful", "proof", "ous", "ive", "friendly", "resistant", "free", "style", "size")

Alike = Callable[[str, Sequence[str]], Sequence[float]]
"""Cosines of a name with others; empty where nothing can tell."""


@dataclass(frozen=True)
class Answering:
    """The check for one wish.

    Args:
        fitting: the wish's checks.
        products: the catalogue, and `facts` of each.
        alike: compares names in meaning.
    """

    fitting: Fitting
    products: Sequence[Product]
    facts: Sequence[Facts]
    alike: Alike

    def any_of(self, scored: Sequence[Scored]) -> bool:
        """Whether one of the best candidates is the thing; names are compared in meaning, which takes longest, where nothing else tells."""
        best = scored[:LOOKED_AT]
        return any(self.is_it(one, by_meaning=False) for one in best) or any(self.is_it(one) for one in best)

    def is_it(self, one: Scored, *, by_meaning: bool = True) -> bool:
        """Whether a candidate is the thing asked for: of its kind and called so, or under another name that means the same."""
        wish = self.fitting.wish
        if wish.kinds:
            return one.kind >= LIKELY and self._is_of_kind(one, by_meaning)
        if wish.needs:
            return one.kind >= SURE
        if not wish.name:
            return one.dense >= NEAR_A_STORY or one.words >= NAMED
        if one.dense >= NEAR:
            return not self._is_for_it(one)
        return one.head >= FULLY_NAMED and self._stands(one)

    def _is_of_kind(self, one: Scored, by_meaning: bool) -> bool:
        if one.kind < SUREST * max(self.facts[one.place].kinds.values(), default=0.0) or one.kind < SURE:
            near = one.head >= FULLY_NAMED and one.dense >= HALF_NEAR
            return near and self._stands(one, alone=True) and self._is_of_sort(one)
        of_sort, several = self._is_of_sort(one), len(self.fitting.wish.name) > 1
        if one.dense >= (ANOTHER_NAME if of_sort and not several else SAME_THING):
            return True
        if self._is_for_it(one):
            return False
        if not of_sort:
            return "".join(self._words) in same_things() and self._has_synonym(one, by_meaning)
        return one.head >= (WHOLLY_NAMED if several else NAMED) or self._has_synonym(one, by_meaning)

    def _is_of_sort(self, one: Scored) -> bool:
        """Whether the words before the name that tell sorts apart ("robot vacuum", "ski boots") are the product's too."""
        facts = self.facts[one.place]
        return all(f" {word} " in facts.joined or word in facts.around for word in self._words if word not in self.fitting.wish.name)

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """Stems of the name, and of words before it that do more than describe."""
        wish = self.fitting.wish
        parts = (wish.colours, wish.materials, wish.sizes, wish.brands, wish.franchises, wish.interests, wish.occasions)
        told = {stem for part in parts for one in part for stem in stems_of(one)}
        before = [stem for stem in stems_of(wish.product_type) if stem not in wish.name and stem not in told and not describes(stem)]
        return (*before, *wish.name)

    def _is_for_it(self, one: Scored) -> bool:
        """Whether the title has the thing's head only as what another thing is for."""
        name = self.fitting.wish.name
        return bool(name) and f" {name[-1]} " in self.facts[one.place].joined and not self._stands(one)

    def _stands(self, one: Scored, alone: bool = False) -> bool:
        name, title = self.fitting.wish.name, self._title(one)
        return not name or (title.is_alone if alone else title.has_thing)(name[-1], self._asked)

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(kind for kind, worth in self.fitting.kinds.items() if worth >= SURE)

    def _title(self, one: Scored) -> Title:
        return Title.of(self.products[one.place].title)

    def _has_synonym(self, one: Scored, by_meaning: bool) -> bool:
        """Whether the title calls it by another name that means the same, or that the asked one shortens ("mic")."""
        title, asked = self._title(one), self.fitting.wish.name
        mentions = [mention for mention in title.mentions if mention.kind in self._asked]
        if any(title.key(mention) in self._same for mention in mentions):
            return True
        named = [title.words(mention) for mention in mentions]
        if len(asked) == 1:
            return len(asked[0]) >= SHORTENED and any(name.rpartition(" ")[2].startswith(asked[0]) for name in named)
        return by_meaning and any(cosine >= SYNONYM for cosine in self.alike(" ".join(asked), [name for name in named if " " in name]))

    @cached_property
    def _same(self) -> frozenset[str]:
        """Keys of the names of the very thing."""
        keys = ("".join(self.fitting.wish.name), "".join(self._words))
        return frozenset(keys).union(*(same_things().get(key, ()) for key in keys))


def describes(stem: str) -> bool:
    """Whether a word before a name says how the thing is and not which."""
    return stem in DESCRIBING or stem.isdigit() or stem.endswith(_DESCRIBING_ENDS)
