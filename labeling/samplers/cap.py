"""The cluster cap: near-duplicates of one comment fill no batch, and every member of a cluster keeps a known chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from labeling.samplers.candidate import Candidate


def cluster_of(candidate: Candidate) -> tuple[str, bool]:
    """Its cluster, or itself where nobody looked for near-duplicates."""
    return (candidate.cluster, True) if candidate.cluster else (candidate.id, False)


def room(pool: Iterable[Candidate], most: int) -> int:
    """How many of the pool a batch can hold."""
    return sum(min(most, size) for size in Counter(cluster_of(one) for one in pool).values())


def thin(
    pool: Sequence[Candidate], most: int, used: Mapping[tuple[str, bool], int], rng: np.random.Generator
) -> tuple[list[Candidate], dict[str, float]]:
    """At most so many of each cluster as are left of `most` after those `used`, drawn by lot; and the chance each had, by id."""
    clusters: defaultdict[tuple[str, bool], list[Candidate]] = defaultdict(list)
    for one in pool:
        clusters[cluster_of(one)].append(one)
    kept: list[Candidate] = []
    chance: dict[str, float] = {}
    for name, members in clusters.items():
        left = most - used.get(name, 0)
        if left <= 0:
            continue
        if len(members) > left:
            chance |= {one.id: left / len(members) for one in members}
            members = [members[place] for place in rng.choice(len(members), left, replace=False)]  # noqa: PLW2901
        kept += members
    return kept, chance
