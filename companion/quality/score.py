"""The four dimensions as one number from 0 to 100, with every part's weight beside it.

score = sum of weight · points over the parts that have points, weights divided by their sum. A part that is missing is left out and
named; its weight goes to the others, and the score is called partial. With less than LEAST_WEIGHT present there is no score.

Weights follow the category (`Weights.fit`): a part counts as much as it tells creators apart there, that is the intraclass correlation
of its points, shrunk towards that of all categories. The source names dynamic weights without a rule; its formula here takes equal ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import NamedTuple

from companion.quality.components import PARTS, Component
from companion.quality.shares import Z95

EQUAL: Mapping[str, float] = dict.fromkeys(PARTS, 1 / len(PARTS))
LEAST_WEIGHT = 0.25
PRIOR_CREATORS = 20
"""Creators' worth that all categories together weigh against a category's own figures."""
LEAST_CREATORS = 10
PRIOR_VIDEOS = 2.0
"""Usual videos (50 points) that a creator's mean is shrunk by: one hit makes no good creator."""


class PartOf(NamedTuple):
    """The points of one part of one video, for learning weights."""

    category: str
    creator: str
    name: str
    points: float


@dataclass(frozen=True)
class Weights:
    """Weights of PARTS by category, each adding up to 1; `of` answers equal ones for a category that nobody knows."""

    by_category: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @classmethod
    def fit(cls, parts: Iterable[PartOf]) -> Weights:
        """From the parts of many videos."""
        cells: dict[str, dict[str, list[PartOf]]] = defaultdict(lambda: defaultdict(list))
        for part in parts:
            cells[part.name][""].append(part)
            if part.category:
                cells[part.name][part.category].append(part)
        overall = {name: _told_apart(cells[name][""])[0] for name in PARTS}
        found: dict[str, Mapping[str, float]] = {}
        for category in sorted({category for by in cells.values() for category in by}):
            raw = {}
            for name in PARTS:
                own, creators = _told_apart(cells[name][category])
                usual = 0.5 if overall[name] is None else overall[name] or 0.0
                raw[name] = usual if own is None else (creators * own + PRIOR_CREATORS * usual) / (creators + PRIOR_CREATORS)
            total = sum(raw.values())
            found[category] = {name: value / total for name, value in raw.items()} if total > 0 else EQUAL
        return cls(found)

    def of(self, category: str) -> Mapping[str, float]:
        """The weights of this category."""
        return self.by_category.get(category) or self.by_category.get("") or EQUAL


@dataclass(frozen=True)
class Weighted:
    """A component and the share of the score that it decides, 0 to 1."""

    component: Component
    weight: float


@dataclass(frozen=True)
class Score:
    """`value` is 0-100, None where nothing can be said; `partial` where a part is missing. `reason` says what is missing and why.

    `reasons` name every number of the input that was not used.
    """

    value: float | None
    partial: bool
    reason: str
    parts: tuple[Weighted, ...]
    reasons: tuple[str, ...] = ()

    @property
    def not_used(self) -> list[str]:
        """`reasons` to show: what holds of several videos of a creator stands once, with their number."""
        times = Counter(self.reasons)
        return [reason if number == 1 else f"{reason} ({number:,} times)" for reason, number in times.items()]


def combine(components: Sequence[Component], weights: Mapping[str, float] = EQUAL, reasons: Iterable[str] = ()) -> Score:
    """One score from the parts."""
    present = [part for part in components if part.points is not None]
    total = sum(weights.get(part.name, 0.0) for part in present)
    absent = [f"{part.name}: {part.reason}" for part in components if part.points is None]
    enough = total >= LEAST_WEIGHT - 1e-9 and total > 0
    shares = [weights.get(part.name, 0.0) / total if part.points is not None and enough else 0.0 for part in components]
    parts = tuple(Weighted(part, share) for part, share in zip(components, shares, strict=True))
    if not enough:
        return Score(None, True, "not enough data; " + "; ".join(absent), parts, tuple(reasons))
    value = sum(share * (part.points or 0.0) for part, share in zip(components, shares, strict=True))
    return Score(value, bool(absent), f"without {'; '.join(absent)}" if absent else "all parts are known", parts, tuple(reasons))


def creator_score(videos: Sequence[Score], weights: Mapping[str, float] = EQUAL, shrunk: bool = True) -> Score:
    """A creator's score from those of the videos: each part's mean points, shrunk towards 50 by PRIOR_VIDEOS (`shrunk`), with the
    95 % interval of the mean where there are two videos or more."""  # noqa: D205, D209
    parts: dict[str, list[float]] = {name: [] for name in PARTS}
    why: dict[str, str] = {}
    for video in videos:
        for weighted in video.parts:
            part = weighted.component
            if part.points is not None:
                parts[part.name].append(part.points)
            else:
                why.setdefault(part.name, part.reason)
    components = [_mean_of(name, points, len(videos), why.get(name, "no video"), shrunk) for name, points in parts.items()]
    score = combine(components, weights, [reason for video in videos for reason in video.reasons])
    if len(videos) == 1:
        return replace(score, partial=True, reason=f"one video only, which says little about a creator; {score.reason}")
    return score


def _mean_of(name: str, points: Sequence[float], videos: int, why: str, shrunk: bool) -> Component:
    if not points:
        return Component(name, None, "points", None, 0, why if videos == 1 else f"known of none of {videos} videos: {why}")
    n, prior = len(points), PRIOR_VIDEOS if shrunk else 0.0
    mean = (sum(points) + prior * 50) / (n + prior)
    interval = None
    if n > 1:
        plain = sum(points) / n
        half = Z95 * sqrt(sum((value - plain) ** 2 for value in points) / (n - 1) / (n + prior))
        interval = (max(0.0, mean - half), min(100.0, mean + half))
    known = f"known of {n} of {videos} videos" if videos > 1 else "known of the one video"
    return Component(name, mean, "points", mean, n, known, interval)


def _told_apart(parts: Sequence[PartOf]) -> tuple[float | None, int]:
    """Intraclass correlation of points by creator, 0 to 1, over creators with two videos or more; None below LEAST_CREATORS of them."""
    by_creator: dict[str, list[float]] = defaultdict(list)
    for part in parts:
        by_creator[part.creator].append(part.points)
    groups = [points for creator, points in by_creator.items() if creator and len(points) > 1]
    if len(groups) < LEAST_CREATORS:
        return None, len(groups)
    means = [sum(points) / len(points) for points in groups]
    n = sum(len(points) for points in groups)
    within = sum((value - mean) ** 2 for points, mean in zip(groups, means, strict=True) for value in points) / (n - len(groups))
    middle = sum(means) / len(means)
    between = sum((mean - middle) ** 2 for mean in means) / (len(means) - 1)
    between -= within * sum(1 / len(points) for points in groups) / len(groups)
    total = within + max(0.0, between)
    return (max(0.0, between) / total if total > 0 else 0.0), len(groups)
