"""What a shopper does with a card of products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from companion.shop.shoppers import rules as r
from companion.shop.shoppers.sessions import Session
from companion.shop.shoppers.stock import Floats

Action = Literal["click", "save", "hide"]


@dataclass(frozen=True)
class Reaction:
    """`product` is its number in the stock, `place` counts from 1."""

    action: Action
    product: int
    place: int


def react(session: Session, shown: Sequence[int], rng: np.random.Generator) -> list[Reaction]:
    """The reactions to the products `shown` (numbers in the stock, the first is the leftmost), in the order of the places."""
    reactions: list[Reaction] = []
    for place, product in enumerate(shown, 1):
        if rng.random() >= looked_at(place):
            continue
        utility = float(session.utility[product])
        really = rng.random() < click_chance(utility)
        if really or rng.random() < r.SLIP_SHARE:
            reactions.append(Reaction("click", product, place))
            if really and rng.random() < r.SAVE_SHARE:
                reactions.append(Reaction("save", product, place))
        elif utility < r.HIDE_BELOW and rng.random() < r.HIDE_SHARE:
            reactions.append(Reaction("hide", product, place))
    return reactions


def next_pick(session: Session, rng: np.random.Generator, without: Sequence[int] = ()) -> int:
    """The product which the shopper would choose now from the whole stock except `without`, as its number in the stock."""
    weights = pick_weights(session.utility)
    weights[list(without)] = 0.0
    return int(rng.choice(len(weights), p=weights / weights.sum()))


def pick_weights(utility: Floats) -> Floats:
    """(products,) weights of being picked, the largest 1."""
    return np.asarray(np.exp(r.PICK_SHARPNESS * (utility - utility.max())), np.float64)


def looked_at(place: int) -> float:
    """The chance that the place (1 is the first) is looked at."""
    return float(place**-r.LOOKED_AT_POWER)


def click_chance(utility: float) -> float:
    """The chance that a product of that utility (logits) is clicked when it is looked at, slips left out."""
    return float(1 / (1 + np.exp(r.CLICK_AT - utility)))
