"""A campaign's hashtags: those of a category that fit a budget, with a wanted mix of reach and buyers, and why each was taken.

One after the other the tag with the largest worth is taken: fit x (reach and buyers in the wanted mix), less what its videos share with
tags already taken, because the same videos reach the same viewers. Reach is a tag's place by usual views among the candidates, the less
sure the fewer videos it rests on; buyers is the lower end of the interval of its share of comments close to buying, against the
largest one. What is not known counts as the middle, and the reasons say so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from companion.quality.shares import Share

UNKNOWN = 0.5
"""Reach or buyers of a tag of which nothing is known."""

SATURATED = 0.05
"""Share of all videos from which on a tag counts as saturated: whoever uses it competes with everyone."""

SATURATED_LEAST = 1_000
"""Fewer videos are no crowd: in a small collection the hashtag that was collected stands on most of them."""

LEAST_FIT = 0.1
"""A tag that fits less is no candidate."""

REACH_PRIOR = 3.0
"""Videos that the middle weighs against a tag's own views: one video that went round the world is no reach."""

OVERLAP_COST = 0.7
"""Worth that a tag loses whose videos all carry a tag already taken."""


@dataclass(frozen=True)
class Candidate:
    """A tag of a category. `fit` 0 to 1; `median_plays` and `share` None where nothing is known; `of_all` is its share of all videos."""

    tag: str
    fit: float
    videos: int
    of_all: float
    median_plays: float | None
    share: Share | None
    growth: float | None


@dataclass(frozen=True)
class CampaignWish:
    """What is asked for: so many tags, `buyers` 0 (reach alone) to 1 (buyers alone), saturated ones or not.

    Raises:
        ValueError: naming the value that is out of range.
    """

    budget: int = 10
    buyers: float = 0.5
    saturated: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.budget <= 100:
            raise ValueError(f"{self.budget} hashtags cannot be planned; choose 1 to 100")
        if not 0 <= self.buyers <= 1:
            raise ValueError(f"a mix of {self.buyers} cannot be; choose 0 (reach) to 1 (buyers)")


@dataclass(frozen=True)
class Chosen:
    """A tag of the plan, with its worth when it was taken (0 to 1) and why."""

    candidate: Candidate
    worth: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """A tag that fits and was left out, and why."""

    candidate: Candidate
    reason: str


@dataclass(frozen=True)
class Campaign:
    """Tags in the order in which they were taken, and those left out."""

    chosen: tuple[Chosen, ...]
    left_out: tuple[LeftOut, ...]


def plan(candidates: Sequence[Candidate], wish: CampaignWish, shared: Callable[[str, str], int]) -> Campaign:
    """Choose tags. `shared` says how many videos carry both of two tags."""
    fitting = [one for one in candidates if one.fit >= LEAST_FIT]
    open_ones = [one for one in fitting if wish.saturated or one.of_all < SATURATED or one.videos < SATURATED_LEAST]
    left = [LeftOut(one, f"saturated: on {one.of_all:.0%} of all videos") for one in fitting if one not in open_ones]
    among = tuple(open_ones)  # what is taken stays a measure for the rest
    worth = {one.tag: _worth(one, wish, among) for one in among}
    covered = {one.tag: 0.0 for one in among}
    chosen: list[Chosen] = []
    while open_ones and len(chosen) < wish.budget:
        best = max(open_ones, key=lambda one: (worth[one.tag] * (1 - OVERLAP_COST * covered[one.tag]), one.videos, one.tag))
        value = worth[best.tag] * (1 - OVERLAP_COST * covered[best.tag])
        chosen.append(Chosen(best, round(value, 4), _reasons(best, covered[best.tag], among)))
        open_ones = [one for one in open_ones if one is not best]
        for one in open_ones:
            covered[one.tag] = max(covered[one.tag], _covered(one, best, shared))
    left += [LeftOut(one, "not needed: those taken score higher") for one in open_ones]
    return Campaign(tuple(chosen), tuple(left))


def _worth(one: Candidate, wish: CampaignWish, among: Sequence[Candidate]) -> float:
    return one.fit * ((1 - wish.buyers) * _reach(one, among) + wish.buyers * _buyers(one, among))


def _reach(one: Candidate, among: Sequence[Candidate]) -> float:
    """Place by usual views, 0 to 1, drawn to the middle where few videos say so."""
    place = _place(one, among)
    return UNKNOWN if place is None else UNKNOWN + (place - UNKNOWN) * one.videos / (one.videos + REACH_PRIOR)


def _place(one: Candidate, among: Sequence[Candidate]) -> float | None:
    """Share of the others that have fewer views; None where that cannot be told."""
    known = [other.median_plays for other in among if other.median_plays is not None]
    if one.median_plays is None or len(known) < 2:
        return None
    return sum(plays < one.median_plays for plays in known) / (len(known) - 1)


def _buyers(one: Candidate, among: Sequence[Candidate]) -> float:
    """The sure share of buyers against the largest one, 0 to 1."""
    most = max((other.share.low for other in among if other.share), default=0.0)
    if one.share is None or most == 0:
        return UNKNOWN
    return one.share.low / most


def _covered(one: Candidate, taken: Candidate, shared: Callable[[str, str], int]) -> float:
    """Part of a tag's videos that carry one tag already taken, 0 to 1."""
    return min(1.0, shared(one.tag, taken.tag) / one.videos) if one.videos else 0.0


def _reasons(one: Candidate, covered: float, among: Sequence[Candidate]) -> tuple[str, ...]:
    found = []
    place = _place(one, among)
    if place is None:
        found.append("views not known or nothing to compare them with: counted as average")
    else:
        others = {0.0: "no other has fewer", 1.0: "more than all others"}.get(place, f"more than {place:.0%} of the others")
        found.append(f"usual views {one.median_plays:,.0f}: {others}")
    if one.share is None:
        found.append("no comment graded yet: buyers counted as average")
    else:
        found.append(f"at least {one.share.low:.0%} close to buying ({one.share.n:,} comments)")
    if covered > 0:
        found.append(f"{covered:.0%} of its videos also use a hashtag above")
    if one.growth is not None and one.growth > 1.5:
        found.append(f"{one.growth:.1f} times the videos of the four weeks before")
    return tuple(found)
