"""The dense leg: unit vectors in a FAISS index, exact for catalogues of usual size and a graph (HNSW) above.

Rows of the index are rows of the vector file, so that it grows with it; a product points at its text's row. On unit vectors inner
product and L2 give the same order (|a - b|^2 = 2 - 2ab); `l2` is kept for comparison.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import faiss as faiss_library
import numpy as np
import numpy.typing as npt

from companion.shop.retrieval.vectors import VectorFile, Vectors, text_hash

faiss: Any = faiss_library
"""Its stubs do not know what its Python layer adds."""

Metric = Literal["ip", "l2"]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

EXACT_BELOW = 100_000
"""Vectors. An exact search of that many takes about 15 ms on two cores; a graph saves nothing below."""
LINKS, BUILD_WIDTH, SEARCH_WIDTH = 32, 40, 96
"""Of the graph (M, efConstruction, efSearch)."""
FEW = 0.02
"""Share of products allowed by a filter below which these are compared one by one: a graph search would walk past all of them."""
CHUNK = 20_000
"""Vectors added between two reports of progress."""


@dataclass(frozen=True)
class Stamp:
    """What an index file holds; an index with another stamp is built anew."""

    encoder: str
    metric: Metric
    kind: Literal["exact", "graph"]
    first: str
    """Hash of the vector file's first row: another one where that file was rewritten."""
    rows: int


@dataclass(frozen=True)
class _Live:
    """Index rows that may be found. `bits` must live as long as `selector`: FAISS keeps a pointer to them."""

    mask: Mask
    count: int
    bits: npt.NDArray[np.uint8]
    selector: Any

    @classmethod
    def of(cls, rows: Places, total: int) -> _Live:
        mask = np.zeros(total, bool)
        mask[rows] = True
        bits = np.packbits(mask, bitorder="little")
        return cls(mask, int(mask.sum()), bits, faiss.IDSelectorBitmap(bits))


class Dense:
    """Search over the products that have a vector.

    Args:
        file: vectors by row.
        rows: row of each product's text, int64 [n]; -1 where it has none yet.
        index: FAISS index over the file's rows.
        metric: of the index.
    """

    def __init__(self, file: VectorFile, rows: Places, index: Any, metric: Metric) -> None:
        self._file, self._rows, self._index, self._metric = file, rows, index, metric
        self._graph = isinstance(index, faiss.IndexHNSW)
        self._order = np.argsort(rows, kind="stable")
        self._sorted = rows[self._order]
        self._read = rows >= 0
        self._everything = _Live.of(rows[self._read], index.ntotal)

    def search(self, vector: Vectors, k: int, allowed: Mask | None = None) -> tuple[Places, Vectors]:
        """Places of up to k products nearest to a unit vector [d], best first, and their cosines; `allowed` [n] leaves others out."""
        wanted = self._read if allowed is None else allowed & self._read
        live = self._everything if allowed is None else _Live.of(self._rows[wanted], self._index.ntotal)
        if not live.count:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if self._graph and live.count < FEW * len(live.mask):
            rows = np.flatnonzero(live.mask)
            values = self._file.of(rows) @ vector
            best = np.argsort(-values, kind="stable")[:k]
            rows, values = rows[best], values[best]
        else:
            rows, values = self._by_index(vector, k, live)
        return self._places(rows, values, k, wanted)

    def cosines(self, vector: Vectors, places: Places) -> Vectors:
        """Cosines [n] of products with a unit vector [d]; 0 for a product without a vector."""
        rows = self._rows[places]
        found: Vectors = np.zeros(len(rows), np.float32)
        known = rows >= 0
        # rounded, because a matrix product may give two equal vectors sums that differ in the last digit
        found[known] = np.round(self._file.of(rows[known]) @ vector, 6)
        return found

    def _by_index(self, vector: Vectors, k: int, live: _Live) -> tuple[Places, Vectors]:
        if self._graph:
            settings = faiss.SearchParametersHNSW(efSearch=max(SEARCH_WIDTH, k))
            if live.count < len(live.mask):
                settings = faiss.SearchParametersHNSW(efSearch=max(SEARCH_WIDTH, k), sel=live.selector)
        else:  # an exact search of one vector through a selector is faster than one without: it starts no threads
            settings = faiss.SearchParameters(sel=live.selector)
        values, rows = (part[0] for part in self._index.search(vector[None], k, params=settings))
        found = rows >= 0
        return rows[found], 1 - values[found] / 2 if self._metric == "l2" else values[found]

    def _places(self, rows: Places, values: Vectors, k: int, wanted: Mask) -> tuple[Places, Vectors]:
        """Products of text rows; several may share a text."""
        starts, ends = (np.searchsorted(self._sorted, rows, side) for side in ("left", "right"))
        places = np.concatenate([self._order[a:b] for a, b in zip(starts, ends, strict=True)])
        kept = wanted[places]
        return places[kept][:k], np.repeat(values, ends - starts)[kept][:k]


def rows_of(file: VectorFile, texts: Sequence[str]) -> Places:
    """Row of each text, int64 [n]; -1 where it is not encoded yet."""
    return np.array([file.row_of.get(text_hash(text), -1) for text in texts], np.int64)


def load_index(path: Path, file: VectorFile, encoder: str, metric: Metric = "ip", exact_below: int = EXACT_BELOW) -> Any:
    """The index over the file's rows, mapped into memory; rows that it lacks are added and written first."""
    stamp = Stamp(encoder, metric, "exact" if len(file) < exact_below else "graph", file.first, len(file))
    old = _stamp_of(path)
    if old != stamp or not path.exists():
        grown = old is not None and path.exists() and replace(old, rows=stamp.rows) == stamp and old.rows < stamp.rows
        _write(path, _grown(faiss.read_index(str(path)) if grown else _empty(stamp, file.dimension), file), stamp)
    # a mapped index must never be added to: FAISS ends the process
    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)


def _empty(stamp: Stamp, dimension: int) -> Any:
    measure = faiss.METRIC_L2 if stamp.metric == "l2" else faiss.METRIC_INNER_PRODUCT
    if stamp.kind == "exact":
        return faiss.IndexFlat(dimension, measure)
    # half precision loses nothing, since the file holds no more, and takes half the memory
    index = faiss.IndexHNSWSQ(dimension, faiss.ScalarQuantizer.QT_fp16, LINKS, measure)
    index.hnsw.efConstruction = BUILD_WIDTH
    index.train(np.zeros((1, dimension), np.float32))  # half precision needs no training; FAISS wants to be told
    return index


def _grown(index: Any, file: VectorFile) -> Any:
    for start in range(index.ntotal, len(file), CHUNK):
        index.add(file.of(slice(start, start + CHUNK)))
    return index


def _stamp_of(path: Path) -> Stamp | None:
    try:
        return Stamp(**json.loads(path.with_suffix(".json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, index: Any, stamp: Stamp) -> None:
    """The stamp goes first and comes back last: a crash between leaves an index that is built anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".json").unlink(missing_ok=True)
    draft = path.with_suffix(".new")
    faiss.write_index(index, str(draft))
    draft.replace(path)
    path.with_suffix(".json").write_text(json.dumps(asdict(stamp)), "utf-8")
