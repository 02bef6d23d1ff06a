"""How far an account keeps to one subject: 1 - H / ln K over the categories of its videos (Shannon 1948), shrunk towards all accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

PRIOR = 3.0
"""Videos spread like those of all accounts that are added: two videos about one thing make no specialist."""
LEAST = 3


@dataclass(frozen=True)
class Vertical:
    """`value`: 0 (spread evenly over all categories) to 1 (always one). None below LEAST videos with a category. `n` of them counted."""

    value: float | None
    n: int
    most: str
    reason: str


def vertical(own: Mapping[str, int], everyone: Mapping[str, int]) -> Vertical:
    """From the number of videos in each category, of the account and of all accounts ("" is no category and left out)."""
    counts = {name: count for name, count in own.items() if name and count > 0}
    field = {name: count for name, count in everyone.items() if name and count > 0}
    names, n, total = sorted({*counts, *field}), sum(counts.values()), sum(field.values())
    most = max(counts, key=lambda name: (counts[name], name)) if counts else ""
    if n < LEAST:
        return Vertical(None, n, most, f"not enough data: {n} {'video' if n == 1 else 'videos'} with a category, {LEAST} are needed")
    if len(names) < 2:
        return Vertical(None, n, most, "not enough data: only one category is known, so every account keeps to it")
    shares = [(counts.get(name, 0) + PRIOR * (field.get(name, 0) / total if total else 1 / len(names))) / (n + PRIOR) for name in names]
    value = 1 + sum(share * log(share) for share in shares if share > 0) / log(len(names))
    value = min(1.0, max(0.0, value))
    return Vertical(value, n, most, f"{counts[most]} of {n} videos are about {most}; {len(counts)} of {len(names)} categories occur")
