"""A card beside a video: products that fit what is shown and asked for there, in the order of the person's own taste.

What fits is found by the ranking; how well it fits and what is known of the person add up to a product's worth. The best that are not
all alike are taken (MMR). Where the person lately opened or looked for something, one place, the last, is for what answers that. Each
place explores with a small chance: weights are then drawn from what is believed of them (Thompson sampling) and a product of the same
sort is drawn by its worth under these weights, so that each has some chance. A propensity is the chance of both ways together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from companion.shop.profile.diversity import mmr
from companion.shop.profile.events import Scenario
from companion.shop.profile.recommender import BALANCE, EXPLORED, Recommender
from companion.shop.profile.traits import Codes, Floats

Reason = Literal["fits", "taste"]

FIT = 3.0
"""Worth of a perfect fit, on the scale of the profile's features: more than any single one of them."""
DRAWS = 64
"""Draws of the weights: a propensity is known to about 0.06 of the chance to explore."""
TASTES = 12
"""Best products by taste alone that a card may hold."""


@dataclass(frozen=True)
class Scene:
    """What a card stands beside, and what was done just before.

    Attributes:
        fits: how well products answer the video, 0 to 1, by number.
        tasted: whether the person opened or looked for something lately: one place then belongs to taste.
        left_out: numbers that taste alone must not bring (what was opened a moment ago); they may still fit the video.
    """

    fits: Mapping[int, float]
    tasted: bool = False
    left_out: Sequence[int] = ()


@dataclass(frozen=True)
class Offer:
    """A product by its number in the catalogue, why it is there, and the chance that it was put in its place."""

    number: int
    reason: Reason
    propensity: float
    explored: bool


def related(recommender: Recommender, scene: Scene, scenario: Scenario, size: int, rng: np.random.Generator) -> list[Offer]:
    """Up to `size` products for the scene by what the recommender knows of the person; those that are never shown are left out."""
    fits, closed = scene.fits, recommender.profile.closed()
    fitting = [number for number in fits if not closed[number]]
    liked = _liked(recommender, scenario, {*scene.left_out, *fitting}) if scene.tasted else []
    numbers = np.array([*fitting, *liked], np.int64)
    if not len(numbers):
        return []
    fit = np.array([FIT * fits[number] if place < len(fitting) else 0.0 for place, number in enumerate(numbers.tolist())])
    features = recommender.profile.features(numbers, scenario)
    worth = features @ recommender.learner.mean + fit
    drawn = np.stack([recommender.learner.draw(rng) for _ in range(DRAWS)]) @ features.T + fit
    usual = _usual(recommender, numbers, worth, len(fitting), size)
    free, is_fit = np.ones(len(numbers), bool), np.arange(len(numbers)) < len(fitting)
    card: list[Offer] = []
    while len(card) < min(size, len(numbers)):
        wanted = next(place for place in usual[len(card) :] + usual if free[place])
        chances = _chances(drawn, free & (is_fit == is_fit[wanted]))
        explored = bool(rng.random() < EXPLORED)
        place = int(rng.choice(len(numbers), p=chances)) if explored else wanted
        free[place] = False
        propensity = EXPLORED * float(chances[place]) + (1 - EXPLORED) * (place == wanted)
        card.append(Offer(int(numbers[place]), "fits" if is_fit[place] else "taste", propensity, explored))
    return card


def _liked(recommender: Recommender, scenario: Scenario, known: set[int]) -> list[int]:
    """The best by taste that do not fit the video anyway."""
    best = recommender.best(TASTES + len(known), scenario)
    return [number for number in best if number not in known][:TASTES]


def _usual(recommender: Recommender, numbers: Codes, worth: Floats, fitting: int, size: int) -> list[int]:
    """Places among `numbers` in the order of a card that does not explore: what fits, and the best by taste in the last place."""
    chances = 1 / (1 + np.exp(-worth))
    span = float(chances.max() - chances.min())
    scores = (chances - chances.min()) / span if span > 0 else np.zeros(len(worth))
    vectors = None if recommender.profile.vectors is None else recommender.profile.vectors[numbers]
    order = mmr(scores, recommender.profile.traits.codes["kind"][numbers], vectors, len(numbers), BALANCE)
    fits, tastes = [place for place in order if place < fitting], [place for place in order if place >= fitting]
    before = max(1, size - 1)
    return [*fits[:before], *tastes[:1], *fits[before:], *tastes[1:]]


def _chances(drawn: Floats, open_ones: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """(numbers,) the chance of each product that may be taken: its share of the worth under each draw (softmax), over all draws."""
    closed = np.where(open_ones, drawn, -np.inf)
    weights = np.exp(closed - closed.max(1, keepdims=True))
    chances = (weights / weights.sum(1, keepdims=True)).mean(0)
    return np.asarray(chances / chances.sum(), np.float64)
