"""Why a tag matches a category: the videos and the tags beside it that speak for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.hashtags.graph import TagGraph
from companion.hashtags.propagation import Spread
from companion.hashtags.vectors import Matrix

VIDEOS = 5
CO_TAGS = 6


@dataclass(frozen=True)
class VideoEvidence:
    """A video that carries the tag and speaks for the category; `weight` is its share of all that speaks for it."""

    id: str
    creator: str
    caption: str
    weight: float


@dataclass(frozen=True)
class CoTag:
    """A tag that stands beside the tag and leads to the category; `videos` is how many they share."""

    tag: str
    videos: int
    weight: float


@dataclass(frozen=True)
class Evidence:
    """The strongest witnesses, heaviest first."""

    videos: tuple[VideoEvidence, ...] = ()
    co_tags: tuple[CoTag, ...] = ()


def evidence(graph: TagGraph, spread: Spread, at: int, chance: Matrix) -> Evidence:
    """Witnesses for a category; `chance` is its chance for each kind, float32 [kinds]."""
    rows = graph.videos_with(at)
    said = spread.speaking @ chance
    beside = np.bincount(graph.edges[rows].indices, minlength=len(graph.tags))
    beside[at] = 0
    weighed = beside * np.asarray(said, np.float64).ravel()
    heavy = [int(column) for column in np.argsort(-weighed, kind="stable")[:CO_TAGS] if weighed[column] > 0]
    spoken = np.asarray(spread.videos[rows] @ chance, np.float32).ravel()
    total = float(spoken.sum()) or 1.0
    best = [int(place) for place in np.argsort(-spoken, kind="stable")[:VIDEOS] if spoken[place] > 0]
    whole = float(weighed.sum()) or 1.0
    return Evidence(
        tuple(_video(graph, int(rows[place]), float(spoken[place]) / total) for place in best),
        tuple(CoTag(graph.tags[column], int(beside[column]), float(weighed[column]) / whole) for column in heavy),
    )


def _video(graph: TagGraph, row: int, weight: float) -> VideoEvidence:
    post = graph.posts[row]
    return VideoEvidence(post.id, post.creator, post.caption, weight)
