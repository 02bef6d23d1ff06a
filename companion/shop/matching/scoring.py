"""One score for each candidate out of how near it is in meaning and words and how well it answers the wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from companion.shop.matching.facts import Facts
from companion.shop.matching.fitting import Fitting
from companion.shop.matching.spellings import spelt_otherwise

DENSE, LEXICAL, WORDS, KIND = 0.30, 0.15, 0.30, 0.35
"""Shares of nearness in meaning, BM25, weighted words of the wish, and kind of product."""
AUDIENCE, NAMED, COLOUR, MATERIAL, SIZE, RISK = 0.10, 0.20, 0.12, 0.06, 0.08, 0.25
AROUND = 0.5
"""What a word counts that only the category has."""
BY_NEED = 0.4
"""Share of the word score where only a circumstance was told: its words are seldom those of the product."""
COSINE_LOW, COSINE_HIGH = 0.1, 0.75
"""Cosines of the sentence encoder between texts with nothing in common and ones about the same thing."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate's parts, each from 0 to 1 unless said otherwise, and the total."""

    place: int
    total: float
    kind: float
    words: float
    dense: float
    head: float
    """Weighted share of the words of the bare name of the thing asked for."""


class Scorer:
    """Scores the candidates of one wish.

    Args:
        fitting: the wish's checks.
        terms: stem -> weight in the wish times rarity in the catalogue.
    """

    def __init__(self, fitting: Fitting, terms: Mapping[str, float]) -> None:
        self._fitting, wish = fitting, fitting.wish
        self._terms = _Shares(terms)
        self._name = _Shares({stem: terms[stem] for stem in wish.name if stem in terms})
        self._words = WORDS * (BY_NEED if wish.needs and not wish.kinds else 1.0)
        self._asks_look = bool(wish.colours or wish.materials or wish.sizes)
        self._asks_names = bool(wish.franchises or wish.brands)

    def score(self, place: int, facts: Facts, cosine: float, lexical: float) -> Scored:
        """Score of one candidate; `cosine` between query and product, `lexical` its BM25 over the best candidate's (0 to 1)."""
        fitting = self._fitting
        dense = min(1.0, max(0.0, (cosine - COSINE_LOW) / (COSINE_HIGH - COSINE_LOW)))
        words, kind = self._terms.of(facts), fitting.kind(facts)
        total = DENSE * dense + LEXICAL * lexical + self._words * words + KIND * kind + AUDIENCE * fitting.audience(facts)
        if self._asks_names:
            total += NAMED * fitting.named(facts)
        if self._asks_look:
            total += COLOUR * fitting.colour(facts) + MATERIAL * fitting.material(facts) + SIZE * fitting.size(facts)
        if fitting.avoided:
            total -= RISK * fitting.risk(facts)
        return Scored(place, total, kind, words, dense, self._name.of(facts))


class _Shares:
    """Weights of stems that sum to 1."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        whole = sum(weights.values()) or 1.0
        self._shares = [(stem, f" {stem} ", weight / whole) for stem, weight in weights.items()]
        self._otherwise = {stem: [f" {other} " for other in others] for stem in weights if (others := spelt_otherwise(stem))}

    def of(self, facts: Facts) -> float:
        """Share of the stems that a product has, those only in its category at half."""
        joined, around, got = facts.joined, facts.around, 0.0
        for stem, spaced, share in self._shares:
            if spaced in joined or (stem in self._otherwise and any(other in joined for other in self._otherwise[stem])):
                got += share
            elif stem in around:
                got += AROUND * share
        return got
