"""Which kinds of products each tag of the store speaks of, under each strategy. It knows no tree of categories."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from companion.hashtags.graph import TagGraph
from companion.hashtags.propagation import Spread, standing_out
from companion.hashtags.reading import read_tag
from companion.hashtags.text_leg import trust
from companion.hashtags.vectors import Matrix

Strategy = Literal["blend", "graph", "text", "intent"]
STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)

HALF = 5.0
"""k of the blend n / (n + k): effective videos at which graph and text weigh alike, for a tag whose words say nothing."""

TRUSTED = 5.0
"""How much larger k is for a tag whose words are known for certain."""


class TagKinds:
    """Weights of all tags by kind, made once a strategy and shared by the rankers of all trees.

    Args:
        graph, spread: from the store's posts.
    """

    def __init__(self, graph: TagGraph, spread: Spread) -> None:
        self._graph, self._spread = graph, spread
        self.effective: Matrix = np.sqrt(graph.videos_of * np.maximum(1, graph.creators_of())).astype(np.float32)
        self._made: dict[str, Matrix] = {}

    def under(self, strategy: Strategy) -> Matrix:
        """Weights under a strategy, float32 [tags, kinds]. Buyers first weighs as the blend does."""
        name = "blend" if strategy == "intent" else strategy
        if name not in self._made:
            self._made[name] = self._weighed(name)
        return self._made[name]

    def _weighed(self, name: str) -> Matrix:
        tags, kinds = self._graph.tags, self._spread.kinds
        own = np.zeros((len(tags), len(kinds)), np.float32)
        known, keep = np.zeros(len(tags), np.float32), np.zeros(len(tags), np.float32)
        number = {kind: at for at, kind in enumerate(kinds)}
        for row, tag in enumerate(tags):
            reading = read_tag(tag)
            known[row] = trust(reading)
            for kind, weight in reading.kinds.items():
                own[row, number[kind]] = weight * known[row]
            keep[row] = 1 - reading.generic_share * (1 - known[row])
        if name == "text":
            return own
        graph = standing_out(self._spread.mass, self._spread.usual) * self._spread.share[:, None] * keep[:, None]
        if name == "graph":
            return np.asarray(graph, np.float32)
        share = (self.effective / (self.effective + HALF * (1 + TRUSTED * known)))[:, None]
        return np.asarray((1 - share) * own + share * graph, np.float32)
