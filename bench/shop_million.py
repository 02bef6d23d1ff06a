"""One million synthetic vectors in the product's own index: build, recall@10 against comparing all, and time of a search.

    python -m bench shop_million

Vectors lie in 50,000 clusters of about 20, as variants of a product do, and their variance falls from axis to axis so that the
participation ratio of the covariance is about 80, which is what the sentence encoder's vectors of real products have. A query is a vector
of the index moved by as much as the variants differ. Needs about 4 GB of memory and 2 GB of disk; building takes minutes.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.table import Row
from companion.shop.retrieval.dense import Dense, load_index
from companion.shop.retrieval.vectors import VectorFile

N, DIMENSION, CLUSTERS, SPREAD = 1_000_000, 384, 50_000, 0.6
FALL = 0.38
"""Standard deviation along axis k is k ** -FALL."""
QUERIES, K, CHUNK = 200, 10, 50_000

Array = npt.NDArray[np.float32]


def rows() -> Iterator[Row]:
    """Build once, search 200 times."""
    with tempfile.TemporaryDirectory() as folder:
        file = made(Path(folder), N)
        begun = time.perf_counter()
        index = load_index(Path(folder) / "dense.faiss", file, "synthetic")
        built = time.perf_counter() - begun
        dense = Dense(file, np.arange(len(file)), index, "ip")
        queries = asked(file)
        truth = nearest(file, queries)
        for query in queries[:20]:
            dense.search(query, K)
        times, found = [], []
        for query, expected in zip(queries, truth, strict=True):
            begun = time.perf_counter()
            places, _ = dense.search(query, K)
            times.append(time.perf_counter() - begun)
            found.append(len(set(places.tolist()) & set(expected.tolist())) / K)
        p95, recall = float(np.quantile(times, 0.95)) * 1000, float(np.mean(found))
        what = f"{N:,} vectors in the graph index (built in {built / 60:.0f} min), search of {K}, 95th percentile of {QUERIES}"
        yield Row(what, f"{p95:.1f} ms at recall@{K} {recall:.3f}", "<= 60 ms at >= 0.95", p95 <= 60 and recall >= 0.95)


def made(folder: Path, n: int) -> VectorFile:
    """n vectors on disk."""
    file = VectorFile(folder / "vectors.bin", DIMENSION)
    random = np.random.default_rng(0)
    axes = np.arange(1, DIMENSION + 1, dtype=np.float32) ** -FALL
    kinds = random.standard_normal((CLUSTERS, DIMENSION), np.float32) * axes
    for start in range(0, n, CHUNK):
        count = min(CHUNK, n - start)
        vectors = kinds[random.integers(0, CLUSTERS, count)] + SPREAD * axes * random.standard_normal((count, DIMENSION), np.float32)
        file.add([(start + i + 1).to_bytes(8, "little") + b"v" for i in range(count)], unit(vectors))
    return file


def asked(file: VectorFile) -> Array:
    """Queries, each near some vector of the file."""
    random = np.random.default_rng(1)
    near = file.of(np.sort(random.choice(len(file), QUERIES, replace=False)))
    axes = np.arange(1, DIMENSION + 1, dtype=np.float32) ** -FALL
    return unit(near + SPREAD / np.sqrt((axes**2).sum() * (1 + SPREAD**2)) * axes * random.standard_normal(near.shape, np.float32))


def nearest(file: VectorFile, queries: Array) -> npt.NDArray[np.int64]:
    """The true K nearest rows of each query, by comparing all."""
    best, rows = np.full((len(queries), 0), 0, np.float32), np.zeros((len(queries), 0), np.int64)
    for start in range(0, len(file), CHUNK):
        scores = queries @ file.of(slice(start, start + CHUNK)).T
        best = np.hstack([best, scores])
        rows = np.hstack([rows, np.broadcast_to(np.arange(start, start + scores.shape[1]), scores.shape)])
        order = np.argsort(-best, axis=1)[:, :K]
        best, rows = np.take_along_axis(best, order, 1), np.take_along_axis(rows, order, 1)
    return rows


def unit(vectors: Array) -> Array:
    """Vectors of length 1."""
    found: Array = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found
