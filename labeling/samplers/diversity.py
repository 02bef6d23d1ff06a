"""Diversity: one comment from each region of meaning, from the regions with the fewest labels first.

The annotator gets variety: another product, another way to ask, a language that has hardly come up, seldom two alike in a row.
Many are easy; each tells the model about a corner it has seen little of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from labeling.samplers.candidate import Candidate, Draw, Scored, draws

NAME = "diversity"

REGIONS = 2
"""Regions looked at for every comment wanted; the half with the fewest labels for its size is drawn from."""

_FITTED = 4000
"""Vectors among which centres are sought: they need to be spread out, not exact."""

_SAME = 1e-6  # mean distance (1 - cosine) below which all that is left is one point

Floats = npt.NDArray[np.float32]


def usable(pool: Iterable[Candidate]) -> list[Candidate]:
    """Those with a vector of finite numbers, not all 0, of the length that most of them have."""
    sound = [one for one in pool if one.vector is not None and one.vector.ndim == 1 and np.isfinite(one.vector).all() and one.vector.any()]
    lengths = Counter(len(one.vector) for one in sound if one.vector is not None)
    usual = max(lengths, key=lambda length: (lengths[length], length), default=0)
    return [one for one in sound if one.vector is not None and len(one.vector) == usual]


def draw(pool: Sequence[Candidate], n: int, rng: np.random.Generator, labelled: Sequence[Candidate] = ()) -> list[Draw]:
    """Up to n of the pool, at most one a region; each with probability 1 / size of its region, given the regions.

    `labelled` are those that have labels. The score is the share of the region that has none.
    """
    return draws(NAME, _stream(usable(pool), n, rng, labelled))


def _stream(pool: list[Candidate], n: int, rng: np.random.Generator, labelled: Sequence[Candidate]) -> Iterator[tuple[Scored, float]]:
    if not pool or n <= 0:
        return
    vectors = _unit(pool)
    done = [one for one in usable(labelled) if one.vector is not None and len(one.vector) == vectors.shape[1]]
    centres = _centres(vectors, min(len(pool), REGIONS * n), rng)
    region = _nearest(vectors, centres)
    sizes = np.bincount(region, minlength=len(centres))
    covered = np.bincount(_nearest(_unit(done), centres), minlength=len(centres)) if done else np.zeros(len(centres), np.int64)
    filled = np.flatnonzero(sizes)
    bare = sizes[filled] / (sizes[filled] + covered[filled])
    for place, chosen in _barest(bare, n, rng):
        members = np.flatnonzero(region == filled[place])
        yield Scored(pool[int(rng.choice(members))], float(bare[place])), chosen / len(members)


def _barest(bare: npt.NDArray[np.float64], n: int, rng: np.random.Generator) -> Iterator[tuple[int, float]]:
    """The n regions with the largest bare share, each with its chance: equal ones at the edge are drawn by lot."""
    n = min(n, len(bare))
    edge = np.sort(bare)[::-1][n - 1]
    above, level = np.flatnonzero(bare > edge), np.flatnonzero(bare == edge)
    yield from ((int(place), 1.0) for place in above)
    wanted = n - len(above)
    yield from ((int(place), wanted / len(level)) for place in rng.choice(level, wanted, replace=False))


def _centres(vectors: Floats, regions: int, rng: np.random.Generator) -> Floats:
    """Centres [regions, d], members of a sample, each likelier the further it lies from those before (k-means++, Arthur 2007).

    Left where they are: moving them to the middle of their regions would draw them to where most comments are.
    """
    sample = vectors[rng.permutation(len(vectors))[: max(_FITTED, regions)]]
    places = [0]
    apart = np.full(len(sample), np.inf)
    while len(places) < regions:
        apart = np.minimum(apart, np.maximum(0, 1 - sample @ sample[places[-1]]).astype(np.float64))
        if apart.sum() < _SAME * len(sample):
            break
        places.append(int(rng.choice(len(sample), p=apart / apart.sum())))
    return sample[places]


def _nearest(vectors: Floats, centres: Floats) -> npt.NDArray[np.int64]:
    parts = [np.argmax(vectors[start : start + _FITTED] @ centres.T, axis=1) for start in range(0, len(vectors), _FITTED)]
    return np.concatenate(parts)


def _unit(pool: Sequence[Candidate]) -> Floats:
    """Their vectors [n, d] at length 1; scaled by the largest part first, so that no square overflows."""
    vectors = np.stack([np.asarray(one.vector, np.float64) for one in pool])
    vectors /= np.abs(vectors).max(axis=1, keepdims=True)
    unit: Floats = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit
