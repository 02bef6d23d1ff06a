"""Misspelt words of a query, corrected against the words that a catalogue and the lexicon know.

A word is left alone when anything knows it: the catalogue, the word lists (product names, brands, franchises, people, places of use, small
words), or the list of common English words that the sentence encoder ships with. So a brand is never turned into a word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from companion.intent.neighbours import SHIPPED
from companion.shop.understanding.heads import FILES as HEADS
from companion.shop.understanding.kinds import FILES
from companion.shop.understanding.makers import FILES as MAKERS
from companion.shop.understanding.reading import read
from companion.shop.understanding.text import Token, cut, fold, stem, tokens_of
from companion.shop.understanding.word_files import cell, names_in, rows_of, word_class

SHORTEST, LONG = 4, 8
"""Letters of the shortest word that is mended, and from which two slips are."""
SURE_OF_COMMON = 6
"""Letters from which a word may stand for one that is common and yet no word of shopping."""
_ENDINGS = ("ing", "er", "ers", "y", "ed", "ish", "able", "ness", "ly", "less", "es")
"""A known word with one of these is a word."""
FEWEST = 3
"""Products that must have a word before it is offered, unless the lexicon has it."""
MOST_WORDS = 60
"""Tokens of a text that are looked at."""
_TABLES = (
    *MAKERS,
    "brands_in_company",
    *HEADS,
    "figures",
    "circumstances",
    "classes",
    "colours",
    "contains",
    "contexts",
    "currencies",
    "franchises",
    "interests",
    "irregular",
    "kinds_european",
    "languages",
    "materials",
    "more_names",
    "numbers",
    "occasions",
    "people",
    "same_things",
    "senses",
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """`text` is searched in place of what was typed; `changed` pairs each typed word with the one put there."""

    text: str
    changed: tuple[tuple[str, str], ...] = ()


class Speller:
    """Corrects the queries of one catalogue.

    Args:
        counts: word of the catalogue -> number of products that have it.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts, listed = counts, _listed()
        self._known = listed | _common() | counts.keys()
        self._groups: dict[tuple[str, int], list[str]] = {}
        for word in {*_meant(), *_common(), *(word for word, count in counts.items() if count >= FEWEST)}:
            if len(word) >= SHORTEST and word.isalpha():
                self._groups.setdefault((word[0], len(word)), []).append(word)
        self._kept: dict[str, str] = {}

    def correct(self, text: str) -> Corrected:
        """The text, cut as it is read, with its misspelt words mended; a text in another language than English, and any other, as it is.

        A word with a capital letter within the text is taken for a name and left alone.
        """
        text, folded = cut(text), fold(text)
        changed: list[tuple[str, str]] = []
        parts: list[str] = []
        last = 0
        for token in tokens_of(folded)[:MOST_WORDS]:
            is_name = token.start > 0 and text[token.start].isupper() and not text.isupper()
            better = token.word if is_name else self._better(token, folded)
            if better != token.word:
                parts += [text[last : token.start], better]
                last = token.end
                changed.append((token.word, better))
        if not changed or read(text).foreign:
            return Corrected(text)
        return Corrected("".join((*parts, text[last:])), tuple(changed))

    def _better(self, token: Token, folded: str) -> str:
        word = token.word
        tagged = token.start > 0 and folded[token.start - 1] in "#@"
        if len(word) < SHORTEST or tagged or not (word.isascii() and word.isalpha()) or {word, token.stem} & self._known:
            return word
        if word not in self._kept:
            if len(self._kept) > 10_000:
                self._kept.clear()
            self._kept[word] = self._nearest(word)
        return self._kept[word]

    def _nearest(self, word: str) -> str:
        """The word meant, itself where none is near or it may be two known words written together."""
        if any(word[:cut] in self._known and word[cut:] in self._known for cut in range(SHORTEST, len(word) - SHORTEST + 1)):
            return word
        if self._is_inflected(word):
            return word
        slips = 2 if len(word) >= LONG else 1
        lengths = range(len(word) - slips, len(word) + slips + 1)
        starts = dict.fromkeys((word[0], word[1]))  # the first two letters may have changed places
        near = [one for start in starts for length in lengths for one in self._groups.get((start, length), ())]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=None)
        meant = [
            (distance, one)
            for one, distance, _ in found
            if (one[0] == word[0] or one[:2] == word[1] + word[0])
            and (self._weight(one) or (distance == 1 and len(word) >= SURE_OF_COMMON))
        ]
        return min(meant, key=lambda pair: (pair[0], -self._weight(pair[1]), pair[1]))[1] if meant else word

    def _is_inflected(self, word: str) -> bool:
        """Whether it is a known word with an ending: "raking", "glowy"."""
        for bare in (word.removesuffix(end) for end in _ENDINGS if word.endswith(end)):
            doubled = bare[:-1] if bare[-2:-1] == bare[-1:] else ""
            if any(len(one) >= SHORTEST and one in self._known for one in (bare, f"{bare}e", doubled)):
                return True
        return False

    def _weight(self, word: str) -> float:
        return self._counts.get(word, 0) + _meant().get(word, 0)


@cache
def _meant() -> dict[str, int]:
    """Words of the lists that a misspelt one may stand for, each with how many products it weighs as much as: words of asking first."""
    words: dict[str, int] = {}
    for weight, parts in _WEIGHTS:
        for word in {token.word for part in parts() for token in tokens_of(fold(part))}:
            words[word] = max(weight, words.get(word, 0))
    return words


_WEIGHTS: tuple[tuple[int, Callable[[], Iterable[str]]], ...] = (
    (10, lambda: word_class("small words english") | word_class("describing words")),
    (20, lambda: (part for name in FILES for row in rows_of(name) for part in (row[0], *row[2:3]))),
    (20, lambda: (f"{name}s" for row in (row for file in FILES for row in rows_of(file)) for name in (row[0], *names_in(cell(row, 2))))),
    (
        20,
        lambda: (
            part
            for name in ("people", "colours", "materials", "occasions", "interests", "franchises")
            for row in rows_of(name)
            for part in row[:2]
        ),
    ),
)


@cache
def _listed() -> frozenset[str]:
    """Every word of every word list, and its stem."""
    words = {token.word for name in (*FILES, *_TABLES) for row in rows_of(name) for part in row for token in tokens_of(fold(part))}
    return frozenset(words | {stem(word) for word in words})


@cache
def _common() -> frozenset[str]:
    """Whole words in the vocabulary of the shipped sentence encoder: about 20,000 of the commonest of English."""
    path = SHIPPED / "tokenizer.json"
    try:
        vocabulary = json.loads(path.read_text("utf-8"))["model"]["vocab"]
    except FileNotFoundError as error:
        raise FileNotFoundError(f"{path} is missing: the installation is not whole; install BuySignal again") from error
    return frozenset(word for word in vocabulary if word.isalpha())
