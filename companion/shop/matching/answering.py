"""Whether a catalogue holds what is asked for, so that a shop can say "we do not have that" in place of showing something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from companion.shop.matching.asked_name import ASPECTS, SETS, AskedName, has_word
from companion.shop.matching.facts import Facts
from companion.shop.matching.fitting import Fitting
from companion.shop.matching.scoring import Scored
from companion.shop.matching.titles import Title
from companion.shop.product import Product
from companion.shop.understanding.kinds import lexicon, same_things
from companion.shop.understanding.phrase_heads import WIDE
from companion.shop.understanding.text import stems_of

LOOKED_AT = 20
SURE, LIKELY = 0.68, 0.3
"""How surely a candidate is of the asked kind."""
SUREST = 0.8
"""Share of the sureness of what a candidate most surely is that the asked kind has to reach."""
NAMED, FULLY_NAMED = 0.5, 0.7
"""Share of the words of the thing's name, weighted by rarity, that the candidate has."""
ANOTHER_NAME = 0.75
"""Nearness in meaning from which a product of the kind counts as the thing under another name ("sneakers" for "trainers")."""
THE_SAME_KIND = 0.57
"""The same where the title has the name somewhere, or the name is of another language."""
SAME_THING = 0.8
"""The same for names of several words, whose first words tell sorts apart ("standing desk")."""
WHOLLY_NAMED = 0.95
"""The same for names of several words."""
SYNONYM = 0.78
"""Cosine of two names with the same head from which they are one thing: "picture frame" and "photo frame", not "slow" and "rice cooker"."""
HALF_NEAR = 0.5
"""The same where the title names another thing before the one that is asked for."""
CALLED_SO = 0.8
"""The same where the title has the whole name, whatever kinds it names beside."""
SURELY_NEAR = 0.9
"""The same where all else speaks against it."""
NEAR_A_STORY = 0.45
"""The same where no product was named and the circumstance is not known: whatever is near may help."""
NEAR = 0.75
"""Nearness in meaning that stands in for an unknown name."""

SEVERAL_TERMS, NEARLY_ALL, ALL_NEAR = 3, 0.85, 0.7
"""Terms of a query, weighted share of them and nearness from which a product is what was said, whatever the name in it is."""
SEVERAL = 3
"""Products of a sort from which other sorts no longer count for it."""
SHORTENED = 3
"""Letters of the shortest short form."""

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

    @cached_property
    def _name(self) -> AskedName:
        return AskedName(self.fitting.wish)

    def any_of(self, scored: Sequence[Scored]) -> bool:
        """Whether one of the best candidates is the thing; names are compared in meaning, which takes longest, where nothing else tells."""
        best = scored[:LOOKED_AT]
        return any(self.is_it(one, by_meaning=False) for one in best) or any(self.is_it(one) for one in best)

    def is_surely_there(self, scored: Sequence[Scored]) -> bool:
        """Whether one of the best candidates is all but what was said, so that it is the thing whatever else speaks against it."""
        return any(one.dense >= SURELY_NEAR and (one.head >= WHOLLY_NAMED or one.words >= FULLY_NAMED) for one in scored[:LOOKED_AT])

    def named_so(self, scored: Sequence[Scored]) -> list[Scored]:
        """Those of the kind that are called as was asked, by their words alone; only the sort asked for where there are several of it."""
        named = [one for one in scored if self.is_it(one, by_meaning=False)]
        of_sort = [one for one in named if self._name.is_of_sort(self.facts[one.place])]
        return of_sort if len(of_sort) >= SEVERAL else named

    def is_it(self, one: Scored, *, by_meaning: bool = True) -> bool:
        """Whether a candidate is the thing asked for: of its kind and called so, or under another name that means the same."""
        wish = self.fitting.wish
        if wish.kinds:
            return self._is_called_so(one) or self._has_all(one) or (one.kind >= LIKELY and self._is_of_kind(one, by_meaning))
        if wish.needs:
            return one.kind >= SURE and (one.words >= NAMED or not self._name.only_themes)
        if not wish.name:
            return one.dense >= NEAR_A_STORY
        return self._is_called_so(one) or self._has_all(one) or self._is_unknown_thing(one)

    def _has_all(self, one: Scored) -> bool:
        """Whether the product has nearly every word of a query of several, whichever of them was taken for the name."""
        several = len(self.fitting.wish.terms) >= SEVERAL_TERMS
        if not several or one.words < NEARLY_ALL or one.dense < ALL_NEAR:
            return False
        return not WIDE.isdisjoint(self.fitting.wish.kinds[:1]) or not self._is_for_it(one)

    def _is_unknown_thing(self, one: Scored) -> bool:
        """The same for a name that the lexicon does not have: all its words, unless they may only be words of a story."""
        name, facts = self._name, self.facts[one.place]
        *before, head = name.words
        whole = one.head >= WHOLLY_NAMED and name.is_of_sort(facts)
        if head in SETS and before and one.dense >= HALF_NEAR and all(f" {word} " in facts.joined for word in before):
            return True
        if head in ASPECTS and one.dense >= (NEAR if before else NEAR_A_STORY):
            return all(has_word(facts, word) for word in before)
        if name.is_told and one.dense >= NEAR_A_STORY and (one.dense < NEAR or not self._is_for_it(one)):
            return True
        if whole:
            called = bool(before) and one.dense >= CALLED_SO
            return called or (one.dense >= NEAR and not self._is_for_it(one)) or (one.dense >= HALF_NEAR and self._stands(one))
        return not before and one.dense >= SAME_THING and not self._is_for_it(one)

    def _is_called_so(self, one: Scored) -> bool:
        """Whether the title calls the product by the whole name, and all that is said is near: told by the name where kinds disagree."""
        if one.dense < CALLED_SO or not self._name.is_of_sort(self.facts[one.place]):
            return False
        return bool(self._name.bare) and self._title(one).is_called(self._name.bare)

    def _is_of_kind(self, one: Scored, by_meaning: bool) -> bool:
        name, of_sort = self._name, self._name.is_of_sort(self.facts[one.place])
        if one.kind < SUREST * self._surest(self.facts[one.place]) or one.kind < SURE:
            sort_told = len(name.words) > len(name.wish.name) and one.dense >= NEAR
            near = one.head >= FULLY_NAMED and one.dense >= HALF_NEAR
            return of_sort and (sort_told or (near and self._stands(one, alone=True)))
        several = len(name.wish.name) > 1
        same = of_sort and not several and one.dense >= THE_SAME_KIND and (one.head >= FULLY_NAMED or name.is_foreign)
        if same or one.dense >= (ANOTHER_NAME if of_sort and not several else SAME_THING):
            return True
        if self._is_for_it(one):
            return False
        if not of_sort:
            return "".join(name.words) in same_things() and self._has_synonym(one, by_meaning)
        return one.head >= (WHOLLY_NAMED if several else NAMED) or self._goes_without_saying(one) or self._has_synonym(one, by_meaning)

    def _surest(self, facts: Facts) -> float:
        """How sure what the product most surely is is; wider names of what is asked ("footwear" of sandals) do not speak against it."""
        known, asked = lexicon(), self.fitting.wish.kinds[0]
        return max((sure for kind, sure in facts.kinds.items() if kind == asked or not known.is_a(asked, kind)), default=0.0)

    def _goes_without_saying(self, one: Scored) -> bool:
        """Whether the words of the name that the title lacks are in the kind's own name: of a fidget toy the "fidget" of "spinner"."""
        facts, name = self.facts[one.place], self.fitting.wish.name
        own = stems_of(self.fitting.wish.kinds[0])
        return one.dense >= HALF_NEAR and has_word(facts, name[-1]) and all(word in own or has_word(facts, word) for word in name)

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
        if any(title.key(mention) in self._name.keys for mention in mentions):
            return True
        named = [title.words(mention) for mention in mentions]
        if len(asked) == 1:
            return len(asked[0]) >= SHORTENED and any(name.rpartition(" ")[2].startswith(asked[0]) for name in named)
        return by_meaning and any(cosine >= SYNONYM for cosine in self.alike(" ".join(asked), [name for name in named if " " in name]))
