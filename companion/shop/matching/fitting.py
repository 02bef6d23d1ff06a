"""How well a product answers a wish: hard conditions that leave it out, and soft ones that order what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from companion.shop.matching.audience import is_for_others, suits
from companion.shop.matching.exclusion import Avoided, avoided, has_it, opposites, risk
from companion.shop.matching.facts import Facts
from companion.shop.understanding.kinds import lexicon
from companion.shop.understanding.phrases import table
from companion.shop.understanding.text import stems_of
from companion.shop.understanding.wish import Wish
from companion.shop.understanding.word_files import cell, names_in, rows_of

WIDER, WIDER_STEP, SIBLING = 0.55, 0.1, 0.35
"""Share of a kind's sureness that counts where the product is only known as something wider (less with each step), or is another sort
of the same thing."""
DEPARTMENT = 0.45
"""The same for a whole department ("toys")."""
WIDE_ASKED = 0.6
"""Worth of the kind that was said where the circumstance calls for a narrower one ("shoes" in a video about running)."""
BESIDE = 0.65
"""Worth of what suits a liking where another thing of the same department was asked for."""
NEED_STEP = 0.08
"""What answers a circumstance counts this much less for each kind that comes before it."""
_UNIT_APART = re.compile(r"(?<=\d)(?=[a-z]+ $)")
"""Where "500ml" may be written "500 ml"."""
_MULTI = "multicolour"


@dataclass(frozen=True)
class Fitting:
    """The checks for one wish, prepared once."""

    wish: Wish

    @cached_property
    def kinds(self) -> Mapping[str, float]:
        """Kind of product -> how well it answers, from 0 to 1: the asked kinds and those below them, wider ones, near relations."""
        known = lexicon()
        found: dict[str, float] = {}

        def add(kind: str, worth: float) -> None:
            found[kind] = max(worth, found.get(kind, 0.0))

        for place, kind in enumerate(self.wish.kinds):
            narrowed = place > 0 and known.is_a(self.wish.kinds[0], kind)
            self._around(kind, WIDE_ASKED if narrowed else 1.0, add)
        roots = {_root(kind) for kind in self.wish.kinds}
        for place, kind in enumerate(self.wish.needs):
            if not roots:
                self._around(kind, 1.0 - NEED_STEP * place, add)
            elif _root(kind) in roots:
                for inside in known.below.get(kind, (kind,)):
                    add(inside, BESIDE)
        return found

    @staticmethod
    def _around(kind: str, worth: float, add: Callable[[str, float], None]) -> None:
        known = lexicon()
        for inside in known.below.get(kind, (kind,)):
            add(inside, worth)
        parents = known.kinds[kind].parents if kind in known.kinds else ()
        for steps, parent in enumerate(parents):
            department = not known.kinds[parent].parents
            if not department or steps == 0:
                add(parent, worth * (DEPARTMENT if department else WIDER - WIDER_STEP * steps))
        if parents and known.kinds[parents[0]].parents:
            for inside in known.below[parents[0]]:
                add(inside, worth * SIBLING)

    def kind(self, facts: Facts) -> float:
        """From 0 to 1: how surely the product is what is asked for."""
        worth, best = self.kinds, 0.0
        for kind, sure in facts.kinds.items():
            if kind in worth:
                best = max(best, worth[kind] * sure)
        return best

    @cached_property
    def avoided(self) -> tuple[Avoided, ...]:
        """What is not wanted, and what "cordless" and the like leave out."""
        return tuple(avoided(name) for name in (*self.wish.exclusions, *opposites(set(self.wish.terms))))

    def broken(self, facts: Facts) -> str:
        """The hard condition that the product breaks: "exclusion", "audience" or none. The price is checked by the ranker."""
        if any(has_it(facts, one) for one in self.avoided):
            return "exclusion"
        return "audience" if is_for_others(self.wish, facts.audience) else ""

    def audience(self, facts: Facts) -> float:
        """From -1 to 1."""
        return suits(self.wish, facts.audience)

    def risk(self, facts: Facts) -> float:
        """From -1 (says that it has none of what is avoided) to 1."""
        return max((risk(facts, one) for one in self.avoided), default=0.0)

    def colour(self, facts: Facts) -> float:
        """1 where a wanted colour is named, -1 where only others are."""
        if not self.wish.colours or not facts.colours:
            return 0.0
        if facts.colours & self._colours:
            return 1.0
        return 0.0 if _MULTI in facts.colours else -1.0

    @cached_property
    def _colours(self) -> frozenset[str]:
        return frozenset(table("colours", 1, 2).get(colour) or colour for colour in self.wish.colours)

    def material(self, facts: Facts) -> float:
        """1 where a wanted material is named, -0.5 where only others are."""
        if not self.wish.materials or not facts.materials:
            return 0.0
        return 1.0 if facts.materials & set(self.wish.materials) else -0.5

    def said_by_none(self, found: Sequence[Facts]) -> tuple[str, ...]:
        """Looks asked for that none of these products is said to have, such as "red" and "of wool"."""
        colours = () if any(self.colour(facts) > 0 for facts in found) else self.wish.colours
        materials = () if any(self.material(facts) > 0 for facts in found) else self.wish.materials
        return (*colours, *(f"of {name}" for name in materials))

    @cached_property
    def _named(self) -> tuple[str, ...]:
        """Phrases between blanks: franchises by all their names, and brands."""
        franchises = [name for one in self.wish.franchises for name in _aliases(one)]
        return tuple(f" {' '.join(stems_of(name))} " for name in (*franchises, *self.wish.brands))

    def named(self, facts: Facts) -> float:
        """1 where a franchise or brand of the wish is in the title."""
        return float(any(phrase in facts.joined for phrase in self._named))

    @cached_property
    def _sizes(self) -> tuple[str, ...]:
        return tuple(f" {' '.join(stems_of(size))} " for size in self.wish.sizes)

    def size(self, facts: Facts) -> float:
        """Share of the sizes said that the title names."""
        if not self._sizes:
            return 0.0
        written = ((size, f" {size.replace(' ', '')} ", _UNIT_APART.sub(" ", size)) for size in self._sizes)
        return sum(any(one in facts.joined for one in ways) for ways in written) / len(self._sizes)


def _aliases(franchise: str) -> tuple[str, ...]:
    name = table("franchises").get(franchise) or franchise
    row = next((row for row in rows_of("franchises") if row[0] == name), None)
    return (name, *names_in(cell(row, 1))) if row else (name,)


def _root(kind: str) -> str:
    known = lexicon().kinds.get(kind)
    return known.parents[-1] if known and known.parents else kind
