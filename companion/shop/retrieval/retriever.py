"""Products for a text, by either leg or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from companion.shop.product import Product
from companion.shop.retrieval.blend import blend
from companion.shop.retrieval.dense import Dense, Mask, Places
from companion.shop.retrieval.encoding import TextEncoder
from companion.shop.retrieval.lexical import Lexical
from companion.shop.retrieval.names import Names
from companion.shop.retrieval.vectors import Vectors

Strategy = Literal["dense", "lexical", "hybrid"]

CANDIDATES = 200
"""From each leg, before they are blended."""
MAX_QUERY = 1_000
"""Characters that are read of a query."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A product by its place in the list that is searched. `score` orders the hits of one search and means nothing across searches."""

    place: int
    score: float


@dataclass(frozen=True)
class Candidates:
    """Products worth ranking: their places, and what each leg gives them (cosine, BM25), in no order."""

    places: Places
    dense: Vectors
    lexical: Vectors


class Retriever:
    """Searches a list of products.

    Args:
        products: in the order of both legs.
        lexical: counted over the same list.
        dense: the same list's vectors, or None while nothing is encoded: every strategy is then lexical.
        encoder: of queries.
    """

    def __init__(self, products: Sequence[Product], lexical: Lexical, dense: Dense | None, encoder: TextEncoder | None) -> None:
        self.products, self._lexical, self._dense, self._encoder = products, lexical, dense, encoder
        self._names = Names(encoder)

    def search(self, text: str, k: int, strategy: Strategy = "hybrid", allowed: Mask | None = None) -> list[Hit]:
        """Up to k hits, best first; `allowed` [n] leaves products out. A text that says nothing finds nothing."""
        if k < 1:
            return []
        found = self.candidates(text, depth=max(CANDIDATES, k), strategy=strategy, allowed=allowed)
        if strategy == "dense" and self._dense is not None:
            scores = found.dense
        else:
            scores = blend(found.dense, found.lexical) if strategy == "hybrid" and self._dense is not None else found.lexical
        order = np.argsort(-scores, kind="stable")[:k]
        return [Hit(int(place), float(score)) for place, score in zip(found.places[order], scores[order], strict=True)]

    def candidates(
        self,
        text: str,
        terms: Mapping[str, float] | None = None,
        *,
        depth: int = CANDIDATES,
        strategy: Strategy = "hybrid",
        allowed: Mask | None = None,
    ) -> Candidates:
        """The best `depth` products of each leg that the strategy uses, with the scores of both legs.

        Args:
            text: what is encoded; cut after `MAX_QUERY` characters.
            terms: words with their weights for the lexical leg, in place of the words of `text`.
            depth: of each leg.
            strategy: "dense" and "lexical" leave the other leg's scores 0.
            allowed: bool [n], leaves products out.
        """
        text = text[:MAX_QUERY].strip()
        legs = {"dense", "lexical"} if strategy == "hybrid" else {strategy}
        if self._dense is None or self._encoder is None:
            legs = {"lexical"}
        says = any(char.isalnum() for char in text)
        places: Places = np.zeros(0, np.int64)
        worded = vector = None
        if "lexical" in legs and (terms or says):
            worded = self._lexical.weighted(terms) if terms is not None else self._lexical.scores(text)
            places = _best(worded, depth, allowed)
        if "dense" in legs and says and self._dense is not None and self._encoder is not None and len(self.products):
            vector = self._encoder.encode([text])[0]
            places = np.union1d(places, self._dense.search(vector, depth, allowed)[0])
        nothing: Vectors = np.zeros(len(places), np.float32)
        dense = self._dense.cosines(vector, places) if vector is not None and self._dense is not None else nothing
        return Candidates(places, dense, worded[places] if worded is not None else nothing)

    def alike(self, name: str, others: Sequence[str]) -> list[float]:
        """Cosines between a name and others, for telling synonyms; empty while there is no encoder."""
        return self._names.alike(name, others)


def _best(scores: Vectors, k: int, allowed: Mask | None) -> Places:
    """Places of the k highest scores above 0, in order of place."""
    places = np.flatnonzero(scores > 0 if allowed is None else (scores > 0) & allowed)
    if len(places) > k:
        places = np.sort(places[np.argpartition(-scores[places], k - 1)[:k]])
    return places
