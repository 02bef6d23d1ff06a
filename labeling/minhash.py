"""Near-duplicate pairs among many short texts: MinHash signatures, banded (LSH), every pair then checked exactly.

Likeness is the Jaccard similarity of the sets of three-letter pieces, word edges included: |A ∩ B| / |A ∪ B|, 0-1
(Broder 1997; banding as in Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, chapter 3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

ALIKE = 0.7
"""Texts at least this alike are near-duplicates: in twenty letters, one word of three changed or a short one added."""

ROWS, BANDS = 4, 32
"""A pair of likeness s meets in some band with probability 1 - (1 - s**ROWS)**BANDS: 0.9998 at 0.7, 1 - 5e-8 at 0.8, 0.56 at 0.4."""

DISTANCES = (1, 2, 9, 129)
"""In a band, a text is compared with the 128 that follow it, in three steps: texts of one template by the thousand still chain together."""

CHUNK = 20_000
"""Texts whose signatures, or pairs whose likeness, are worked out at a time; holds memory to some 50 MB beside the result."""

Ints = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
Groups = npt.NDArray[np.int32]

_MODULUS = 2**31 - 1
_EDGE = 0x20


def alike(texts: Sequence[str]) -> Groups:
    """A group number [n] for each of these texts: near-duplicates, and what they join in a chain, share one.

    Texts are keys of labeling/same_text.py, each at most once, in a fixed order; the same texts get the same groups.
    """
    groups = np.arange(len(texts), dtype=np.int32)
    if not len(texts):
        return groups
    pieces, bands = _read(texts)
    for band in bands:
        order = np.argsort(band, kind="stable")
        keys = band[order]
        places = np.arange(len(keys))
        for first, last in pairwise(DISTANCES):
            found: list[Places] = []
            for distance in range(first, last):
                places = places[places + distance < len(keys)]
                places = places[keys[places] == keys[places + distance]]
                found += _alike(pieces, order[places], order[places + distance], groups)
            groups = _joined(groups, found)
    return groups


def likeness(one: str, other: str) -> float:
    """Jaccard similarity of the three-letter pieces of two texts, 0-1; of two texts without any, 0."""
    pieces, _ = _read([one, other])
    return float(_likeness(pieces, np.array([0]), np.array([1]))[0])


def _read(texts: Sequence[str]) -> tuple[csr_matrix, Ints]:
    """The pieces of every text as a 0/1 matrix [n, 2**31 - 1], and the band keys [BANDS, n]."""
    chance = np.random.default_rng(20261128)
    factors = chance.integers(0, 2**32, ROWS * BANDS, dtype=np.uint32) | np.uint32(1)
    masks = chance.integers(0, 2**32, ROWS * BANDS, dtype=np.uint32)
    bands = np.empty((BANDS, len(texts)), np.uint32)
    columns, counts = [], []
    for start in range(0, len(texts), CHUNK):
        some = texts[start : start + CHUNK]
        owner, piece = _pieces(some)
        count = np.bincount(owner, minlength=len(some))
        bands[:, start : start + len(some)] = _band_keys(_mixed(piece), count, factors, masks)
        columns.append(piece.astype(np.int32))
        counts.append(count)
    ends = np.concatenate([[0], np.cumsum(np.concatenate(counts))])
    column = np.concatenate(columns)
    return csr_matrix((np.ones(len(column), np.int8), column, ends), shape=(len(texts), _MODULUS)), bands


def _pieces(texts: Sequence[str]) -> tuple[Places, Ints]:
    """The distinct pieces of texts as (number of the text, hash below 2**31 - 1), in order of both."""
    points = np.frombuffer("".join(f" {text} " for text in texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = np.array([len(text) + 2 for text in texts], np.int64)
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    if len(points) < 3:
        return np.empty(0, np.int64), np.empty(0, np.uint32)
    wide = points.astype(np.uint64)
    hashed = (wide[:-2] * np.uint64(0x9E3779B97F4A7C15) + wide[1:-1]) * np.uint64(0xC2B2AE3D27D4EB4F) + wide[2:]
    hashed = (hashed * np.uint64(0x165667B19E3779F9)) >> np.uint64(33)
    inside = (owner[:-2] == owner[2:]) & (points[1:-1] != _EDGE)
    joint = (owner[:-2][inside].astype(np.uint64) << np.uint64(32)) | (hashed[inside] % np.uint64(_MODULUS))
    joint.sort()
    joint = joint[np.diff(joint, prepend=joint[:1] + np.uint64(1)) != 0]
    return (joint >> np.uint64(32)).astype(np.int64), joint.astype(np.uint32)


def _mixed(piece: Ints) -> Ints:
    """Spread over all 32 bits, so that one multiplication makes another order of them."""
    piece = (piece ^ (piece >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    piece = (piece ^ (piece >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return piece ^ (piece >> np.uint32(16))


def _band_keys(piece: Ints, count: Places, factors: Ints, masks: Ints) -> Ints:
    """The keys [BANDS, n] under which texts meet; a text without pieces gets one of its own number and meets nobody by likeness."""
    keys = np.zeros((BANDS, len(count)), np.uint32)
    filled = np.flatnonzero(count)
    if not len(filled):
        return keys
    starts = (np.cumsum(count) - count)[filled]
    for number, (factor, mask) in enumerate(zip(factors, masks, strict=True)):
        order = (piece ^ mask) * factor
        order = (order ^ (order >> np.uint32(15))) * np.uint32(0x846CA68B)
        least = np.minimum.reduceat(order, starts)
        band = number // ROWS
        keys[band, filled] = (keys[band, filled] ^ least) * np.uint32(0x9E3779B1) + np.uint32(number)
    return keys


def _alike(pieces: csr_matrix, left: Places, right: Places, groups: Groups) -> Iterator[Places]:
    """Those pairs [2, m] of different groups that are `ALIKE`, a chunk at a time."""
    apart = groups[left] != groups[right]
    pairs = np.stack([left[apart], right[apart]])
    for start in range(0, pairs.shape[1], CHUNK):
        some = pairs[:, start : start + CHUNK]
        yield some[:, _likeness(pieces, *some) >= ALIKE]


def _likeness(pieces: csr_matrix, left: Places, right: Places) -> npt.NDArray[np.float64]:
    sizes = np.diff(pieces.indptr)
    shared = np.asarray(pieces[left].multiply(pieces[right]).sum(axis=1), np.float64).ravel()
    whole = sizes[left] + sizes[right] - shared
    share: npt.NDArray[np.float64] = np.divide(shared, whole, out=np.zeros_like(shared), where=whole > 0)
    return share


def _joined(groups: Groups, found: Sequence[Places]) -> Groups:
    """The groups after these pairs came together."""
    if not any(pairs.shape[1] for pairs in found):
        return groups
    left, right = groups[np.concatenate(found, axis=1)]
    size = int(groups.max()) + 1
    links = coo_matrix((np.ones(len(left), np.int8), (left, right)), shape=(size, size))
    together: Groups = connected_components(links, directed=False)[1][groups]
    return together
