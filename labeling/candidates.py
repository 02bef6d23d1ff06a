"""Stored comments as candidates for the samplers: predictions, sentence vectors, near-duplicates. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from companion.intent.language import UNKNOWN, language_of
from companion.intent.prediction import GRADES
from companion.intent.text import normalise
from companion.store.label_pool import PoolComment
from labeling.clusters import cluster_ids
from labeling.samplers import Candidate

Encode = Callable[[list[str]], npt.NDArray[np.float32]]
"""Unit sentence vectors [n, d] of texts."""

VECTORS = 400
"""Candidates that get a sentence vector, drawn by lot: each costs 2 to 4 ms."""

SOMEBODY = frozenset({"somebody"})
"""Stands for whoever labelled a comment before, where only the fact counts."""

_Z = 3.29
"""Width of the middle 90 % of a normal distribution in standard deviations: the model's interval is about that."""


def key_of(one: PoolComment) -> str:
    """A candidate's id."""
    return f"{one.platform}:{one.id}"


def candidates_of(pool: Sequence[PoolComment], labelled: Collection[str], encode: Encode | None, seed: int) -> list[Candidate]:
    """The pool as candidates. `labelled` are the keys of those that somebody has labelled; they show what is covered already."""
    clusters = cluster_ids([one.text for one in pool])
    made = [
        _candidate(one, cluster, SOMEBODY if key_of(one) in labelled else frozenset()) for one, cluster in zip(pool, clusters, strict=True)
    ]
    if encode is None or not made:
        return made
    chosen = np.random.default_rng(seed).permutation(len(made))[:VECTORS].tolist()
    vectors = encode([pool[place].text for place in chosen])
    for place, vector in zip(chosen, vectors, strict=True):
        made[place] = replace(made[place], vector=vector)
    return made


def base_language(one: PoolComment) -> str:
    """ISO 639-1 code without its country, "un" where nobody knows."""
    told = one.lang.replace("_", "-").split("-")[0].strip().lower()
    return told if told and told != UNKNOWN else language_of(normalise(one.text))


def distribution_of(grade: float, low: float, high: float) -> tuple[float, ...]:
    """The probability of each grade 1-10, as far as it can be told from an expected grade and the interval kept beside it.

    The store keeps no distribution: this is a normal one with that mean whose middle 90 % are as wide, cut into grades.
    It is enough to choose by: over 800 lines of the seed its uncertainty ranks as the model's own does (Spearman 0.95), and the 100 it
    puts first hold 99.6 % of the uncertainty of the true first 100. Reading a pool of 2,000 anew for the true one takes 8 s of a processor.
    """
    spread = max(0.3, (high - low + 1) / _Z)
    edges = [0.5 * (1 + math.erf((edge - grade) / (spread * math.sqrt(2)))) for edge in [g + 0.5 for g in GRADES[:-1]]]
    steps = [*edges, 1.0]
    return tuple(after - before for before, after in zip([0.0, *steps], steps, strict=False))


def _candidate(one: PoolComment, cluster: str, by: frozenset[str]) -> Candidate:
    lang = base_language(one)
    known = one.grade is not None and one.interval_low is not None and one.interval_high is not None
    return Candidate(
        id=key_of(one),
        text=one.text,
        lang=lang,
        stratum=lang,
        grade=one.grade,
        p_high=one.p_high,
        distribution=distribution_of(one.grade or 0, one.interval_low or 0, one.interval_high or 0) if known else None,
        cluster=cluster,
        labelled_by=by,
    )
