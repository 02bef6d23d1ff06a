"""Published tables as votes, and the measures written down once more from their definitions, slowly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from labeling.votes import Vote


def from_rows(rows: Sequence[Sequence[float | None]]) -> list[Vote]:
    """One row a person, one column an item; None where nothing was answered."""
    return [Vote(f"item {at}", f"person {who}", value) for who, row in enumerate(rows) for at, value in enumerate(row) if value is not None]


def from_items(items: Sequence[Sequence[float | None]]) -> list[Vote]:
    """One row an item, one column a person."""
    return from_rows(list(zip(*items, strict=True)))


def from_table(table: Sequence[Sequence[int]]) -> list[Vote]:
    """Two people's contingency table: rows the first one's categories 0, 1, ..., columns the second one's."""
    return from_items([(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)])


def from_distribution(items: Sequence[Sequence[int]]) -> list[Vote]:
    """One row an item: how many people chose category 0, 1, ..."""
    return from_items([[value for value, count in enumerate(row) for _ in range(count)] for row in items])


def by_item(votes: Sequence[Vote]) -> dict[str, list[float]]:
    said: dict[str, list[float]] = {}
    for vote in votes:
        said.setdefault(vote.item, []).append(vote.value)
    return said


def slow_alpha(votes: Sequence[Vote], metric: str) -> float:
    """Alpha from pairs of values, one by one: no matrix, no closed form."""
    items = [values for values in by_item(votes).values() if len(values) > 1]
    pool = [value for values in items for value in values]

    def apart(a: float, b: float) -> float:
        if metric == "nominal":
            return float(a != b)
        if metric == "interval":
            return (a - b) ** 2
        low, high = min(a, b), max(a, b)
        return (sum(low <= value <= high for value in pool) - (pool.count(a) + pool.count(b)) / 2) ** 2 if a != b else 0.0

    n = len(pool)
    observed = sum(apart(a, b) / (len(values) - 1) for values in items for a, b in permutations(values, 2)) / n
    expected = sum(apart(a, b) for a, b in permutations(pool, 2)) / (n * (n - 1))
    return 1 - observed / expected


def slow_ac1(votes: Sequence[Vote], categories: Sequence[float]) -> float:
    """AC1 with its shares counted one by one."""
    items = list(by_item(votes).values())
    shared = [values for values in items if len(values) > 1]
    agreed = sum(sum(a == b for a, b in permutations(values, 2)) / (len(values) * (len(values) - 1)) for values in shared) / len(shared)
    common = [sum(values.count(k) / len(values) for values in items) / len(items) for k in categories]
    chance = sum(pi * (1 - pi) for pi in common) / (len(categories) - 1)
    return (agreed - chance) / (1 - chance)
