"""Whether people are right where the right answer is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from companion.intent.prediction import HIGH_GRADE
from labeling.agreement.bootstrap import SAMPLES, bootstrap
from labeling.agreement.distance import Bias, PairMean
from labeling.agreement.figure import Figure, share
from labeling.votes import Answer, Vote, last_answers

RIGHT_WITHIN = 1
"""Grades that an answer may be off: two careful readers are often one grade apart."""

NO_GOLD = "This person has not answered any item with a known answer yet."


@dataclass(frozen=True)
class Gold:
    """One person's answers to items with a known grade; n counts those items.

    Attributes:
        within_one: share at most one grade off, 0-1, with Wilson's 95 % range.
        same_side: share on the right side of grade 7, 0-1, with Wilson's 95 % range.
        distance: mean |grade - known grade|, >= 0.
        bias: mean of grade - known grade; above 0 grades too high.
        wrong: the items more than one grade off, the worst first.
    """

    within_one: Figure
    same_side: Figure
    distance: Figure
    bias: Figure
    wrong: tuple[str, ...]


def gold_accuracy(answers: Iterable[Answer], gold: Mapping[str, int], samples: int = SAMPLES, seed: int = 0) -> dict[str, Gold]:
    """Everybody's accuracy on the items of `gold` (item -> known grade), by name; the last answer to an item counts.

    within_one = |{|g - k| <= 1}| / n and same_side = |{(g >= 7) = (k >= 7)}| / n for grades g and known grades k.
    A person without such answers has undefined figures.
    """
    of: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in last_answers(answers):
        of[answer.annotator] += [answer] if answer.grade is not None and answer.item in gold else []
    return {name: _gold(said, gold, samples, seed) for name, said in sorted(of.items())}


def _gold(said: Sequence[Answer], gold: Mapping[str, int], samples: int, seed: int) -> Gold:
    pairs = [(x.item, x.grade, gold[x.item]) for x in said if x.grade is not None]
    off = {item: abs(grade - known) for item, grade, known in pairs}
    sides = sum((grade >= HIGH_GRADE) == (known >= HIGH_GRADE) for _, grade, known in pairs)
    votes = [Vote(item, who, float(value)) for item, grade, known in pairs for who, value in (("person", grade), ("known", known))]
    nothing = Figure(None, why=NO_GOLD)
    return Gold(
        within_one=share(sum(x <= RIGHT_WITHIN for x in off.values()), len(off), NO_GOLD),
        same_side=share(sides, len(off), NO_GOLD),
        distance=bootstrap(votes, PairMean(), samples, seed) if votes else nothing,
        bias=bootstrap(votes, Bias("person"), samples, seed) if votes else nothing,
        wrong=tuple(sorted((item for item in off if off[item] > RIGHT_WITHIN), key=lambda item: (-off[item], item))),
    )
