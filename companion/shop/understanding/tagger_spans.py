"""Tags of words in a query, written BIO: `B-brand` begins a maker's name, `I-brand` goes on with it, `O` is none of the slots."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

Tag = Literal["type", "brand", "interest", "not", "colour", "size", "occasion"]
TAGS: tuple[Tag, ...] = get_args(Tag)
LABELS = ("O", *(f"{begin}-{tag}" for tag in TAGS for begin in "BI"))
ID = {label: place for place, label in enumerate(LABELS)}
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Span:
    """Words `first` up to, not with, `last`."""

    tag: Tag
    first: int
    last: int

    def overlaps(self, other: Span) -> bool:
        """Whether both have a word in common."""
        return self.first < other.last and other.first < self.last


def labels_of(spans: Iterable[Span], words: int) -> list[str]:
    """A label for each of so many words; where spans overlap the later one counts."""
    labels = ["O"] * words
    for span in spans:
        labels[span.first : span.last] = [f"B-{span.tag}", *[f"I-{span.tag}"] * (span.last - span.first - 1)]
    return labels


def spans_of(labels: Sequence[str]) -> list[Span]:
    """The spans that labels mark, in order; an `I-` that goes on with nothing begins a span."""
    spans: list[Span] = []
    first, tag = 0, ""
    for place, label in enumerate((*labels, "O")):
        if tag and label != f"I-{tag}":
            spans.append(Span(cast(Tag, tag), first, place))
            tag = ""
        if label != "O" and not tag:
            first, tag = place, label[2:]
    return spans


def best_path(chances: Floats, parted: Container[int] = ()) -> list[str]:
    """The likeliest labels [n] by the probabilities [n, 15] of each word's, no `I-` without its beginning (Viterbi).

    Args:
        chances: of n words.
        parted: words that go on with nothing: a comma or an end stands before them.
    """
    if not len(chances):
        return []
    logs = np.log(chances + 1e-9)
    best, back = logs[0] + _STARTS, []
    for place, row in enumerate(logs[1:], 1):
        scores = best[:, None] + (_STEPS + _STARTS if place in parted else _STEPS)
        back.append(scores.argmax(0))
        best = scores.max(0) + row
    path = [int(best.argmax())]
    for places in reversed(back):
        path.append(int(places[path[-1]]))
    return [LABELS[place] for place in reversed(path)]


def chance(chances: Floats, span: Span) -> float:
    """Mean probability, over its words, that they are of its tag."""
    begin = ID[f"B-{span.tag}"]
    return float(chances[span.first : span.last, begin : begin + 2].sum(1).mean())


_STARTS = np.array([_NEVER if label.startswith("I-") else 0.0 for label in LABELS], np.float32)
_STEPS = np.array([[_NEVER if after[:2] == "I-" and before[2:] != after[2:] else 0.0 for after in LABELS] for before in LABELS], np.float32)
"""[from, to], added to log-probabilities."""
