"""The dynamic multiplier of each subject over time, and a split of a creator budget by it, from what is stored.

The source's lambda_t = alpha * HighQuality_t / Total_t, mended as in `companion.quality.multiplier`. Which videos are high in quality is
taught by people (`companion.video_class`); where nobody taught it there is no multiplier, and the reason says how to get one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from companion.quality.demand import Demand
from companion.quality.multiplier import Multiplier, multipliers, split
from companion.store import clock, creators, quality_looks, quality_shortlist, sample

STEP_MS = 7 * clock.DAY
STEPS = 26
"""Weeks that are looked at: half a year."""
BAR = 0.5
"""Probability of being called good from which a video counts as high in quality."""
MOST = 20
"""Creators that a budget is split among, unless a shortlist names them."""
UNCLEAR = ""
"""The subject of videos that have no sure one."""
NOT_COMPARED = "the stored videos were not compared with each other yet"
HOW = (
    "Make a task of videos in the labeling tool (`buysignal label task new --kind video --size 100`), answer how good each is, 0 to 2, and"
    " have the videos compared again (`buysignal quality rescore`; the dashboard does it once a day)."
)


@dataclass(frozen=True)
class Point:
    """The multiplier of a subject at the end of a week (`at`, ms UTC): what was known by then."""

    at: int
    multiplier: Multiplier


@dataclass(frozen=True)
class Standing:
    """`courses`: points by subject, oldest first. `reason` says why there are none, "" where there are; `summary` of the labels."""

    courses: Mapping[str, tuple[Point, ...]]
    reason: str
    labelled: int
    good: int
    auc: tuple[float, float, float] | None

    @property
    def now(self) -> dict[str, Multiplier]:
        """The latest multiplier of each subject."""
        return {name: points[-1].multiplier for name, points in self.courses.items()}


@dataclass(frozen=True)
class Part:
    """A creator's part of a budget.

    `factor`: the multiplier of the creator's subject, None where no subject has one. `worth`: comments close to buying among the first
    ones of a video, by the lower end of the interval. `by_followers`: the part that followers alone would give, None where they are not
    known.
    """

    platform: str
    creator_id: str
    name: str
    followers: int | None
    subject: str
    factor: float | None
    worth: float
    demand: Demand
    amount: float
    by_followers: float | None

    @property
    def is_sample(self) -> bool:
        """Whether this is an invented creator."""
        return self.platform == sample.PLATFORM

    @property
    def times(self) -> float | None:
        """The amount beside what followers alone would give; None where that is nothing or not known."""
        return self.amount / self.by_followers if self.by_followers else None


def standing(connection: sqlite3.Connection, now: int) -> Standing:
    """The multiplier of every subject, week by week."""
    groups = quality_looks.groups(connection)
    if groups is None:
        return Standing({}, NOT_COMPARED, 0, 0, None)
    known = groups.high_class
    told = known.get("told")
    auc = (told["auc"], told["low"], told["high"]) if told else None
    labelled, good, reason = int(known.get("labelled", 0)), int(known.get("good", 0)), str(known.get("reason", ""))
    if reason:
        return Standing({}, reason, labelled, good, auc)
    since = now - STEPS * STEP_MS
    counted = quality_looks.weekly(connection, since, STEP_MS, BAR)
    if not counted:
        return Standing({}, f"no stored video was posted in the last {STEPS} weeks", labelled, good, auc)
    return Standing(_courses(counted, since), "", labelled, good, auc)


def suggest(
    connection: sqlite3.Connection, budget: float, demand: Mapping[tuple[str, str], Demand], by_subject: Mapping[str, Multiplier]
) -> list[Part]:
    """A budget split among the shortlist's creators, where two or more of them have demand, else among the MOST with the surest demand.

    Without multipliers (`by_subject` empty) it goes by demand alone.

    Raises:
        ValueError: the budget is below zero.
    """
    worth = {place: one.share.low * one.share.n / one.videos for place, one in demand.items() if one.share.low > 0}
    listed = [(one.platform, one.creator_id) for one in quality_shortlist.listed(connection) if one.status != "declined"]
    chosen = [place for place in listed if place in worth]
    if len(chosen) < 2:
        chosen = sorted(worth, key=lambda place: (-worth[place], place))[:MOST]
    if not chosen:
        return []
    subjects = quality_looks.subjects_of_creators(connection, chosen)
    subject = {place: subjects.get(place, UNCLEAR) for place in chosen}
    factor = {place: by_subject[subject[place]].value if subject[place] in by_subject else 1.0 for place in chosen}
    keys = {place: ":".join(place) for place in chosen}
    amounts = split(budget, {keys[place]: worth[place] for place in chosen}, {keys[place]: factor[place] for place in chosen})
    found = {place: creators.find(connection, *place) for place in chosen}
    followers = {place: one.followers for place in chosen if (one := found[place]) and one.followers is not None}
    all_followers = sum(followers.values())
    parts = []
    for place in chosen:
        maker, mine = found[place], followers.get(place)
        by_followers = None if mine is None or not all_followers else budget * mine / all_followers
        name = f"@{maker.handle}" if maker and maker.handle else (maker.name if maker and maker.name else place[1])
        amount = amounts[keys[place]]
        told = factor[place] if by_subject else None
        parts.append(Part(*place, name, mine, subject[place], told, worth[place], demand[place], amount, by_followers))
    return sorted(parts, key=lambda part: (-part.amount, part.name))


def _courses(counted: Mapping[str, Mapping[int, tuple[int, int]]], since: int) -> dict[str, tuple[Point, ...]]:
    """At the end of each week what the weeks until then give."""
    steps = [{name: weeks[step] for name, weeks in counted.items() if step in weeks} for step in range(STEPS)]
    points: dict[str, list[Point]] = {name: [] for name in counted}
    for last in range(STEPS):
        for name, found in multipliers(steps[: last + 1]).items():
            points[name].append(Point(since + (last + 1) * STEP_MS, found))
    return {name: tuple(course) for name, course in sorted(points.items()) if course}
