"""The atlas: one object that pages, commands and feeds ask about tags and categories. It is built from posts and never changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from companion.hashtags.answers import CategoryMatch, Hit, Neighbourhood, RelatedTag, TagAnswer, TagMatch
from companion.hashtags.embedding import Embedding, embed
from companion.hashtags.evidence import evidence
from companion.hashtags.graph import TagGraph, build_graph
from companion.hashtags.posts import Post
from companion.hashtags.propagation import Spread, spread
from companion.hashtags.ranking import IntentRates, Ranked, Ranker, intent_rates
from companion.hashtags.reading import read_tag
from companion.hashtags.segmentation import words
from companion.hashtags.statistics import TagStatistics, statistics_of
from companion.hashtags.tag_kinds import Strategy, TagKinds
from companion.hashtags.tags import clean_tag, clean_tags, fold
from companion.hashtags.taxonomy import Taxonomy, TaxonomyError
from companion.hashtags.text_leg import TextLeg
from companion.hashtags.vectors import Seen, Vectors

EXPLAINED = 3
"""Matches of a tag whose witnesses are looked up."""

LEAST_SCORE = 0.02
"""Below it a tag is not offered for a category."""

SEEN_OFTEN = 2.0
"""Videos at which a tag of the store counts half for a category: a tag seen once reaches nobody."""

KNOWN, LOOKED_AT = 3, 10
"""A related tag should be on three videos at least; ten times as many tags are looked at to find such."""

PICTURED = 24
"""Tags of a neighbourhood's picture."""

GRAPH_FOUND = 0.35
"""Least likeness of a search hit."""

SAME_KIND = 0.8
"""Most that the same kind of product counts in a search; only the same spelling counts more."""


class Atlas:
    """Tags and categories of one store.

    Args:
        posts: the store's posts; none is fine, tags are then read by their words alone.
        vectors: sentence vectors, shared between levels.
        seen: told (done, of how many) posts while captions are read.
    """

    def __init__(self, posts: Iterable[Post], vectors: Vectors, seen: Seen | None = None) -> None:
        self.vectors = vectors
        self.graph: TagGraph = build_graph(posts)
        self.spread: Spread = spread(self.graph, seen=seen)
        self.rates: IntentRates = intent_rates(self.graph)
        self.kinds = TagKinds(self.graph, self.spread)
        self._videos = self.graph.videos_of
        self._creators = self.graph.creators_of()
        self._rankers: dict[tuple[str, int, int], Ranker] = {}

    @cached_property
    def embedding(self) -> Embedding:
        """Vectors for related tags, made on first use (seconds on 100,000 videos)."""
        return embed(self.graph)

    def ranker(self, taxonomy: Taxonomy, level: int) -> Ranker:
        """The ranker of one level, made once (its names are encoded then).

        Raises:
            TaxonomyError: the tree has no such level.
        """
        if not 1 <= level <= taxonomy.depth:
            raise TaxonomyError(f'level {level} is not in the tree "{taxonomy.name}"; it has the levels 1 to {taxonomy.depth}')
        key = (taxonomy.name, id(taxonomy), level)
        if key not in self._rankers:
            self._rankers[key] = Ranker(self.graph, self.spread, self._leg(taxonomy, level), self.kinds)
        return self._rankers[key]

    def _leg(self, taxonomy: Taxonomy, level: int) -> TextLeg:
        chosen = taxonomy.at_level(level)
        if level > 1 or taxonomy.depth == 1:
            return TextLeg(chosen, self.vectors)
        finer = self.ranker(taxonomy, 2).leg
        place = {category.id: at for at, category in enumerate(chosen)}
        owners = [next(place[ident] for ident in taxonomy.above(category.id) if ident in place) for category in finer.texts.categories]
        return TextLeg(chosen, self.vectors, (finer, owners))

    def map_tag(  # noqa: PLR0913 (a facade: each is a choice of the page)
        self, tag: str, taxonomy: Taxonomy, level: int = 2, top: int = 10, strategy: Strategy = "blend", *, explain: bool = False
    ) -> TagAnswer:
        """A tag's categories, best first; `explain` adds the videos and tags that speak for the first three.

        A text without letters or digits is answered as "none" without matches.
        """
        cleaned = clean_tag(tag)
        if not cleaned:
            return TagAnswer(tag, "", none=True, none_chance=1.0, confidence=0.0, videos=0, matches=())
        ranker = self.ranker(taxonomy, level)
        ranked = ranker.rank(cleaned, strategy)
        best = np.argsort(-ranked.scores, kind="stable")[:top]
        matches = tuple(
            self._match(cleaned, ranker, ranked, int(at), explain=explain and place < EXPLAINED) for place, at in enumerate(best)
        )
        return TagAnswer(
            cleaned, words(cleaned), ranked.is_none, round(ranked.none, 4), round(min(1.0, ranked.confidence), 4), ranked.videos, matches
        )

    def map_category(  # noqa: PLR0913 (a facade: each is a choice of the page)
        self,
        category_id: str,
        taxonomy: Taxonomy,
        level: int = 2,
        top: int = 10,
        strategy: Strategy = "blend",
        *,
        least_videos: int = 1,
        tags: Sequence[str] | None = None,
    ) -> list[TagMatch]:
        """Tags that reach a category's buyers, best first: of all tags of the store, or of `tags` where given (unknown ones by text).

        Without `tags`, a score is taken times n / (n + 2) over the tag's videos.
        A department of a deeper level is answered by all its shelves together.

        Raises:
            TaxonomyError: no such category.
        """
        ranker = self.ranker(taxonomy, level)
        columns = self._columns(category_id, taxonomy, ranker)
        if tags is not None:
            return self.share_out(tags, [category_id], taxonomy, level, top, strategy)[category_id]
        scores = np.sum([ranker.column(column, strategy) for column in columns], axis=0)
        scores = np.where(self._videos >= least_videos, scores * self._videos / (self._videos + SEEN_OFTEN), 0)
        order = np.lexsort((-self._videos, -scores))
        return [self._tag_match(self.graph.tags[at], float(scores[at]), strategy) for at in order[:top] if scores[at] >= LEAST_SCORE]

    def share_out(  # noqa: PLR0913, PLR0917 (a facade: each is a choice of the page)
        self,
        tags: Sequence[str],
        category_ids: Sequence[str],
        taxonomy: Taxonomy,
        level: int = 2,
        top: int = 10,
        strategy: Strategy = "blend",
    ) -> dict[str, list[TagMatch]]:
        """The best of these tags for each category; every tag is ranked once. Tags without letters or digits are left out.

        Raises:
            TaxonomyError: no such category.
        """
        ranker = self.ranker(taxonomy, level)
        columns = {ident: self._columns(ident, taxonomy, ranker) for ident in category_ids}
        ranked = {tag: ranker.rank(tag, strategy) for tag in clean_tags(tags)}
        weight = {tag: (1 - one.none) * ranker.intent_factor(tag, strategy) for tag, one in ranked.items()}
        found: dict[str, list[TagMatch]] = {}
        for ident, places in columns.items():
            scores = {tag: float(one.scores[places].sum()) * weight[tag] for tag, one in ranked.items()}
            best = sorted(scores, key=lambda tag: (-scores[tag], -ranked[tag].videos, tag))[:top]
            found[ident] = [self._tag_match(tag, scores[tag], ranked[tag].used) for tag in best]
        return found

    def related(self, tag: str, top: int = 12) -> list[RelatedTag]:
        """Tags near a tag in the graph; [] for a tag that no video carries."""
        at = self.graph.find(clean_tag(tag))
        if at is None:
            return []
        near = self.embedding.nearest(at, top * LOOKED_AT)
        found = sorted(near, key=lambda one: self._videos[one[0]] < KNOWN)[:top]  # stable: the nearest of each kind first
        shared = self._shared(at)
        return [RelatedTag(self.graph.tags[other], round(cosine, 4), int(shared[other])) for other, cosine in found]

    def statistics(self, tag: str) -> TagStatistics:
        """A tag's numbers; zeros where no video carries it."""
        return statistics_of(self.graph, self.rates, clean_tag(tag))

    def compare(self, tags: Sequence[str]) -> list[TagStatistics]:
        """Numbers of several tags, in order, each once."""
        return [self.statistics(tag) for tag in clean_tags(tags)]

    def search(self, query: str, taxonomy: Taxonomy, top: int = 20, strategy: Strategy = "blend") -> list[Hit]:
        """Tags and categories like a text, by meaning, by kind of product and by spelling; best first. [] for a text without letters."""
        cleaned = clean_tag(query.replace(" ", ""))
        if not cleaned:
            return []
        level = min(2, taxonomy.depth)
        ranker = self.ranker(taxonomy, level)
        ranked = ranker.rank(cleaned, strategy)
        hits = [
            Hit("category", category.id, " > ".join(category.path), round(min(1.0, float(score)), 4))
            for category, score in zip(ranker.leg.texts.categories, ranked.scores, strict=True)
            if score >= GRAPH_FOUND
        ]
        hits += self._tags_like(cleaned, ranker, strategy)
        return sorted(hits, key=lambda hit: (-hit.similarity, -hit.videos, hit.id))[:top]

    def neighbourhood(self, tag: str, taxonomy: Taxonomy, tags: int = PICTURED) -> Neighbourhood:
        """The tags that share most videos with a tag, and the edges between all of them."""
        at = self.graph.find(clean_tag(tag))
        if at is None:
            return Neighbourhood((), ())
        shared = self._shared(at)
        near = [int(other) for other in np.argsort(-shared, kind="stable")[:tags] if shared[other] > 0]
        chosen = [at, *near]
        part = self.graph.by_tag[:, chosen]
        together = np.asarray((part.T @ part).todense())
        edges = [
            (self.graph.tags[chosen[i]], self.graph.tags[chosen[j]], int(together[i, j]))
            for i in range(len(chosen))
            for j in range(i + 1, len(chosen))
            if together[i, j] > 0
        ]
        return Neighbourhood(
            tuple((self.graph.tags[one], int(self._videos[one]), self._department(one, taxonomy)) for one in chosen), tuple(edges)
        )

    def _match(self, tag: str, ranker: Ranker, ranked: Ranked, at: int, *, explain: bool) -> CategoryMatch:
        category = ranker.leg.texts.categories[at]
        row = self.graph.find(tag)
        told = evidence(self.graph, self.spread, row, ranker.of_kinds[:, at]) if explain and row is not None else None
        score = round(min(1.0, float(ranked.scores[at])), 4)
        support = ranked.videos if ranked.graph_share else 0
        base = CategoryMatch(category.id, category.path, score, support, ranked.used)
        return CategoryMatch(category.id, category.path, score, support, ranked.used, told) if told else base

    def _columns(self, category_id: str, taxonomy: Taxonomy, ranker: Ranker) -> list[int]:
        if taxonomy.get(category_id) is None:
            raise TaxonomyError(
                f'"{category_id}" is no category of the tree "{taxonomy.name}"; `hashtags taxonomy show {taxonomy.name}` lists them'
            )
        found = [column for column, one in enumerate(ranker.leg.texts.categories) if category_id in taxonomy.above(one.id)]
        if not found:
            raise TaxonomyError(f'"{category_id}" lies below the level that was asked for; ask for its own level')
        return found

    def _tag_match(self, tag: str, score: float, strategy: Strategy) -> TagMatch:
        at = self.graph.find(tag)
        rounded = round(min(1.0, score), 4)
        if at is None:
            return TagMatch(tag, rounded, 0, 0, None, None, strategy)
        graded = int(self.rates.graded[at])
        rate = float(self.rates.tags[at]) if graded else None
        return TagMatch(tag, rounded, int(self._videos[at]), int(self._creators[at]), rate, self.statistics(tag).growth, strategy)

    def _shared(self, at: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        """Videos that each tag shares with a tag, 0 for itself."""
        found = np.asarray((self.graph.edges.T @ self.graph.by_tag[:, [at]]).todense(), np.float32).ravel()
        found[at] = 0
        return found

    def _department(self, at: int, taxonomy: Taxonomy) -> str:
        ranker = self.ranker(taxonomy, 1)
        ranked = ranker.rank(self.graph.tags[at])
        return "" if ranked.is_none else ranker.leg.texts.categories[int(ranked.scores.argmax())].name

    def _tags_like(self, cleaned: str, ranker: Ranker, strategy: Strategy) -> list[Hit]:
        """Tags spelled like the query, and tags of the same kinds."""
        part = fold(cleaned)
        scores = np.zeros(len(self.graph.tags), np.float32)
        reading = read_tag(cleaned)
        if reading.kinds:
            order = {kind: at for at, kind in enumerate(self.spread.kinds)}
            wanted = np.zeros(len(self.spread.kinds), np.float32)
            for kind, weight in reading.kinds.items():
                wanted[order[kind]] = weight
            scores = np.minimum(1, SAME_KIND * ranker.by_intent(self.kinds.under(strategy) @ wanted, strategy))
        for at, tag in enumerate(self.graph.tags):
            if part in tag:
                scores[at] = max(scores[at], 0.5 + 0.5 * len(part) / len(tag))
        best = np.lexsort((-self._videos, -scores))[:50]
        return [
            Hit("tag", self.graph.tags[at], f"#{self.graph.tags[at]}", round(float(scores[at]), 4), int(self._videos[at]))
            for at in best
            if scores[at] >= GRAPH_FOUND
        ]
