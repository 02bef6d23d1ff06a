"""Why a comment got its grade: what each word changes when it goes, and when it stands alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.intent.context import render
from companion.intent.language import language_of
from companion.intent.model import IntentModel
from companion.intent.prediction import Item, Prediction
from companion.intent.text import clean, cut, normalise

MAX_WORDS = 25
"""Pieces looked at, each two runs of about 2 ms on a laptop core. The words of a longer text are joined into as many pieces."""

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
    """For each word the mean of two effects: on the whole text (occlusion) and on no text at all.

    These are the first and the last term of a Shapley value. Occlusion alone finds nothing where two words say the same
    ("where can I buy this??"). Offsets count code points of the text as given, cut at 1,000.
    """
    text = cut(item.text)[0]
    spans = _pieces(text)
    context = render(item.context)
    without = [text[:a] + " " + text[b:] for a, b in spans]
    alone = [text[a:b] for a, b in spans]
    variants = [(normalise(variant), context) for variant in (text, "", *without, *alone)]
    whole, nothing, *rest = model.expected_grades(variants, language_of(normalise(text))).tolist()
    effects = [(whole - out + single - nothing) / 2 for out, single in zip(rest[: len(spans)], rest[len(spans) :], strict=True)]
    words = [WordEffect(clean(text[a:b]), a, b, round(effect, 2)) for (a, b), effect in zip(spans, effects, strict=True)]
    felt = sorted((word for word in words if abs(word.effect) >= MIN_EFFECT), key=lambda word: -abs(word.effect))
    return Explanation(model.read([item])[0], tuple(felt))


def _pieces(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in _WORD.finditer(text)]
    if len(spans) <= MAX_WORDS:
        return spans
    size = -(-len(spans) // MAX_WORDS)
    groups = [spans[i : i + size] for i in range(0, len(spans), size)]
    return [(group[0][0], group[-1][1]) for group in groups]
