"""Splits by author-group and product, never by row: rows of one thread know each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from companion.training.examples import Example


def fold_of(examples: Sequence[Example], folds: int, seed: int = 0) -> npt.NDArray[np.int64]:
    """Fold number [n] in 0..folds-1. Groups that share a product stay together; folds are about equally large."""
    cluster = _clusters(examples)
    names = sorted(set(cluster))
    sizes = {name: cluster.count(name) for name in names}
    order = list(np.random.default_rng(seed).permutation(names))
    order.sort(key=lambda name: -sizes[name])
    load = [0] * folds
    place: dict[str, int] = {}
    for name in order:
        place[name] = int(np.argmin(load))
        load[place[name]] += sizes[name]
    return np.array([place[name] for name in cluster])


def _clusters(examples: Sequence[Example]) -> list[str]:
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for example in examples:
        if example.product not in ("", "none"):
            parent[root(f"group {example.group}")] = root(f"product {example.product}")
    return [root(f"group {example.group}") for example in examples]
