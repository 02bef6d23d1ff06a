"""The lexical leg: hashed word and letter n-grams into linear models, one for each "grade > k", signal and sentiment.

It knows exact words and spellings where the encoder knows meaning; together they err less than either (docs/model.md).
Plain arrays, no pickle; the text alone is read, not its context.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from companion.intent.prediction import GRADES, SENTIMENTS, SIGNALS

Array = npt.NDArray[np.float32]

BUCKETS = 1 << 16
"""n-grams share a bucket when their CRC-32 ends alike; the seed has about half as many different ones."""

_STEPS = len(GRADES) - 1
ORDINAL = slice(0, _STEPS)
SIGNAL = slice(_STEPS, _STEPS + len(SIGNALS))
SENTIMENT = slice(SIGNAL.stop, SIGNAL.stop + len(SENTIMENTS))
COLUMNS = SENTIMENT.stop
"""The leg's answers stand side by side: nine steps, eight signals, three sentiments."""

_WORD = re.compile(r"\w+|[^\w\s]+")
_LETTERS = (2, 3, 4, 5)
_OF_WORDS, _OF_LETTERS = crc32(b"w "), crc32(b"c")
"""How the CRC of an n-gram begins: so words and letters that look alike are told apart."""

_WORDS_KEPT = 20_000
"""Words whose letter n-grams are remembered; a few words make up most of all comments. About 10 MB at most."""


def buckets(text: str) -> Counter[int]:
    """Counts of a normalised text's n-grams by bucket: 1-3 words, and 2-5 letters within each word."""
    words = _WORD.findall(text.lower())
    grams = _phrases([word.encode("utf-8", "replace") for word in words])
    for word in words:
        grams += _letters(word)
    return Counter(grams)


def _phrases(words: Sequence[bytes]) -> list[int]:
    ones = [crc32(word, _OF_WORDS) for word in words]
    twos = [crc32(b" " + word, before) for before, word in zip(ones, words[1:], strict=False)]
    threes = [crc32(b" " + word, before) for before, word in zip(twos, words[2:], strict=False)]
    return [found % BUCKETS for found in (*ones, *twos, *threes)]


@lru_cache(_WORDS_KEPT)
def _letters(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    places = [(start, start + size) for size in _LETTERS for start in range(len(padded) - size + 1)]
    if padded.isascii():  # a letter is a byte: encoded once
        raw = padded.encode()
        return tuple(crc32(raw[start:end], _OF_LETTERS) % BUCKETS for start, end in places)
    return tuple(crc32(padded[start:end].encode("utf-8", "replace"), _OF_LETTERS) % BUCKETS for start, end in places)


@dataclass(frozen=True)
class Lexical:
    """Inverse document frequencies [buckets], int8 weights [buckets, 20] with their scales [20], and biases [20]."""

    idf: Array
    weights: npt.NDArray[np.int8]
    scale: Array
    bias: Array

    @classmethod
    def of(cls, idf: Array, weights: Array, bias: Array) -> Lexical:
        """From float weights [buckets, 20]; each column is rounded to 255 steps."""
        scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127
        return cls(idf.astype(np.float16).astype(np.float32), np.rint(weights / scale).astype(np.int8), scale.astype(np.float32), bias)

    @classmethod
    def load(cls, path: Path) -> Lexical:
        """Read a lexical leg (npz).

        Raises:
            ValueError: an array is missing or has another shape.
        """
        with np.load(path, allow_pickle=False) as stored:
            missing = [name for name in cls.__dataclass_fields__ if name not in stored]
            if missing:
                raise ValueError(f"{path.name} lacks the array {missing[0]!r}; retrain or reinstall the model")
            arrays = {name: stored[name].astype(np.int8 if name == "weights" else np.float32) for name in cls.__dataclass_fields__}
        shapes = {"idf": (BUCKETS,), "weights": (BUCKETS, COLUMNS), "scale": (COLUMNS,), "bias": (COLUMNS,)}
        for name, shape in shapes.items():
            if arrays[name].shape != shape:
                raise ValueError(f"{path.name}: {name} has shape {arrays[name].shape}, expected {shape}")
        return cls(**arrays)

    def save(self, path: Path) -> None:
        """Write the arrays compressed; a loaded leg says exactly the same."""
        np.savez_compressed(path, idf=self.idf.astype(np.float16), weights=self.weights, scale=self.scale, bias=self.bias)

    def logits(self, texts: Sequence[str]) -> Array:
        """Log-odds [n, 20] of normalised texts: of "grade > 1..9", of each signal, of each sentiment."""
        return self.logits_of([buckets(text) for text in texts])

    def logits_of(self, found: Sequence[Counter[int]]) -> Array:
        """The same of what `buckets` says of each text."""
        counted = Counted.of(found)
        values = counted.values(self.idf)
        result = np.zeros((len(found), COLUMNS), np.float32)
        filled = np.flatnonzero(counted.sizes)
        if len(filled):
            products = self.weights[counted.where] * values[:, None]
            result[filled] = np.add.reduceat(products, counted.starts[filled], axis=0)
        logits: Array = result * self.scale + self.bias
        return logits


@dataclass(frozen=True, eq=False)
class Counted:
    """The n-grams of n texts, one text after another.

    Attributes:
        where: [t] bucket of each n-gram.
        counts: [t] how often it stands in its text.
        sizes: [n] different n-grams of each text.
    """

    where: npt.NDArray[np.int64]
    counts: Array
    sizes: npt.NDArray[np.int64]

    @classmethod
    def of(cls, counted: Sequence[Counter[int]]) -> Counted:
        """From what `buckets` says of each text."""
        sizes = np.array([len(counts) for counts in counted], np.int64)
        total = int(sizes.sum())
        where = np.fromiter(chain.from_iterable(counted), np.int64, total)
        return cls(where, np.fromiter(chain.from_iterable(counts.values() for counts in counted), np.float32, total), sizes)

    @property
    def starts(self) -> npt.NDArray[np.int64]:
        """[n] where each text begins."""
        return np.cumsum(self.sizes) - self.sizes

    def values(self, idf: Array) -> Array:
        """TF-IDF [t], unit length in each text: (1 + ln count) * idf."""
        values = (1 + np.log(self.counts)) * idf[self.where]
        owner = np.repeat(np.arange(len(self.sizes)), self.sizes)
        length = np.sqrt(np.bincount(owner, values.astype(np.float64) ** 2, len(self.sizes)))
        result: Array = (values / np.where(length > 0, length, 1)[owner]).astype(np.float32)
        return result
