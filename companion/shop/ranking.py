"""Query -> ranked products: candidates from the retriever and by kind, hard conditions, one score, and whether anything fits at all."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from companion.shop.currencies import Rates
from companion.shop.matching.answering import Answering
from companion.shop.matching.called import called
from companion.shop.matching.compounds import Compounds
from companion.shop.matching.facts import Facts, facts_of
from companion.shop.matching.fitting import Fitting
from companion.shop.matching.not_sold import SOMETIMES_SOLD, not_sold
from companion.shop.matching.price_floor import LOOKED_AT, may_be_out_of_reach, usual_floor
from companion.shop.matching.scoring import Scored, Scorer
from companion.shop.product import Product
from companion.shop.retrieval import Hit, Retriever, Strategy
from companion.shop.understanding import Budget, Phrases, Wish, explained, understand
from companion.shop.understanding.described import described
from companion.shop.understanding.kinds import lexicon
from companion.shop.understanding.spelling import Corrected, Speller
from companion.shop.understanding.tagger import shipped

DEPTH = 300
"""Candidates from each leg."""
BY_KIND = 0.5
"""How sure a product's kind must be for it to be a candidate by its kind alone."""
MOST_BY_KIND = 400
DESCRIBED = 40
"""Products nearest to the name of what was told of, whose titles are read for it."""
STRETCH = 1.25
"""Where nothing fits the budget, products up to this many times over it are shown as near misses."""
TAIL = 0.5
"""Candidates scored below this share of the best one are left out."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What `Ranker.rank` found.

    Attributes:
        hits: best first; each keeps every hard condition.
        wish: what was understood.
        answerable: False where nothing in the catalogue is what was asked for; `hits` are then the nearest.
        relaxed: the conditions that were given up, in that order, to find `beyond`.
        beyond: what would be the thing if not for `relaxed`; only where nothing else fits.
        changed: words as typed, each with the one that was searched for in its place.
        floor: what three of four such products cost at least, in the catalogue's currency, where the budget is far below.
        unsold: what is asked for in place of a product ("a service"), where no shop sells it.
        unsaid: looks asked for that none of `hits` is said to have, such as "red" and "of wool".
    """

    hits: tuple[Hit, ...]
    wish: Wish
    answerable: bool = True
    relaxed: tuple[str, ...] = ()
    beyond: tuple[Hit, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    floor: float | None = None
    unsold: str = ""
    unsaid: tuple[str, ...] = ()

    @property
    def shortfall(self) -> str:
        """What the products found leave open though it was asked for, as a sentence; "" where there is nothing of the kind."""
        return f"None of these is said to be {' or '.join(self.unsaid)}." if self.answerable and self.hits and self.unsaid else ""

    @property
    def reason(self) -> str:
        """Why nothing fits, as a sentence, where more is known than that nothing does."""
        if self.unsold:
            return f"{self.unsold[0].upper()}{self.unsold[1:]} is asked for, which is no product here."
        return "" if self.floor is None else f"Most such products cost {self.floor:,.0f} or more."

    def explained(self) -> dict[str, str]:
        """Heading -> plain words: what was understood, and where nothing fits, what is shown in its place."""
        told = explained(self.wish)
        if not self.hits and self.wish.says_nothing:
            told["Result"] = "The text names no product and tells of no need."
        elif not self.answerable:
            told["Result"] = "Nothing in the catalogue fits." + (" These are the nearest." if self.hits else "")
            if self.reason:
                told["Why"] = self.reason
            if self.beyond:
                told["Over the budget"] = f"{len(self.beyond)} that would fit otherwise."
        return told


class Ranker:
    """Ranks one catalogue.

    Args:
        products: as the retriever has them.
        retriever: over the same list.
        currency: the catalogue's main one: that of a bare amount in a query.
        rates: for prices in other currencies.
        facts: of each product, where they are at hand; read from the products otherwise (about 0.2 ms each).
    """

    def __init__(
        self,
        products: Sequence[Product],
        retriever: Retriever,
        currency: str = "USD",
        rates: Rates | None = None,
        facts: Sequence[Facts] | None = None,
    ) -> None:
        self.products, self.currency, self.rates = products, currency, rates or Rates()
        self._retriever = retriever
        self.facts: Sequence[Facts] = facts if facts is not None else [facts_of(product) for product in products]
        self._prices = np.array([self._price(product) for product in products], np.float64)
        self._brands = Phrases([(name,) for name in sorted({product.brand for product in products if len(product.brand) > 2})], None)
        self._by_kind: dict[str, list[int]] = {}
        counts: Counter[str] = Counter()
        for place, one in enumerate(self.facts):
            counts.update(set(one.joined.split()))
            for kind, sure in one.kinds.items():
                if sure >= BY_KIND:
                    self._by_kind.setdefault(kind, []).append(place)
        self._rarity = {stem: math.log1p(len(products) / count) for stem, count in counts.items()}
        self._unseen = math.log1p(len(products) + 1)
        self._speller, self._compounds = Speller(counts), Compounds(counts, self.facts)
        lexicon()
        shipped()

    def rank(self, query: str, k: int = 10, strategy: Strategy = "hybrid", *, as_typed: bool = False) -> Ranked:
        """The k best products; words that nothing knows are read as the known ones that they are a slip away from, unless `as_typed`.

        Hard conditions are the budget, what is not wanted and the audience. Colour, material, size, brand and franchise order the
        rest. Where nothing fits, only the budget is given up, and only a little; what is not wanted and the audience never are.
        """
        spelt = Corrected(query) if as_typed else self._speller.correct(query)
        wish = understand(self._compounds.rewritten(spelt.text), self.currency, self._brands)
        if wish.says_nothing:
            return Ranked((), wish, answerable=False, changed=spelt.changed)
        fitting = Fitting(wish)
        scored = self._scored(fitting, strategy, self._allowed(wish.budget))
        answering = Answering(fitting, self.products, self.facts, self._retriever.alike)
        fits = answering.any_of(scored)
        names = described(query)
        if names:
            told = self._told(names, fitting, scored, strategy)
            scored, fits = [*told, *(one for one in scored if one not in told)], bool(told) or (fits and answering.is_surely_there(scored))
        unsold = not_sold(query)
        if unsold in SOMETIMES_SOLD and answering.is_surely_there(scored):
            unsold = ""
        floor = self._floor(fitting, answering) if fits and not unsold else None
        fits = fits and not unsold and floor is None
        beyond: tuple[Hit, ...] = ()
        if not fits and not unsold and floor is None and wish.budget is not None:
            wider = self._scored(fitting, strategy, self._allowed(wish.budget, STRETCH))
            beyond = _hits([one for one in wider if answering.is_it(one)], k)
        hits = _hits(scored, k)
        unsaid = fitting.said_by_none([self.facts[hit.place] for hit in hits])
        return Ranked(hits, wish, fits, ("budget",) if beyond else (), beyond, spelt.changed, floor, unsold, unsaid)

    def _told(self, names: Sequence[str], fitting: Fitting, scored: Sequence[Scored], strategy: Strategy) -> list[Scored]:
        """Products that are what was told of in place of a name, ahead of what else was found."""
        allowed = self._allowed(fitting.wish.budget)
        nearest = self._retriever.search(names[0], DESCRIBED, "lexical" if strategy == "lexical" else "dense", allowed)
        best = max((one.total for one in scored), default=0.0)
        places = [place for place in called(names, nearest, self.products, self.facts) if not fitting.broken(self.facts[place])]
        return [Scored(place, best + 1.0 / (1 + rank), 1.0, 0.0, 1.0, 1.0) for rank, place in enumerate(places)]

    def _floor(self, fitting: Fitting, answering: Answering) -> float | None:
        """What most products of the asked kind cost at least, where the limit lies so far below that only parts and the like are within."""
        limit = self._limit(fitting.wish.budget)
        if limit is None or not fitting.wish.kinds:
            return None
        places = list(self._of_kind(fitting, None))
        if not may_be_out_of_reach(self._prices[places].tolist(), limit):
            return None
        scorer = Scorer(fitting, self._terms(fitting.wish))
        scored = [scorer.score(place, self.facts[place], 0.0, 0.0) for place in places if not fitting.broken(self.facts[place])]
        nearest = sorted(scored, key=lambda one: (-one.kind, one.place))[:LOOKED_AT]
        return usual_floor([float(self._prices[one.place]) for one in answering.named_so(nearest)], limit)

    def _limit(self, budget: Budget | None) -> float | None:
        """The highest price wanted, in the catalogue's currency."""
        return self.rates.convert(budget.high, budget.currency, self.currency) if budget is not None and budget.high is not None else None

    def _scored(self, fitting: Fitting, strategy: Strategy, allowed: npt.NDArray[np.bool_] | None) -> list[Scored]:
        wish = fitting.wish
        text = _sentence(wish)
        dense = {hit.place: hit.score for hit in self._retriever.search(text, DEPTH, "dense", allowed)} if strategy != "lexical" else {}
        worded = {hit.place: hit.score for hit in self._retriever.search(text, DEPTH, "lexical", allowed)} if strategy != "dense" else {}
        best = max(worded.values(), default=1.0) or 1.0
        floor = min(dense.values(), default=0.0)
        scorer = Scorer(fitting, self._terms(wish))
        places = dict.fromkeys((*dense, *worded, *self._of_kind(fitting, allowed)))
        found = [
            scorer.score(place, self.facts[place], dense.get(place, floor), worded.get(place, 0.0) / best)
            for place in places
            if not fitting.broken(self.facts[place])
        ]
        return sorted(found, key=lambda one: (-one.total, one.place))

    def _of_kind(self, fitting: Fitting, allowed: npt.NDArray[np.bool_] | None) -> Iterable[int]:
        """Products of the wished kinds, those of the surest kind first."""
        kinds = sorted((kind for kind, worth in fitting.kinds.items() if worth > 0.6), key=lambda kind: -fitting.kinds[kind])
        places = (place for kind in kinds for place in self._by_kind.get(kind, ()) if allowed is None or allowed[place])
        return [place for place, _ in zip(places, range(MOST_BY_KIND), strict=False)]

    def _terms(self, wish: Wish) -> dict[str, float]:
        return {stem: weight * self._rarity.get(stem, self._unseen) for stem, weight in wish.terms.items()}

    def _allowed(self, budget: Budget | None, stretch: float = 1.0) -> npt.NDArray[np.bool_] | None:
        """Products whose price is within the budget; None for all. A product without a price fits no budget."""
        if budget is None:
            return None
        low = self.rates.convert(budget.low or 0.0, budget.currency, self.currency)
        high = self.rates.convert(budget.high, budget.currency, self.currency) if budget.high is not None else math.inf
        if low is None or high is None:
            return None
        with np.errstate(invalid="ignore"):
            return (self._prices >= low / stretch) & (self._prices <= high * stretch)

    def _price(self, product: Product) -> float:
        if product.price is None:
            return math.nan
        price = self.rates.convert(product.price, product.currency or self.currency, self.currency)
        return math.nan if price is None else price


def _sentence(wish: Wish) -> str:
    """What the retriever is asked: the cleaned query, led by the first kind that helps where only a circumstance was told."""
    named = wish.needs[0] if wish.needs and not wish.kinds else ""
    return f"{named} {wish.rest}".strip() or " ".join((*wish.kinds[:1], *wish.needs[:1])) or wish.text


def _hits(scored: Sequence[Scored], k: int) -> tuple[Hit, ...]:
    """The first k without those far behind the best."""
    return tuple(Hit(one.place, one.total) for one in scored[:k] if one.total >= TAIL * scored[0].total)
