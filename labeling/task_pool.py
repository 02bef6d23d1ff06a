"""What a task may choose from, and the task's source in words."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from companion.dashboard.filters import Filters
from companion.store import comments, label_pool, sample
from companion.store.finding import Finder
from companion.store.label_pool import PoolComment
from companion.store.wanted import Wanted

SourceKind = Literal["all", "hashtag", "video", "query", "file"]

LEAST = 2_000
PER_ITEM = 4
"""So many comments for each item, and `LEAST` at least, a task is chosen from; of more, so many are drawn by lot first."""


class EmptySourceError(ValueError):
    """There is nothing to label there; the message says what to do."""


@dataclass(frozen=True)
class Source:
    """Where a task's items are from.

    Attributes:
        hashtag: without "#".
        video: "platform:id".
        query: the Comments page's filters, as in its address.
        file: what the file was called.
    """

    kind: SourceKind = "all"
    hashtag: str = ""
    video: str = ""
    query: dict[str, str] = field(default_factory=dict)
    file: str = ""

    @property
    def stored(self) -> dict[str, Any]:
        """The same as the task keeps it."""
        return {key: value for key, value in vars(self).items() if value}

    @property
    def words(self) -> str:
        """The same for people."""
        said = {
            "all": "everything collected",
            "hashtag": f"#{self.hashtag}",
            "video": f"video {self.video.partition(':')[2]}",
            "query": "a search",
            "file": self.file,
        }
        return said[self.kind]


@dataclass(frozen=True)
class Pool:
    """What may be chosen: each with the chance `sampled` with which it came among them; `is_sample`: invented comments."""

    found: Sequence[PoolComment]
    sampled: float
    is_sample: bool = False


@dataclass(frozen=True)
class Lot:
    """How a pool is drawn: for how many items, with which seed."""

    size: int
    seed: int


def pool_of(connection: sqlite3.Connection, model: str, source: Source, kind: str, lot: Lot) -> Pool:
    """What is stored of a source. Empty texts and what creators wrote under their own videos are left out.

    Raises:
        EmptySourceError: nothing.
    """
    if kind == "video":
        return _own(label_pool.videos(connection, source.hashtag, source.video), 1.0, source)
    if not comments.any_stored(connection):
        raise EmptySourceError("nothing is collected yet; collect a hashtag, import comments or load the sample data first")
    finder = Finder(connection, model, _wanted(source))
    places, chance = finder.by_lot(max(LEAST, PER_ITEM * lot.size), random.Random(lot.seed))  # noqa: S311 - a lot that can be drawn again, no secret
    return _own(label_pool.comments(connection, model, places), chance, source)


def _own(found: Sequence[PoolComment], chance: float, source: Source) -> Pool:
    """Without what cannot be labelled; invented comments only where there are no others."""
    usable = [one for one in found if one.text.strip() and not one.by_creator]
    own = [one for one in usable if one.platform != sample.PLATFORM]
    if not usable:
        raise EmptySourceError(f"nothing to label in {source.words}; choose another source, or collect more")
    return Pool(own or usable, chance, is_sample=not own)


def _wanted(source: Source) -> Wanted:
    if source.kind == "hashtag":
        return Wanted(hashtag=source.hashtag.strip().lstrip("#").lower())
    if source.kind == "video":
        return Wanted(video=source.video)
    return Filters.of(source.query).wanted() if source.kind == "query" else Wanted()
