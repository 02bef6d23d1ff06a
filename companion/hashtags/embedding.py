"""Vectors of tags, sounds, caption words and creators from the graph, for "related tags" and for what a creator stands for.

Tags start from the truncated SVD of their positive pointwise mutual information; LightGCN's layers (He et al. 2020) then carry
them over videos: E' = mean(E, A E, A^2 E) with A the degree-normalised tag-video-tag matrix. Nothing is trained.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from companion.hashtags.graph import Sparse, TagGraph, csr
from companion.hashtags.vectors import Matrix, unit

DIMENSIONS = 64
LAYERS = 2
SVD_ROUNDS = 3
"""Power iterations; three are enough for vectors that are averaged over neighbours afterwards."""

WORDS = 20_000
"""Caption words that are kept, the most frequent ones."""

LONGEST_POST = 30
"""Tags of a post from which its pairs say nothing: such lists are copied."""


@dataclass(frozen=True, eq=False)
class Embedding:
    """Unit vectors: `tags` float32 [tags, d], `videos` float32 [videos, d] made of tags, sound and caption words."""

    tags: Matrix
    videos: Matrix

    def nearest(self, at: int, top: int) -> list[tuple[int, float]]:
        """The tags closest to a tag, without itself, with their cosine."""
        return self.near(self.tags[at], top + 1, without=at)[:top]

    def near(self, vector: Matrix, top: int, without: int = -1) -> list[tuple[int, float]]:
        """The tags closest to a vector, with their cosine."""
        likeness = self.tags @ vector
        best = np.argsort(-likeness, kind="stable")[: top + 1]
        return [(int(at), float(likeness[at])) for at in best if at != without and likeness[at] > 0][:top]


def embed(graph: TagGraph, dimensions: int = DIMENSIONS, layers: int = LAYERS) -> Embedding:
    """Vectors of a graph. A tag that shares no post with another keeps zeros."""
    start = start_vectors(pmi(graph), dimensions)
    tags = propagate(graph, start, layers)
    return Embedding(tags, video_vectors(graph, tags))


def pmi(graph: TagGraph) -> Sparse:
    """Positive pointwise mutual information of tags that share posts, tags x tags.

    Each post counts once, shared by its pairs, and less where its creator has many.
    """
    length = np.asarray(graph.edges.sum(axis=1)).ravel()
    usable = (length > 1) & (length <= LONGEST_POST)
    weight = np.where(usable, graph.video_weights() / np.maximum(1, length - 1), 0).astype(np.float32)
    pairs = sparse.coo_array(graph.edges.T @ (sparse.diags_array(weight) @ graph.edges))
    off = pairs.row != pairs.col
    rows, columns, together = pairs.row[off], pairs.col[off], pairs.data[off]
    each = np.bincount(rows, together, minlength=len(graph.tags)) if len(rows) else np.zeros(len(graph.tags))
    total = each.sum() or 1.0
    smoothed = each**0.75 / max(1e-9, (each**0.75).sum())  # Levy and Goldberg 2015: rare contexts otherwise rule
    value = np.log(np.maximum(1e-12, (together / total) / np.maximum(1e-12, (each[rows] / total) * smoothed[columns])))
    keep = value > 0
    shape = (len(graph.tags), len(graph.tags))
    return csr((value[keep].astype(np.float32), (rows[keep], columns[keep])), shape=shape)


def start_vectors(matrix: Sparse, dimensions: int) -> Matrix:
    """Rows of the truncated SVD, scaled by the root of the singular values, float32 [n, d]."""
    size = matrix.shape[0]
    d = min(dimensions, max(1, size - 1))
    if size < 2 or not matrix.nnz:
        return np.zeros((size, d), np.float32)
    from sklearn.utils.extmath import randomized_svd  # late: a second that only who asks for related tags waits

    left, values, _ = randomized_svd(sparse.csr_matrix(matrix), d, n_iter=SVD_ROUNDS, random_state=0)
    found: Matrix = (left * np.sqrt(values)).astype(np.float32)
    return found


def propagate(graph: TagGraph, start: Matrix, layers: int) -> Matrix:
    """The mean of the layers, unit rows."""
    videos, tags = (1 / np.sqrt(np.maximum(1, np.asarray(graph.edges.sum(axis=axis)).ravel())) for axis in (1, 0))
    normal = csr(sparse.diags_array(videos.astype(np.float32)) @ graph.edges @ sparse.diags_array(tags.astype(np.float32)))
    total, current = start.copy(), start
    for _ in range(layers):
        current = np.asarray(normal.T @ (normal @ current), np.float32)
        total += current
    return unit((total / (layers + 1)).astype(np.float32))


def video_vectors(graph: TagGraph, tags: Matrix) -> Matrix:
    """Videos as the mean of their tags', their sound's and their caption words' vectors, unit rows.

    A sound or a word stands where the tags it meets stand.
    """
    own = _mean(graph.edges, tags)
    others = [members for members in (_sounds(graph), _words(graph)) if members is not None]
    return unit(sum((_mean(members, _mean(csr(members.T), own)) for members in others), start=own))


def _mean(members: Sparse, vectors: Matrix) -> Matrix:
    count = np.maximum(1, np.asarray(members.sum(axis=1)).ravel())[:, None]
    found: Matrix = (np.asarray(members @ vectors) / count).astype(np.float32)
    return found


def _sounds(graph: TagGraph) -> Sparse | None:
    names = {sound: at for at, sound in enumerate(dict.fromkeys(post.sound for post in graph.posts if post.sound))}
    cells = [(row, names[post.sound]) for row, post in enumerate(graph.posts) if post.sound]
    if not cells:
        return None
    rows, columns = zip(*cells, strict=True)
    return csr((np.ones(len(cells), np.float32), (rows, columns)), shape=(len(graph.posts), len(names)))


def _words(graph: TagGraph) -> Sparse | None:
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(binary=True, min_df=2, max_features=WORDS, token_pattern=r"(?u)[^\W\d_]{2,}", dtype=np.float32)  # noqa: S106 (words, no password)
    try:
        return csr(counter.fit_transform(post.caption for post in graph.posts))
    except ValueError:  # no caption has a word that another has
        return None
