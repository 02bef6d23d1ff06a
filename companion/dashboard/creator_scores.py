"""The score of each creator of a list: that of the last comparison, else the one that the creator's own page would show now."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from companion.quality.components import PARTS
from companion.score_words import WORDS
from companion.services import services
from companion.store import quality_learned
from companion.store.quality_learned import CreatorScore, Learned
from companion.stored_scores import ScoredCreator, score_creator

PATIENCE_SECONDS, LEAST = 0.1, 8
"""How long a list works on scores that no comparison made yet, and how many it makes however long that takes; the next look goes on."""

Place = tuple[str, str]


@dataclass(frozen=True)
class ListedScore:
    """`value` is 0-100, None where nothing can be said; `why` is "" for a whole score, else what is missing, in the words of the page."""

    value: float | None
    why: str

    @property
    def partial(self) -> bool:
        """Whether there is a score that not every part is in."""
        return self.value is not None and bool(self.why)


def of_stored(one: CreatorScore) -> ListedScore:
    """The score of a comparison."""
    points = {name: getattr(one, name.replace(" ", "_")) for name in PARTS}
    return ListedScore(one.value, why(points, one.videos) if one.partial or one.value is None else "")


def of_scored(one: ScoredCreator) -> ListedScore:
    """The score of now."""
    points = {part.component.name: part.component.points for part in one.score.parts}
    whole = one.score.value is not None and not one.score.partial
    return ListedScore(one.score.value, "" if whole else why(points, len(one.videos)))


def why(points: Mapping[str, float | None], videos: int) -> str:
    """What a partial score lacks, by the points of its parts.

    >>> why({"deviation": None, "sentiment": 54.0, "share value": None, "engagement": 28.0}, 9)
    'without “Better than expected” and “Passed on”'
    >>> why({"deviation": 61.0, "sentiment": 54.0, "share value": 40.0, "engagement": 28.0}, 1)
    'from one video only'
    """
    lacking = [f"“{WORDS[name]}”" for name in PARTS if points[name] is None]
    only = ["from one video only"] if videos == 1 else []
    if len(lacking) == len(PARTS):
        return "not enough data"
    named = " and ".join(filter(None, [", ".join(lacking[:-1]), *lacking[-1:]]))
    return ", ".join([*only, *([f"without {named}"] if named else [])]) or "some part is not known"


def made_now(database: sqlite3.Connection, model: str, places: Iterable[Place]) -> dict[Place, ListedScore]:
    """The scores of these creators, as many as can be worked out while a page may wait; each is kept until something is written."""
    until, found = time.monotonic() + PATIENCE_SECONDS, dict[Place, ListedScore]()
    learned = quality_learned.find(database)
    for nth, place in enumerate(places):
        if nth >= LEAST and time.monotonic() > until:
            break
        found |= services().kept.many(("listed score", model), [place], lambda some: _made(database, model, some, learned))
    return found


def _made(database: sqlite3.Connection, model: str, places: Iterable[Place], learned: Learned | None) -> dict[Place, ListedScore]:
    scored = {place: score_creator(database, model, place, learned=learned, against_own=False) for place in places}
    return {place: of_scored(one) for place, one in scored.items() if one}
