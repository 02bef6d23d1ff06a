"""How well simulated shoppers are known within 20 interactions, against the most popular and the last click's like; a new seed each run.

python -m bench shop_shoppers
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.table import Row
from companion.shop.product import Product
from companion.shop.profile import Event, Recommender, Scenario, Traits, traits_of
from companion.shop.profile.traits import Floats
from companion.shop.retrieval.lexical import Lexical
from companion.shop.retrieval.texts import fields
from companion.shop.retrieval.words import words
from companion.shop.shoppers import Reaction, Shopper, World, draw_world
from companion.shop.shoppers.baselines import LastClickSimilar, LastWish, MostPopular
from companion.shop.shoppers.world import Recommender as Tested
from companion.shop.shoppers.world import serve

SHOPPERS, INTERACTIONS, RESAMPLES = 120, 20, 2_000


class Ours:
    """The personal recommender as the simulator meets it."""

    def __init__(self, traits: Traits, vectors: Floats, lexical: Lexical, seed: Sequence[int]) -> None:
        self._recommender, self._lexical = Recommender(traits, vectors), lexical
        self._ids, self._rng = [product.id for product in traits.products], np.random.default_rng(seed)
        self._propensities: list[float] = []

    def searched(self, words: str, at: int) -> None:
        """A search finds products by their words."""
        scores = self._lexical.scores(words).astype(np.float64)
        self._recommender.learn(Event(at, "search", words=words), scores / max(scores.max(), 1e-9))

    def card(self, size: int, at: int, page: str) -> list[int]:
        """The next card."""
        shown = self._recommender.card(size, _scenario(at, page), self._rng)
        self._propensities = [one.propensity for one in shown]
        return [one.number for one in shown]

    def saw(self, shown: Sequence[int], reactions: Sequence[Reaction], at: int, page: str) -> None:
        """Impressions, then what was done."""
        where = _scenario(at, page).page
        for place, (number, chance) in enumerate(zip(shown, self._propensities, strict=True), 1):
            self._recommender.learn(Event(at, "impression", self._ids[number], page=where, place=place, propensity=chance))
        for one in reactions:
            self._recommender.learn(Event(at + 1, one.action, self._ids[one.product], page=where, place=one.place))

    def best(self, size: int, at: int, page: str) -> list[int]:
        """What it believes in."""
        return self._recommender.best(size, _scenario(at, page))


@dataclass(frozen=True)
class Measured:
    """hit@10 of each shopper [shoppers]: the mean over all cards until the interactions were made."""

    ours: Floats
    popular: Floats
    last_click: Floats
    last_wish: Floats


def measure(seed: int, shoppers: int = SHOPPERS, interactions: int = INTERACTIONS) -> Measured:
    """The same shoppers served by each."""
    world = draw_world(seed, shoppers)
    products = world.stock.products
    traits, vectors, lexical = traits_of(products), text_vectors(products), Lexical.build(products)
    popular = world.popularity()
    makers: tuple[Callable[[Shopper], Tested], ...] = (
        lambda shopper: Ours(traits, vectors, lexical, [seed, shopper.number]),
        lambda _: MostPopular(popular),
        lambda _: LastClickSimilar(popular, vectors),
        lambda _: LastWish(popular, vectors, lambda words: lexical.scores(words).astype(np.float64)),
    )
    return Measured(*(np.array([_hits(world, one, make(one), interactions) for one in world.shoppers]) for make in makers))


def interval(values: Floats, rng: np.random.Generator) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean over shoppers."""
    means = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def text_vectors(products: Sequence[Product]) -> Floats:
    """(products, d) unit vectors of TF-IDF weights: the stock's texts are too plain for a sentence encoder to matter."""
    matrix = TfidfVectorizer(analyzer=lambda product: words(" ".join(fields(product)))).fit_transform(products)
    return np.asarray(matrix.toarray(), np.float64)


def rows() -> Iterator[Row]:
    """One line for each that is to be beaten."""
    seed = secrets.randbelow(1_000_000)
    measured, rng = measure(seed), np.random.default_rng(seed)
    low, high = interval(measured.ours, rng)
    others = {
        "the most popular": measured.popular,
        "more of the last click": measured.last_click,
        "more of the last click or search": measured.last_wish,
    }
    for name, other in others.items():
        least, most = interval(measured.ours - other, rng)
        ours = f"{measured.ours.mean():.3f} ({low:.3f} to {high:.3f})"
        figure = f"{ours} against {other.mean():.3f}, {least:+.3f} to {most:+.3f} better; seed {seed}"
        yield Row(f"hit@10 within {INTERACTIONS} interactions against {name}", figure, "better, interval above 0", least > 0)


def _hits(world: World, shopper: Shopper, tested: Tested, interactions: int) -> float:
    moments = [one for one in serve(world, shopper, tested, interactions=interactions) if one.interactions]
    return float(np.mean([one.hits / one.picks for one in moments]))


def _scenario(at: int, page: str) -> Scenario:
    return Scenario(at, "video" if page == "video" else "search" if page == "search" else "feed")
