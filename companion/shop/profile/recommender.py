"""Cards for one shopper: the best by what is known, and now and then something to learn from, each with its propensity.

A place on a card explores with a small chance. Then Thompson sampling draws an arm, a kind in a price band: for each arm a click rate
is drawn from its Beta posterior and the highest wins; within the arm a product is drawn by score. Otherwise the place gets the best
product that is not too much like the others (MMR). The propensity of a product in a place is the chance of both ways together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.shop.profile.diversity import mmr
from companion.shop.profile.events import Event, Scenario, looked_at
from companion.shop.profile.interests import LONG_HALF_LIFE, USUAL_RATE, Interests
from companion.shop.profile.learner import Learner
from companion.shop.profile.profile import FEATURES, Profile
from companion.shop.profile.traits import Codes, Floats, Traits

EXPLORED = 0.1
"""Chance that a place explores."""
BALANCE = 0.9
"""Of the score against variety."""
CANDIDATES = 100
"""Best products that variety chooses from."""
DRAWS = 128
"""Draws of each arm's rate: a propensity is known to about 0.04 of the chance to explore."""
ARM_LOOKS = 10.0
"""Looks that the usual click rate is worth for an arm."""

PRIOR = {
    "always": -3.0, "kind now": 1.4, "kind": 1.0, "department now": 0.1, "department": 0.1, "brand": 0.5, "colour": 0.4, "price": 0.5,
    "audience": 0.3, "time of day": 0.2, "page": 0.1, "alike now": 0.5, "alike": 0.3, "search": 3.0, "shown often": -0.3,
}  # fmt: skip
"""Weights of the features before anything is learned."""
SPREAD = 0.01
"""Variance of each weight."""


@dataclass(frozen=True)
class Shown:
    """A product by its number in the catalogue, the chance that it was put in this place, and whether the place explored."""

    number: int
    propensity: float
    explored: bool


class Recommender:
    """Learns from events in the order of their moments and fills cards; moments are ms UTC."""

    def __init__(self, traits: Traits, vectors: Floats | None = None) -> None:
        self.profile = Profile(traits, vectors)
        prior = np.array([PRIOR[name] for name in FEATURES])
        self.learner = Learner(prior, np.full(len(FEATURES), SPREAD))
        kinds, bands = traits.codes["kind"], traits.codes["price"]
        self._arm: Codes = np.unique(kinds * (bands.max(initial=0) + 1) + bands, return_inverse=True)[1].astype(np.int64)
        self._arms = Interests(int(self._arm.max(initial=-1)) + 2, LONG_HALF_LIFE)  # value 0 stays unused: it is never liked
        self._waiting: dict[str, tuple[int, Floats, float]] = {}

    def learn(self, event: Event, found: Floats | None = None) -> None:
        """Take in one event; see `Profile.learn`. A product that was shown and not clicked by the next card was passed over."""
        place = self.profile.place_of.get(event.product)
        if place is not None:
            self._observe(event, place)
        self.profile.learn(event, found)

    def _observe(self, event: Event, place: int) -> None:
        arm = int(self._arm[place]) + 1
        if event.kind == "impression":
            for product, (at, features, look) in list(self._waiting.items()):
                if at < event.at:
                    self.learner.observe(features, clicked=False, weight=look)
                    del self._waiting[product]
            features = self.profile.features([place], event.scenario)[0]
            self._waiting[event.product] = event.at, features, looked_at(event.place)
            self._arms.passes(arm, looked_at(event.place), event.at)
        elif event.kind == "click":
            if event.product in self._waiting:
                self.learner.observe(self._waiting.pop(event.product)[1], clicked=True)
            self._arms.like(arm, 1.0, event.at, looked_at(event.place))

    def best(self, size: int, scenario: Scenario) -> list[int]:
        """The first products by what is known, without exploring."""
        places = self._open()
        scores = self.profile.features(places, scenario) @ self.learner.mean
        return [int(place) for place in self._varied(places, scores, size)]

    def card(self, size: int, scenario: Scenario, rng: np.random.Generator) -> list[Shown]:
        """A card; fewer products where the catalogue has fewer that are not hidden."""
        places = self._open()
        scores = self.profile.features(places, scenario) @ self.learner.mean
        chosen: list[Shown] = []
        rates, order = self._rates(scenario.at, rng), [int(one) for one in self._varied(places, scores, 2 * size)]
        while len(chosen) < min(size, len(places)):
            taken = [one.number for one in chosen]
            left = ~np.isin(places, taken)
            free, worth = places[left], scores[left]
            usual = next(one for one in order if one not in taken)
            chances = self._chances(free, worth, rates)
            explored = bool(rng.random() < EXPLORED)
            number = int(rng.choice(free, p=chances)) if explored else usual
            propensity = EXPLORED * float(chances[free == number][0]) + (1 - EXPLORED) * (number == usual)
            chosen.append(Shown(number, propensity, explored))
        return chosen

    def _open(self) -> Codes:
        return np.flatnonzero(~self.profile.closed())

    def _varied(self, places: Codes, scores: Floats, size: int) -> Codes:
        top = np.argsort(-scores, kind="stable")[: max(CANDIDATES, size)]
        if not len(top):
            return places[top]
        chances = 1 / (1 + np.exp(-scores[top]))
        span = float(chances.max() - chances.min())
        relative = (chances - chances.min()) / span if span > 0 else np.zeros(len(top))
        chosen = places[top]
        vectors = None if self.profile.vectors is None else self.profile.vectors[chosen]
        return chosen[mmr(relative, self.profile.traits.codes["kind"][chosen], vectors, size, BALANCE)]

    def _rates(self, at: int, rng: np.random.Generator) -> Floats:
        """(DRAWS, arms) click rates drawn from what is believed of each arm."""
        self._arms.fade(at)
        liked, passed = self._arms.liked[1:], self._arms.passed[1:]
        return rng.beta(liked + USUAL_RATE * ARM_LOOKS, passed + (1 - USUAL_RATE) * ARM_LOOKS, (DRAWS, len(liked)))

    def _chances(self, free: Codes, worth: Floats, rates: Floats) -> Floats:
        """(free,) the chance of each product when a place explores."""
        arms = self._arm[free]
        present = np.unique(arms)
        wins = np.bincount(present[rates[:, present].argmax(1)], minlength=rates.shape[1]) / len(rates)
        weights = np.exp(worth - worth.max())
        sums = np.bincount(arms, weights=weights, minlength=rates.shape[1])
        chances = wins[arms] * weights / sums[arms]
        return np.asarray(chances / chances.sum(), np.float64)
