"""What is handed to the searches: weighted words for word search, a clean sentence for the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.shop.understanding.reading import Reading
from companion.shop.understanding.scene import Asked
from companion.shop.understanding.small_words import carries_nothing

HEAD, MODIFIER, NAMED, BESIDE, SCENE, LIKED, TOLD = 1.0, 0.8, 0.9, 0.5, 0.35, 0.6, 0.3
"""Weights of the thing asked for, its modifiers, names, other words of the asking text, the caption's, likings, circumstances."""
SPOKEN = 0.3
"""Words of this weight and more go into the sentence."""


@dataclass(frozen=True)
class Parts:
    """Token ranges: `liked` and `told` clauses; token places: `named` of franchises and brands, `people` of recipients (left out)."""

    liked: Sequence[range]
    told: Sequence[range]
    named: frozenset[int]
    people: frozenset[int]


def terms_of(reading: Reading, asked: Asked | None, parts: Parts) -> dict[int, float]:
    """Token place -> weight."""
    weights: dict[int, float] = {}
    asking = asked is not None and reading.has_comments and reading.part_of[asked.first] > 0
    for place, token in enumerate(reading.tokens):
        if place in parts.named:
            weights[place] = NAMED
        elif place in parts.people or place in reading.hashtags or not reading.free(place, place + 1):
            continue
        elif asked and asked.first <= place < asked.last:
            weights[place] = HEAD if place >= asked.last - 1 or asked.kinds else MODIFIER
        elif carries_nothing(token.word, reading.foreign):
            continue
        elif any(place in clause for clause in parts.liked):
            weights[place] = LIKED
        elif any(place in clause for clause in parts.told):
            weights[place] = TOLD
        else:
            weights[place] = SCENE if asking and (reading.part_of[place] == 0 or _comes_with(reading, place)) else BESIDE
    return weights


def _comes_with(reading: Reading, place: int) -> bool:
    """Of "does it come with film": a thing beside the thing."""
    return any(reading.word(at) in {"with", "include", "includes", "come", "comes"} for at in range(max(0, place - 2), place))


def sentence(reading: Reading, weights: dict[int, float], audience: str) -> str:
    """The words worth saying, in their order, each once, and the audience."""
    words = [reading.tokens[place].word for place in sorted(weights) if weights[place] >= SPOKEN]
    return " ".join(dict.fromkeys((*words, *audience.split())))
