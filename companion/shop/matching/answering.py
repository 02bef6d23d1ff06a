"""Whether a catalogue holds what is asked for, so that a shop can say "we do not have that" in place of showing something else."""

from __future__ import annotations

from collections.abc import Sequence

from companion.shop.matching.fitting import Fitting
from companion.shop.matching.scoring import Scored

LOOKED_AT = 20
SURE, LIKELY = 0.68, 0.3
"""How surely a candidate is of the asked kind."""
NAMED, FULLY_NAMED = 0.5, 0.7
"""Share of the words of the thing's name, weighted by rarity, that the candidate has."""
ANOTHER_NAME = 0.6
"""Nearness in meaning from which a product of the kind counts as the thing under another name ("sneakers" for "trainers")."""
SAME_THING = 0.8
"""The same for names of several words, whose first words tell sorts apart ("standing desk")."""
NEAR_A_STORY = 0.35
"""The same where no product was named and the circumstance is not known: whatever is near may help."""
NEAR = 0.75
"""Nearness in meaning that stands in for an unknown name."""


def answers(fitting: Fitting, scored: Sequence[Scored]) -> bool:
    """Whether one of the best candidates is the thing: of its kind and called so, or, of a kind only likely, with its full name."""
    return any(is_it(fitting, one) for one in scored[:LOOKED_AT])


def is_it(fitting: Fitting, one: Scored) -> bool:
    """Whether a candidate is the thing asked for."""
    wish = fitting.wish
    if wish.kinds:
        alike = ANOTHER_NAME if len(wish.name) <= 1 else SAME_THING
        sure = one.kind >= SURE and (one.head >= NAMED or one.dense >= alike)
        return sure or (one.kind >= LIKELY and one.head >= FULLY_NAMED)
    if wish.needs:
        return one.kind >= SURE
    if not wish.name:
        return one.dense >= NEAR_A_STORY or one.words >= NAMED
    return one.dense >= NEAR or one.head >= FULLY_NAMED
