"""What is known of each word beside its state in the encoder: the rules' decisions, word lists, its looks and its place."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from companion.shop.understanding.kinds import lexicon
from companion.shop.understanding.phrases import table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.tagger_found import Found, placed
from companion.shop.understanding.tagger_spans import TAGS, Floats

_TABLES = (("franchises", None), ("interests", None), ("occasions", None), ("colours", 2), ("materials", 2), ("people", None))
"""Word lists, and the column of their names in other languages."""
_SIGNS = 23
WIDTH = 3 * len(TAGS) + 4 + 2 * len(_TABLES) + _SIGNS
"""Numbers a word."""
_SHORT, _LONG = 8, 25
"""Words up to which a query is a short one, and above which a long one."""
_STARTING = (".", "!", "?", "|", "\n")


def features_of(reading: Reading, found: Found) -> Floats:
    """[n, WIDTH] of 0 and 1, a row a word."""
    tokens = reading.tokens
    by_rules = placed(reading, found)
    columns = [_marks(len(tokens), ((one.span.first, one.span.last) for one in by_rules[tag] if one.span), ends=True) for tag in TAGS]
    mentions = lexicon().mentions(tokens, reading.language)
    gifts = np.zeros((len(tokens), 1), np.float32)
    for one in mentions:
        gifts[one.first : one.last] = one.kind == "gift"
    columns += [_marks(len(tokens), ((one.first, one.last) for one in mentions), ends=True), gifts]
    for name, foreign in _TABLES:
        columns.append(_marks(len(tokens), ((one.first, one.last) for one in table(name, 1, foreign).find(tokens, reading.foreign))))
    return np.concatenate([*columns, _signs(reading)], 1)


def _marks(words: int, ranges: Iterable[tuple[int, int]], ends: bool = False) -> Floats:
    """[n, 2 or 3]: begins, goes on, and ends."""
    marks = np.zeros((words, 3 if ends else 2), np.float32)
    for first, last in ranges:
        marks[first, 0] = 1
        marks[first + 1 : last, 1] = 1
        if ends:
            marks[last - 1, 2] = 1
    return marks


def _signs(reading: Reading) -> Floats:
    tokens = reading.tokens
    signs = np.zeros((len(tokens), _SIGNS), np.float32)
    letters = sum(char.isalpha() for char in reading.text)
    shouted = sum(char.isupper() for char in reading.text) > 0.6 * max(1, letters)
    for place, token in enumerate(tokens):
        raw = reading.text[token.start : token.end]
        starts = place == 0 or any(mark in token.before for mark in _STARTING)
        capital = raw[:1].isupper() and not shouted
        signs[place] = (
            capital,
            capital and not starts,
            raw.isupper() and len(raw) > 1 and not shouted,
            shouted,
            raw.isdigit(),
            any(char.isdigit() for char in raw),
            place in reading.hashtags,
            place in reading.taken,
            reading.part_of[place] > 0,
            reading.has_comments,
            reading.breaks_before(place),
            reading.breaks_before(place + 1),
            "," in token.before,
            "-" in token.before,
            "'" in token.before or '"' in token.before,
            starts,
            place == len(tokens) - 1,
            reading.foreign,
            carries_nothing(token.word, reading.foreign),
            len(token.word) <= 2,
            len(token.word) >= 7,
            len(tokens) <= _SHORT,
            len(tokens) > _LONG,
        )
    return signs
