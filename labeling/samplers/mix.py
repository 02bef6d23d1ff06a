"""A batch for one person, mixed from all samplers by their shares.

Half is what the model is unsure of, the rest keeps it honest: variety, plain chance, second opinions, known answers. The order of
the batch is by lot, so that its place tells nothing about a comment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from math import floor, isfinite

import numpy as np

from labeling.samplers import cap, diversity, gold, ordinal_uncertainty, overlap, plain_random
from labeling.samplers.candidate import Candidate, Draw
from labeling.samplers.overlap import Grades, OverlapRule

ORDER = (plain_random.NAME, overlap.NAME, gold.NAME, ordinal_uncertainty.NAME, diversity.NAME)
"""In which the samplers draw. Plain random comes first: what the others take would be missing from it."""

HEIRS = (plain_random.NAME, ordinal_uncertainty.NAME, diversity.NAME, overlap.NAME)
"""Who gets the share of a sampler that has run dry, the first with room before the next. Gold never gets more than its own."""

FILLER = "filler"
"""Name of draws that top up a batch where a pool was smaller than it looked. They are drawn by lot from what is left, so not "random"."""

Sampler = Callable[[list[Candidate], int, np.random.Generator], list[Draw]]


@dataclass(frozen=True)
class Shares:
    """Parts of a batch, adding up to 1.

    Raises:
        ValueError: naming the value that does not work.
    """

    ordinal_uncertainty: float = 0.5
    diversity: float = 0.2
    random: float = 0.15
    overlap: float = 0.1
    gold: float = 0.05

    def __post_init__(self) -> None:
        for part in fields(self):
            if not 0 <= getattr(self, part.name) <= 1:
                raise ValueError(f"the share {getattr(self, part.name)} of {part.name} must lie between 0 and 1")
        if abs(sum(astuple(self)) - 1) > 1e-6:
            raise ValueError(f"the shares add up to {sum(astuple(self)):g}; make them 1 together")


@dataclass(frozen=True)
class Plan:
    """What batch is wanted.

    Attributes:
        annotator: id of the person it is for.
        size: comments wanted.
        seed: the same plan, seed and candidates give the same batch.
        per_cluster: near-duplicates of one comment a batch may hold.
        sampled: chance with which each candidate came among those handed over, where a large task hands over a random part of itself.

    Raises:
        ValueError: naming the value that does not work.
    """

    annotator: str
    size: int
    seed: int = 0
    shares: Shares = field(default_factory=Shares)
    overlap: OverlapRule = field(default_factory=OverlapRule)
    per_cluster: int = 2
    sampled: float = 1.0

    def __post_init__(self) -> None:
        if self.size < 0 or self.seed < 0:
            raise ValueError(f"a batch of {self.size} comments with seed {self.seed} cannot be drawn; neither may be below 0")
        if self.per_cluster < 1:
            raise ValueError(f"{self.per_cluster} comments a cluster leave nothing to label; allow 1 or more")
        if not (isfinite(self.sampled) and 0 < self.sampled <= 1):
            raise ValueError(f"a part of {self.sampled} of the task cannot be handed over; it must lie above 0 and at most at 1")


def draw_batch(candidates: Iterable[Candidate], plan: Plan, grades: Grades | None = None, golds: Collection[str] = ()) -> list[Draw]:
    """A batch in the order in which it is served; shorter than wanted only where nothing more may be served.

    Args:
        candidates: comments of the task in languages the person reads; those that they have labelled too, which are never
            served again but count towards the overlap. Leave out what others have on their screens. Of two with one id the first
            counts. 10,000 take about half a second; of a larger task hand over that many by lot and say so in `plan.sampled`.
        plan: what is wanted.
        grades: those that stand on labelled comments, by id.
        golds: ids of comments whose grade is known; they come as gold only.
    """
    unique = {one.id: one for one in reversed(list(candidates))}
    known = [unique[name] for name in sorted(unique)]
    labelled = [one for one in known if one.labelled_by and one.id not in golds]
    fresh = [one for one in known if not one.labelled_by and one.id not in golds]
    second = overlap.wanted(labelled, plan.annotator, grades or {}, plan.overlap)
    tests = [one for one in known if one.id in golds and plan.annotator not in one.labelled_by]
    predicted = [scored.candidate for scored in ordinal_uncertainty.stream(fresh)]
    placed = diversity.usable(fresh)
    rooms = {
        plain_random.NAME: cap.room(fresh, plan.per_cluster),
        overlap.NAME: second.room,
        gold.NAME: len(tests),
        ordinal_uncertainty.NAME: cap.room(predicted, plan.per_cluster),
        diversity.NAME: cap.room(placed, plan.per_cluster),
    }
    chance = [np.random.default_rng([plan.seed, number]) for number in range(len(ORDER) + 3)]
    wanted = quotas(plan, rooms, chance[-1].random())
    batch = _Batch(plan)
    batch.add(fresh, wanted[plain_random.NAME], chance[0], plain_random.draw)
    batch.add(second.candidates, wanted[overlap.NAME], chance[1], lambda pool, n, rng: overlap.draw(second.among(pool), n, rng))
    batch.add(tests, wanted[gold.NAME], chance[2], gold.draw)
    batch.add(predicted, wanted[ordinal_uncertainty.NAME], chance[3], ordinal_uncertainty.draw)
    batch.add(placed, wanted[diversity.NAME], chance[4], lambda pool, n, rng: diversity.draw(pool, n, rng, labelled))
    batch.add(fresh, plan.size - len(batch.draws), chance[5], _fill)
    return [batch.draws[place] for place in chance[6].permutation(len(batch.draws))]


def quotas(plan: Plan, rooms: Mapping[str, int], u: float) -> dict[str, int]:
    """How many each sampler draws: its share of the batch, rounded so that it holds over many batches however small, given u in 0-1.

    A share of 0.75 comments is one comment in three batches of four (systematic rounding in `ORDER`). What exceeds a sampler's
    room goes to the `HEIRS`.
    """
    wanted, end, before = {}, 0.0, 0
    for name in ORDER:
        end += getattr(plan.shares, name) * plan.size
        after = plan.size if name == ORDER[-1] else min(plan.size, floor(end + u))
        wanted[name], before = max(0, min(after - before, rooms[name])), after
    spare = plan.size - sum(wanted.values())
    for name in HEIRS:
        more = min(spare, rooms[name] - wanted[name])
        wanted[name] += more
        spare -= more
    return wanted


class _Batch:
    """The draws so far, and how much of each cluster they hold."""

    def __init__(self, plan: Plan) -> None:
        self.draws: list[Draw] = []
        self._plan, self._ids, self._used = plan, set[str](), Counter[tuple[str, bool]]()

    def add(self, pool: Sequence[Candidate], n: int, rng: np.random.Generator, sampler: Sampler) -> None:
        """Up to n more from a pool, none twice, no cluster above its cap."""
        if n <= 0:
            return
        left = [one for one in pool if one.id not in self._ids]
        kept, chance = cap.thin(left, self._plan.per_cluster, self._used, rng)
        clusters = {one.id: cap.cluster_of(one) for one in kept}
        for draw in sampler(kept, n, rng):
            self.draws.append(replace(draw, probability=draw.probability * chance.get(draw.id, 1.0) * self._plan.sampled))
            self._ids.add(draw.id)
            self._used[clusters[draw.id]] += 1


def _fill(pool: list[Candidate], n: int, rng: np.random.Generator) -> list[Draw]:
    return [replace(draw, sampler=FILLER) for draw in plain_random.draw(pool, n, rng)]
