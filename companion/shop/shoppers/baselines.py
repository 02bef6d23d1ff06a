"""Recommenders to beat: what everybody likes, more of the last click, and more of the last click or search."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from companion.shop.shoppers.reactions import Reaction
from companion.shop.shoppers.stock import Floats


class MostPopular:
    """The same order for everybody.

    Args:
        order: products, the most popular first.
    """

    def __init__(self, order: Sequence[int]) -> None:
        self.order = list(order)

    def searched(self, words: str, at: int) -> None:
        """Searches change nothing."""

    def card(self, size: int, at: int, page: str) -> Sequence[int]:
        """The first of the order."""
        return self.best(size, at, page)

    def saw(self, shown: Sequence[int], reactions: Sequence[Reaction], at: int, page: str) -> None:
        """Reactions change nothing."""

    def best(self, size: int, at: int, page: str) -> Sequence[int]:  # noqa: ARG002 (moments and pages do not matter here)
        """The first of the order."""
        return self.order[:size]


class LastClickSimilar(MostPopular):
    """What is nearest to the product clicked last; the most popular until there is a click.

    Args:
        order: products, the most popular first.
        vectors: (products, d) unit vectors of their texts.
    """

    def __init__(self, order: Sequence[int], vectors: Floats) -> None:
        super().__init__(order)
        self._vectors = vectors

    def saw(self, shown: Sequence[int], reactions: Sequence[Reaction], at: int, page: str) -> None:  # noqa: ARG002
        """The last click orders everything anew."""
        for one in reactions:
            if one.action == "click":
                nearness = self._vectors @ self._vectors[one.product]
                self.order = [int(place) for place in np.argsort(-nearness, kind="stable")]


class LastWish(LastClickSimilar):
    """As `LastClickSimilar`, and a search orders everything anew too.

    Args:
        find: words -> (products,) how well each answers them.
    """

    def __init__(self, order: Sequence[int], vectors: Floats, find: Callable[[str], Floats]) -> None:
        super().__init__(order, vectors)
        self._find = find

    def searched(self, words: str, at: int) -> None:  # noqa: ARG002
        """What is found comes first."""
        self.order = [int(place) for place in np.argsort(-self._find(words), kind="stable")]
