"""What the campaign planner is asked, and the plan as lines: shown, saved and stored alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from companion.dashboard.hashtags.choice import Choice, level_of
from companion.dashboard.hashtags.numbers import numbers_of, share_of
from companion.exporting.tables import Column, Value
from companion.hashtags import Atlas, Category, Taxonomy
from companion.hashtags.campaign import Campaign, CampaignWish, Candidate, plan
from companion.store.hashtag_plans import StoredPlan

MIXES = {"reach": 0.0, "more-reach": 0.25, "": 0.5, "more-buyers": 0.75, "buyers": 1.0}
MIX_WORDS = {
    "reach": "reach alone",
    "more-reach": "more reach than buyers",
    "": "as much reach as buyers",
    "more-buyers": "more buyers than reach",
    "buyers": "buyers alone",
}
CANDIDATES = 200
BUDGET = 10

COLUMNS = (
    Column("place", "integer"),
    Column("hashtag"),
    Column("fit", "number"),
    Column("videos", "integer"),
    Column("usual_views", "number"),
    Column("graded_comments", "integer"),
    Column("share_close_to_buying", "number"),
    Column("share_low", "number"),
    Column("worth", "number"),
    Column("reasons", "list"),
)
"""Of a plan as a file."""


@dataclass(frozen=True)
class Line:
    """A hashtag of a plan, as it is shown, stored and saved."""

    place: int
    tag: str
    fit: float
    videos: int
    usual_views: float | None
    graded: int
    share: float | None
    share_low: float | None
    worth: float
    reasons: tuple[str, ...]

    @property
    def values(self) -> list[Value]:
        """In the order of `COLUMNS`."""
        shares: list[Value] = [self.graded, self.share, self.share_low]
        return [self.place, self.tag, self.fit, self.videos, self.usual_views, *shares, self.worth, list(self.reasons)]


@dataclass(frozen=True)
class PlanRequest:
    """What is asked for, from an address or from a saved plan."""

    category: str = ""
    budget: int = BUDGET
    mix: str = ""
    saturated: bool = False

    @classmethod
    def of(cls, values: Any) -> PlanRequest:
        """A value that is not known counts as the usual one."""
        budget, mix = str(values.get("budget", "")), str(values.get("mix", ""))
        whole = budget.isascii() and budget.isdigit() and 1 <= int(budget[:4]) <= 100
        number = int(budget) if whole else BUDGET
        return cls(str(values.get("category", "")), number, mix if mix in MIXES else "", bool(values.get("saturated")))

    @property
    def query(self) -> dict[str, Any]:
        """As it stands in an address."""
        chosen: dict[str, Any] = {"category": self.category, "budget": self.budget, "mix": self.mix}
        return {**chosen, **({"saturated": "1"} if self.saturated else {})}


def campaign_of(atlas: Atlas, tree: Taxonomy, category: Category, asked: PlanRequest, choice: Choice) -> Campaign:
    """Plan over the tags of a category."""
    matches = atlas.map_category(category.id, tree, level_of(tree, category), CANDIDATES, choice.strategy)
    whole = max(1, len(atlas.graph.posts))
    candidates = []
    for match in matches:
        numbers = numbers_of(atlas, match.tag)
        of_all = numbers.videos / whole
        candidates.append(
            Candidate(match.tag, match.score, numbers.videos, of_all, numbers.median_plays, share_of(numbers), numbers.growth)
        )
    places = {one.tag: at for one in candidates if (at := atlas.graph.find(one.tag)) is not None}
    part = atlas.graph.by_tag[:, list(places.values())]
    together = np.asarray((part.T @ part).todense()).tolist()
    column = {tag: place for place, tag in enumerate(places)}
    wish = CampaignWish(asked.budget, MIXES[asked.mix], asked.saturated)
    return plan(candidates, wish, lambda a, b: int(together[column[a]][column[b]]) if a in column and b in column else 0)


def lines_of(made: Campaign) -> tuple[Line, ...]:
    """The plan's hashtags as lines."""
    return tuple(
        Line(
            place,
            one.candidate.tag,
            round(one.candidate.fit, 4),
            one.candidate.videos,
            one.candidate.median_plays,
            one.candidate.share.n if one.candidate.share else 0,
            round(one.candidate.share.value, 4) if one.candidate.share else None,
            round(one.candidate.share.low, 4) if one.candidate.share else None,
            one.worth,
            one.reasons,
        )
        for place, one in enumerate(made.chosen, 1)
    )


def kept_lines(stored: StoredPlan) -> tuple[Line, ...]:
    """The lines of a saved plan."""
    return tuple(Line(**{**line, "reasons": tuple(line["reasons"])}) for line in stored.result["lines"])
