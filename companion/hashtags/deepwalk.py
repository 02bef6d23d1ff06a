"""DeepWalk for comparison: random walks over tags and videos, their windows counted and factorised.

Skip-gram with negative sampling over walks factorises the shifted PMI of the windows (Qiu et al. 2018, NetMF), so the walks are counted
and the PMI is factorised directly; no gensim is needed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from companion.hashtags.embedding import start_vectors
from companion.hashtags.graph import Sparse, TagGraph, csr
from companion.hashtags.vectors import Matrix, unit

WALKS = 10
"""Walks from each tag."""

STEPS = 8
"""Tags of a walk; between two of them lies a video."""

WINDOW = 3
"""Tags to each side that count as context."""


def deepwalk(graph: TagGraph, dimensions: int = 64, walks: int = WALKS, seed: int = 0) -> Matrix:
    """Unit vectors of tags, float32 [tags, d]."""
    size = len(graph.tags)
    if not size:
        return np.zeros((0, dimensions), np.float32)
    paths = _walk(graph, walks, np.random.default_rng(seed))
    pairs = csr((size, size), dtype=np.float32)
    for gap in range(1, WINDOW + 1):
        left, right = paths[:, :-gap].ravel(), paths[:, gap:].ravel()
        pairs = csr(pairs + csr((np.ones(len(left), np.float32), (left, right)), shape=(size, size)))
    counts = sparse.coo_array(pairs + pairs.T)
    total, each = counts.sum(), np.asarray(counts.sum(axis=1)).ravel()
    value = np.log(np.maximum(1e-12, counts.data * total / (each[counts.row] * each[counts.col])))
    keep = (value > 0) & (counts.row != counts.col)
    matrix = csr((value[keep].astype(np.float32), (counts.row[keep], counts.col[keep])), shape=(size, size))
    return unit(start_vectors(matrix, dimensions))


def _walk(graph: TagGraph, walks: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Tag numbers, int [walks * tags, STEPS]: every step leads over a random video of the tag to a random tag of the video."""
    of_tag = csr(graph.edges.T)
    here = np.tile(np.arange(len(graph.tags), dtype=np.int64), walks)
    path = [here]
    for _ in range(STEPS - 1):
        here = _step(graph.edges, _step(of_tag, here, rng), rng)
        path.append(here)
    return np.stack(path, axis=1)


def _step(matrix: Sparse, at: npt.NDArray[np.int64], rng: np.random.Generator) -> npt.NDArray[np.int64]:
    first, count = matrix.indptr[at], matrix.indptr[at + 1] - matrix.indptr[at]
    found: npt.NDArray[np.int64] = matrix.indices[first + (rng.random(len(at)) * count).astype(np.int64)].astype(np.int64)
    return found
