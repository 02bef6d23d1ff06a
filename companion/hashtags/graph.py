"""The graph of creators, videos, hashtags and products as sparse matrices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from companion.hashtags.posts import Post
from companion.hashtags.tags import clean_tags
from companion.hashtags.vectors import Matrix

Counts = npt.NDArray[np.int64]
Sparse: TypeAlias = Any
"""A sparse matrix of scipy, which has no types of its own."""

csr = sparse.csr_array

MAX_TAGS = 60
"""Tags of one post that are read; TikTok's captions hold at most about as many."""


@dataclass(frozen=True, eq=False)
class TagGraph:
    """Edges between videos and tags, and whose the videos are.

    `edges` is videos x tags, 1 where a video carries a tag; `creator_of` the creator number of each video.
    """

    posts: tuple[Post, ...]
    tags: tuple[str, ...]
    edges: Sparse
    creators: tuple[str, ...]
    creator_of: Counts
    _at: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_at", {tag: at for at, tag in enumerate(self.tags)})

    def find(self, tag: str) -> int | None:
        """The column of a tag, or None where no video carries it."""
        return self._at.get(tag)

    @cached_property
    def by_tag(self) -> Sparse:
        """`edges` a tag at a time (CSC): one tag's videos are one slice."""
        return self.edges.tocsc()

    def videos_with(self, tag: int) -> Counts:
        """Rows of the videos that carry a tag, rising, int [videos]."""
        found: Counts = np.unique(self.by_tag.indices[self.by_tag.indptr[tag] : self.by_tag.indptr[tag + 1]]).astype(np.int64)
        return found

    @cached_property
    def videos_of(self) -> Counts:
        """Videos of each tag, int [tags]."""
        found: Counts = np.asarray(self.edges.sum(axis=0)).ravel().astype(np.int64)
        return found

    @cached_property
    def newest(self) -> int | None:
        """When the newest post was made, ms UTC; None where no time is known."""
        return max((post.created_at for post in self.posts if post.created_at is not None), default=None)

    def creators_of(self) -> Counts:
        """Creators of each tag, int [tags]."""
        member = self.creator_tags()
        member.data[:] = 1
        found: Counts = np.asarray(member.sum(axis=0)).ravel().astype(np.int64)
        return found

    def creator_tags(self) -> Sparse:
        """How many videos of a creator carry a tag, creators x tags."""
        return csr(self.membership() @ self.edges)

    def membership(self) -> Sparse:
        """Creators by videos, 1 where the video is the creator's."""
        n = len(self.posts)
        return csr((np.ones(n, np.float32), (self.creator_of, np.arange(n))), shape=(len(self.creators), n))

    def video_weights(self) -> Matrix:
        """How much a video counts, float32 [videos]: 1 / sqrt(videos of its creator), so that one busy creator is not a crowd."""
        counts = np.bincount(self.creator_of, minlength=len(self.creators))
        found: Matrix = (1 / np.sqrt(np.maximum(1, counts[self.creator_of]))).astype(np.float32)
        return found


def build_graph(posts: Iterable[Post]) -> TagGraph:
    """The graph of posts; tags are cleaned, posts without any stay (their captions may say something)."""
    kept: list[Post] = []
    rows: list[int] = []
    columns: list[int] = []
    tag_at: dict[str, int] = {}
    creator_at: dict[str, int] = {}
    owners: list[int] = []
    for post in posts:
        for tag in clean_tags(post.tags)[:MAX_TAGS]:
            rows.append(len(kept))
            columns.append(tag_at.setdefault(tag, len(tag_at)))
        owners.append(creator_at.setdefault(post.creator or f"video:{post.id}", len(creator_at)))
        kept.append(post)
    shape = (len(kept), len(tag_at))
    edges = csr((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    return TagGraph(tuple(kept), tuple(tag_at), edges, tuple(creator_at), np.array(owners, np.int64))


def rarity(graph: TagGraph) -> Matrix:
    """How telling a tag is, 0 to 1, float32 [tags]: log(1 + V / n) / log(1 + V)."""
    total = max(1, len(graph.posts))
    found: Matrix = (np.log1p(total / np.maximum(1, graph.videos_of)) / np.log1p(total)).astype(np.float32)
    return found
