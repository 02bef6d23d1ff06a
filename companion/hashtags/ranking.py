"""Putting both layers together: strategies that rank categories for a tag, and tags for a category."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.hashtags.generic import THRESHOLD, Signs, chance_of_none
from companion.hashtags.graph import Counts, TagGraph
from companion.hashtags.propagation import Spread, standing_out
from companion.hashtags.reading import read_tag
from companion.hashtags.tag_kinds import HALF, TRUSTED, Strategy, TagKinds
from companion.hashtags.text_leg import TextLeg, trust
from companion.hashtags.vectors import Matrix

UNREAD = 0.2
"""Part of k for a tag of which neither vocabulary nor encoder can read a word."""

INTENT_PRIOR = 20.0
"""Graded comments that the usual intent rate weighs when a tag's own rate is shrunk towards it."""

INTENT_SPAN = 2.0
"""Intent may at most double or halve a score."""


@dataclass(frozen=True)
class Ranked:
    """A tag against all categories of a level: scores float32 [categories], and what they rest on.

    `graph_share` is n / (n + k); `confidence` 0 to 1.
    """

    scores: Matrix
    used: Strategy
    none: float
    videos: int
    graph_share: float
    confidence: float

    @property
    def is_none(self) -> bool:
        """Whether the tag counts as leading nowhere."""
        return self.none >= THRESHOLD


class Ranker:
    """Ranks over one level of a tree.

    Args:
        graph, spread: from the store's posts.
        leg: the text leg of the level.
        kinds: each tag's weights by kind, which no tree changes.
    """

    def __init__(self, graph: TagGraph, spread: Spread, leg: TextLeg, kinds: TagKinds) -> None:
        self.graph, self.spread, self.leg, self.kinds = graph, spread, leg, kinds
        self._videos = graph.videos_of
        order = [spread.kinds.index(kind) for kind in leg.kind_ids]
        self._of_kinds = np.zeros((len(spread.kinds), len(leg.texts.categories)), np.float32)
        self._of_kinds[order] = leg.of_kinds
        self._rates = intent_rates(graph)

    @property
    def of_kinds(self) -> Matrix:
        """Chance of each category for each kind, in the order of the spread, float32 [kinds, categories]."""
        return self._of_kinds

    def rank(self, tag: str, strategy: Strategy = "blend") -> Ranked:
        """Score every category for a cleaned tag. A tag that no video carries falls to its text, whatever was asked for."""
        at = self.graph.find(tag)
        videos = int(self._videos[at]) if at is not None else 0
        said = self.leg.read(tag)
        text, likeness = said.scores, said.likeness
        reading = read_tag(tag)
        evidence = self.spread.evidence(at, videos) if at is not None else 0.0
        none = chance_of_none(Signs(reading, evidence, self.spread.flatness(at, videos) if at is not None else 0.0, likeness, said.nowhere))
        graph = self._graph_scores(at, strategy) if at is not None else None
        known = trust(reading)
        if graph is None or not graph.any() or strategy == "text":
            return Ranked(text, "text", none, videos, 0.0, (1 - none) * max(known, likeness))
        share = 1.0 if strategy == "graph" else self._share(at, known, reading.readable) if at is not None else 0.0
        scores = ((1 - share) * text + share * graph).astype(np.float32)
        return Ranked(scores, strategy, none, videos, share, (1 - none) * max(known, likeness, evidence))

    def column(self, category: int, strategy: Strategy = "blend") -> Matrix:
        """How far each tag of the graph leads to a category, by own vocabulary and graph, float32 [tags]."""
        chance = self._of_kinds[:, category]
        return self.by_intent(self.kinds.under(strategy) @ chance, strategy)

    def by_intent(self, scores: Matrix, strategy: Strategy) -> Matrix:
        """Scores of all tags of the graph, raised or lowered by their intent rate where the strategy asks for it."""
        if strategy != "intent" or not self._rates.base:
            return scores
        factors: Matrix = np.clip(np.sqrt(self._rates.tags / self._rates.base), 1 / INTENT_SPAN, INTENT_SPAN).astype(np.float32)
        return scores * factors

    def intent_factor(self, tag: str, strategy: Strategy) -> float:
        """What `by_intent` does to one tag."""
        at = self.graph.find(tag)
        if strategy != "intent" or at is None or not self._rates.base:
            return 1.0
        return float(np.clip(np.sqrt(self._rates.tags[at] / self._rates.base), 1 / INTENT_SPAN, INTENT_SPAN))

    def _share(self, at: int, known: float, readable: float) -> float:
        n = float(self.kinds.effective[at])
        return n / (n + HALF * (max(known, UNREAD + (1 - UNREAD) * readable) + TRUSTED * known))

    def _graph_scores(self, at: int, strategy: Strategy) -> Matrix:
        subject = self.spread.subject(at)
        if strategy == "intent":
            subject = self._subject_by_intent(at, subject)
        found: Matrix = (subject @ self._of_kinds).astype(np.float32)
        return found

    def _subject_by_intent(self, at: int, plain: Matrix) -> Matrix:
        """A tag's subject with each video weighted by its intent rate."""
        if not self._rates.base:
            return plain
        column = self.graph.by_tag[:, [at]]
        rows = column.indices
        weights = (self._rates.videos[rows] / self._rates.base).astype(np.float32)
        mass = np.asarray(self.spread.videos[rows].T @ weights, np.float32)
        mass -= np.asarray(self.spread.speaking[[at]].todense(), np.float32).ravel() * mass.sum() / max(1, len(rows))
        heavier = standing_out(np.maximum(mass, 0), self.spread.usual)
        return ((plain + heavier) / 2).astype(np.float32) if heavier.any() else plain


@dataclass(frozen=True, eq=False)
class IntentRates:
    """Share of graded comments close to buying, shrunk to the usual: `tags` and `videos` float32, `base` over all comments."""

    tags: Matrix
    videos: Matrix
    base: float
    graded: Counts
    high: Counts


def intent_rates(graph: TagGraph) -> IntentRates:
    """Rates by tag and by video; 0 everywhere while nothing is graded."""
    graded = np.array([post.graded for post in graph.posts], np.float32)
    high = np.array([post.high for post in graph.posts], np.float32)
    base = float(high.sum() / graded.sum()) if graded.sum() else 0.0
    tag_graded, tag_high = (np.asarray(graph.edges.T @ column, np.float32).ravel() for column in (graded, high))

    def shrunk(hits: Matrix, of: Matrix) -> Matrix:
        rate: Matrix = ((hits + INTENT_PRIOR * base) / (of + INTENT_PRIOR)).astype(np.float32)
        return rate

    return IntentRates(shrunk(tag_high, tag_graded), shrunk(high, graded), base, tag_graded.astype(np.int64), tag_high.astype(np.int64))
