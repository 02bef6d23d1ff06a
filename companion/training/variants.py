"""Pairs made from the seed that nobody graded: a teacher grades them, so that the student sees more than was written.

A comment under another video teaches that the context decides; the same comment in another dress teaches that dress does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from companion.training.examples import Example
from companion.training.lessons import Pair, pair_of

MOVED_SHARE = 0.6
"""Share of variants that put a comment under another video; the others change its dress."""

_EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+")


def variants(examples: Sequence[Example], seed: int) -> list[Pair]:
    """One variant of each example, in order; the same seed gives the same ones."""
    chance = np.random.default_rng(seed)
    pairs = [pair_of(x) for x in examples]
    groups: dict[str, list[int]] = {}
    for place, example in enumerate(examples):
        groups.setdefault(example.group, []).append(place)
    made = []
    for place, (text, context) in enumerate(pairs):
        if chance.random() < MOVED_SHARE:
            made.append((text, pairs[int(chance.integers(len(pairs)))][1]))
        else:
            neighbour = pairs[int(chance.choice(groups[examples[place].group]))][0]
            made.append((_dressed(text, neighbour, chance), context))
    return made


def _dressed(text: str, neighbour: str, chance: np.random.Generator) -> str:
    match int(chance.integers(6)):
        case 0:
            changed = text.lower()
        case 1:
            changed = _EMOJI.sub("", text)
        case 2:
            changed = re.sub(r"[?!.,']", "", text)
        case 3:
            changed = _mistyped(text, chance)
        case 4:
            changed = f"{text} {neighbour}" if chance.random() < 0.5 else f"{neighbour} {text}"
        case _:
            words = text.split()
            start = int(chance.integers(max(1, len(words) // 2)))
            changed = " ".join(words[start : start + max(2, len(words) // 2)])
    return " ".join(changed.split()) or text


def _mistyped(text: str, chance: np.random.Generator) -> str:
    """With one letter lost, doubled or exchanged with the next."""
    at = int(chance.integers(max(1, len(text) - 1)))
    return (text[:at] + text[at + 1 :], text[:at] + text[at : at + 1] + text[at:], text[:at] + text[at : at + 2][::-1] + text[at + 2 :])[
        int(chance.integers(3))
    ]
