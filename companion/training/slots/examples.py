"""Marked lines as the tagger sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.shop.understanding import understand
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.tagger_found import Found
from companion.shop.understanding.tagger_spans import Floats, Span
from companion.shop.understanding.tagger_states import WordStates
from companion.shop.understanding.tagger_words import features_of
from companion.training.slots.lines import Line


@dataclass(frozen=True)
class Example:
    """One query of n words: what the rules found, right spans, states [n, d] and features [n, f]."""

    reading: Reading
    found: Found
    spans: list[Span]
    states: Floats
    features: Floats


def examples_of(lines: Iterable[Line], states: WordStates) -> list[Example]:
    """One for each line with a word in it."""
    examples = []
    for line in lines:
        heard: list[tuple[Reading, Found]] = []

        def note(reading: Reading, found: Found, heard: list[tuple[Reading, Found]] = heard) -> Found:
            heard.append((reading, found))
            return found

        understand(line.text, amend=note)
        reading, found = heard[0]
        if reading.tokens:
            spans = line.spans(reading.tokens)
            examples.append(Example(reading, found, spans, states.of(reading.text, reading.tokens), features_of(reading, found)))
    return examples
