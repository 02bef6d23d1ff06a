"""BM25 over fields, as one sparse matrix of finished weights: a query adds up its words' columns.

BM25F (Robertson, Zaragoza, Taylor 2004): tf' = sum over fields of weight * tf / (1 - b + b * length / mean length);
score = sum over words of idf * tf' / (k1 + tf'), idf = ln(1 + (n - df + 0.5) / (df + 0.5)).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from companion.shop.product import Product
from companion.shop.retrieval.texts import fields
from companion.shop.retrieval.words import asked, words

K1 = 1.2
WEIGHTS = (1.0, 0.6, 0.5, 0.25)
"""Of title, brand with attributes, category, description."""
LENGTH = (0.5, 0.2, 0.2, 0.75)
"""b of each field: a long description says less with each word, a long category path does not."""
DESCRIPTION_WORDS = 120
"""Further words of a description are not counted; shops fill them with search words."""

RECIPE = "1"
"""Raised when words are counted otherwise, so that no index of an earlier version is read."""

Scores = npt.NDArray[np.float32]

_ARRAYS = ("starts", "places", "weights")


@dataclass(frozen=True)
class Lexical:
    """`vocabulary` maps a word to its column j; products `places[starts[j]:starts[j+1]]` have `weights` there."""

    n: int
    vocabulary: dict[str, int]
    starts: npt.NDArray[np.int64]
    places: npt.NDArray[np.int32]
    weights: Scores

    @classmethod
    def build(cls, products: Sequence[Product]) -> Lexical:
        """Count every word once; memory grows with the words of the catalogue, about 25 bytes each."""
        texts = [[words(text) for text in fields(product)] for product in products]
        for text in texts:
            del text[3][DESCRIPTION_WORDS:]
        compounds = {word for text in texts for word in text[0] if len(word) >= _COMPOUND}
        for text in texts:
            text[0] += joined(text[0], compounds)
        lengths = np.array([[len(field) for field in text] for text in texts], np.float32).reshape(len(texts), len(WEIGHTS))
        means = np.maximum(lengths.mean(0), 1.0) if texts else np.ones(len(WEIGHTS), np.float32)
        scale = np.array(WEIGHTS) / (1 - np.array(LENGTH) + np.array(LENGTH) * lengths / means)
        return cls._of(len(texts), _counted(texts, scale))

    @classmethod
    def _of(cls, n: int, rows: Iterable[tuple[int, str, float]]) -> Lexical:
        vocabulary: dict[str, int] = {}
        columns, places, counts = [], [], []
        for place, word, count in rows:
            columns.append(vocabulary.setdefault(word, len(vocabulary)))
            places.append(place)
            counts.append(count)
        column, place_of, tf = np.array(columns, np.int64), np.array(places, np.int32), np.array(counts, np.float32)
        order = np.argsort(column, kind="stable")
        df = np.bincount(column, minlength=len(vocabulary))
        idf = np.log1p((n - df + 0.5) / (df + 0.5)).astype(np.float32)
        weights = (idf[column] * tf / (K1 + tf)).astype(np.float32)[order]
        return cls(n, vocabulary, np.concatenate([[0], np.cumsum(df)]).astype(np.int64), place_of[order], weights)

    def scores(self, text: str) -> Scores:
        """BM25 of each product, float32 [n]; 0 where no word is shared."""
        return self.weighted(dict.fromkeys(asked(text), 1.0))

    def weighted(self, terms: Mapping[str, float]) -> Scores:
        """The same for folded words (see `words`), each counting as much as its weight says."""
        query = list(terms)
        found = dict(terms)
        for left, right in pairwise(query):
            for word in joined((left, right), self.vocabulary):
                found.setdefault(word, min(terms[left], terms[right]))
        for word in query:
            for part in parted(word, self.vocabulary):
                found.setdefault(part, terms[word])
        scores = np.zeros(self.n, np.float32)
        for word, weight in found.items():
            column = self.vocabulary.get(word)
            if column is not None:
                part_of = slice(self.starts[column], self.starts[column + 1])
                scores[self.places[part_of]] += np.float32(weight) * self.weights[part_of]
        return scores

    def save(self, folder: Path, version: str) -> None:
        """Write the arrays and the vocabulary, to be mapped by `load`; `version` names what was counted."""
        folder.mkdir(parents=True, exist_ok=True)
        told = folder / "lexical.json"
        told.unlink(missing_ok=True)  # comes back last: a crash between leaves nothing that would be loaded
        for name in _ARRAYS:
            draft = folder / f"lexical-{name}.new.npy"
            np.save(draft, getattr(self, name))
            draft.replace(folder / f"lexical-{name}.npy")
        content = {"version": f"{RECIPE} {version}", "n": self.n, "words": list(self.vocabulary)}
        told.write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, version: str) -> Lexical:
        """Map what `save` wrote.

        Raises:
            OSError: it is not there.
            ValueError: it was counted from another version, or cannot be read.
        """
        told = json.loads((folder / "lexical.json").read_text("utf-8"))
        if told["version"] != f"{RECIPE} {version}":
            raise ValueError(f"counted from {told['version']}, not {RECIPE} {version}")
        starts, places, weights = (np.load(folder / f"lexical-{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS)
        return cls(int(told["n"]), {word: column for column, word in enumerate(told["words"])}, starts, places, weights)


_COMPOUND = 6


def joined(found: Sequence[str], known: Container[str]) -> list[str]:
    """Neighbouring words that are written as one elsewhere: "bed sheet" is also "bedsheet"."""
    pairs = (left + right for left, right in pairwise(found) if left.isalpha() and right.isalpha())
    return [pair for pair in pairs if len(pair) >= _COMPOUND and pair in known]


def parted(word: str, known: Container[str]) -> list[str]:
    """The two known words that an unknown one is made of: "bedsheet" is "bed", "sheet"; [] for others."""
    if word in known or len(word) < _COMPOUND or not word.isalpha():
        return []
    splits = ([word[:cut], word[cut:]] for cut in range(len(word) - 3, 2, -1))
    return next((parts for parts in splits if parts[0] in known and parts[1] in known), [])


def _counted(texts: Sequence[Sequence[Sequence[str]]], scale: npt.NDArray[np.float64]) -> Iterable[tuple[int, str, float]]:
    """(place, word, tf') of every word of every product."""
    for place, text in enumerate(texts):
        total: dict[str, float] = {}
        for field, factor in zip(text, scale[place], strict=True):
            for word, count in Counter(field).items():
                total[word] = total.get(word, 0.0) + count * float(factor)
        for word, tf in total.items():
            yield place, word, tf
