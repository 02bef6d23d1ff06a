"""Why a comment got its grade: what changes when each word is taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.intent.context import render
from companion.intent.model import IntentModel
from companion.intent.prediction import Item, Prediction
from companion.intent.text import clean, cut, normalise

MAX_WORDS = 40
"""Words looked at, each a run of about 2 ms on a laptop core. Longer texts are joined into as many pieces."""

MIN_EFFECT = 0.05
"""Grades. Smaller changes are noise of the quantised encoder."""

# A word is a run of letters and digits with inner ' or -, or a run of other visible signs (emoji, "??").
_WORD = re.compile(r"\w+(?:['’\-]\w+)*|[^\w\s]+")


@dataclass(frozen=True)
class WordEffect:
    """A piece of the text at code points [start, end) and how many grades it adds (+) or takes (-)."""

    text: str
    start: int
    end: int
    effect: float


@dataclass(frozen=True)
class Explanation:
    """A prediction and the words behind it, the strongest first."""

    prediction: Prediction
    words: tuple[WordEffect, ...]


def explain(model: IntentModel, item: Item) -> Explanation:
    """Occlusion: the grade with the whole text minus the grade without the word, for each word.

    Offsets count code points of the text as given, cut at 1,000.
    """
    text = cut(item.text)[0]
    spans = _pieces(text)
    context = render(item.context)
    variants = [(normalise(text), context)] + [(normalise(text[:a] + " " + text[b:]), context) for a, b in spans]
    grades = model.expected_grades(variants)
    words = [
        WordEffect(clean(text[a:b]), a, b, round(float(grades[0] - without), 2)) for (a, b), without in zip(spans, grades[1:], strict=True)
    ]
    felt = sorted((word for word in words if abs(word.effect) >= MIN_EFFECT), key=lambda word: -abs(word.effect))
    return Explanation(model.read([item])[0], tuple(felt))


def _pieces(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in _WORD.finditer(text)]
    if len(spans) <= MAX_WORDS:
        return spans
    size = -(-len(spans) // MAX_WORDS)
    groups = [spans[i : i + size] for i in range(0, len(spans), size)]
    return [(group[0][0], group[-1][1]) for group in groups]
