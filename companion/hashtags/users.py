"""What a creator stands for: u = phi(W [u^v, u^h] + b), from the posts and the tags they use.

After Wei et al. (MM'19, arXiv 1908.09987): u^h = phi(mean W_h h) over the creator's tags, u^v = phi(mean W_v v) over the posts. Creators
stand for users here, because viewers are nobody's business. Without training W_h and W_v are the identity, W takes the mean of
both halves and b is 0; `trained` learns them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.hashtags.embedding import Embedding
from companion.hashtags.graph import Sparse, TagGraph
from companion.hashtags.vectors import Matrix, unit


@dataclass(frozen=True, eq=False)
class UserWeights:
    """W_h and W_v float32 [d, d], W float32 [d, 2d], b float32 [d]."""

    tags: Matrix
    posts: Matrix
    fuse: Matrix
    bias: Matrix

    @classmethod
    def plain(cls, dimension: int) -> UserWeights:
        """Untrained: both sides count alike."""
        same = np.eye(dimension, dtype=np.float32)
        return cls(same, same, (np.concatenate([same, same], axis=1) / 2).astype(np.float32), np.zeros(dimension, np.float32))


def represent(graph: TagGraph, embedding: Embedding, weights: UserWeights | None = None) -> Matrix:
    """Creators' vectors, unit rows, float32 [creators, d]; phi is tanh."""
    weights = weights or UserWeights.plain(embedding.tags.shape[1])
    used = graph.creator_tags()
    members = graph.membership()
    of_tags = np.tanh(_mean(used, embedding.tags) @ weights.tags.T)
    of_posts = np.tanh(_mean(members, embedding.videos) @ weights.posts.T)
    return unit(np.tanh(np.concatenate([of_posts, of_tags], axis=1) @ weights.fuse.T + weights.bias).astype(np.float32))


def _mean(members: Sparse, vectors: Matrix) -> Matrix:
    total = np.maximum(1, np.asarray(members.sum(axis=1)).ravel())[:, None]
    found: Matrix = (np.asarray(members @ vectors) / total).astype(np.float32)
    return found
