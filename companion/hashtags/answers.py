"""What the atlas answers: plain values for pages, commands and feeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from companion.hashtags.evidence import Evidence
from companion.hashtags.tag_kinds import Strategy


@dataclass(frozen=True)
class CategoryMatch:
    """A category for a tag. `score` 0 to 1; `support` is how many videos the graph's part rests on (0: text alone)."""

    category_id: str
    path: tuple[str, ...]
    score: float
    support: int
    strategy: Strategy
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True)
class TagAnswer:
    """A tag and its categories, best first.

    `none` says that it leads to no shelf, `none_chance` how sure that is; the matches are given all the same. `confidence` 0 to 1 is of
    the best match; `words` is the tag as it was read.
    """

    tag: str
    words: str
    none: bool
    none_chance: float
    confidence: float
    videos: int
    matches: tuple[CategoryMatch, ...]


@dataclass(frozen=True)
class TagMatch:
    """A tag for a category; `score` 0 to 1, `support` its videos, `intent_rate` None while none of its comments is graded."""

    tag: str
    score: float
    support: int
    creators: int
    intent_rate: float | None
    growth: float | None
    strategy: Strategy


@dataclass(frozen=True)
class RelatedTag:
    """A tag near another one: cosine of their vectors, and the videos that carry both."""

    tag: str
    similarity: float
    videos: int


@dataclass(frozen=True)
class Hit:
    """Something the global search found, with its likeness to the query, 0 to 1."""

    kind: Literal["tag", "category"]
    id: str
    text: str
    similarity: float
    videos: int = 0


@dataclass(frozen=True)
class Neighbourhood:
    """A picture of a tag's surroundings: tags with their videos and best department, and edges (tag, tag, shared videos)."""

    tags: tuple[tuple[str, int, str], ...]
    edges: tuple[tuple[str, str, int], ...]
