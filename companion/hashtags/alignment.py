"""Finding the project's kinds of products in any tree of categories, by names and by meaning."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from companion.hashtags.taxonomy import Category
from companion.hashtags.vectors import Matrix, Vectors, dot
from companion.hashtags.vocabulary import vocabulary

MAX_CHILDREN = 40
"""Names below a category that are read; the longest list of eBay's second level has 48."""

NAME, PATH, CHILD = 0.45, 0.25, 0.3
"""Shares of the likeness to a category's own name, to its whole path, and to the best of the names below it."""

WORDS = 0.5
"""Weight of shared words beside the likeness of meaning."""

SHARPNESS = 12.0
"""How steeply the chance of a category falls with its score (softmax)."""

LATER = 0.92
"""Weight of the score of each further phrase of a kind's list: the first says it best."""

NEXT = 0.7
"""Share of each further phrase in where the kind's goods lie: a kind may fill several shelves ("dog supplies; cat supplies")."""

BEST = 0.5
"""Weight of the best phrase beside the mean of all phrases."""

ASIDE = 0.12
"""Taken from shelves of old, collected or industrial goods that the phrase does not ask for."""

_ASIDE = frozenset(
    ["antique", "vintage", "collectible", "memorabilia", "autograph", "mem", "industrial", "nursery", "reprint", "ancient", "medieval"]
)

KEPT = 6
"""Categories that are kept for a kind."""

_STOP = frozenset("and the of for other others accessories supplies parts products equipment general s")
_TOKEN = re.compile(r"[^\W_]+")


def stems(text: str) -> tuple[str, ...]:
    """Words in small letters without a plural ending.

    >>> stems("Cell Phones & Accessories")
    ('cell', 'phone', 'accessory')
    """
    return tuple(_stem(word) for word in _TOKEN.findall(text.casefold().replace("’", "'").replace("'s", "")))


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")) else word


class CategoryTexts:
    """A tree's level as vectors and words.

    Args:
        categories: the level, in order.
        vectors: the sentence vectors.
    """

    def __init__(self, categories: Sequence[Category], vectors: Vectors) -> None:
        self.categories = tuple(categories)
        self.names = vectors.of([c.name.casefold() for c in categories])
        self.paths = vectors.of([" ".join(c.path).casefold() for c in categories])
        listed = [(at, child.casefold()) for at, c in enumerate(categories) for child in c.children[:MAX_CHILDREN]]
        self._owner = np.array([at for at, _ in listed], np.int64)
        self._parents, self._firsts = np.unique(self._owner, return_index=True)
        self._children = vectors.of([child for _, child in listed])
        self._name_words = [frozenset(stems(c.name)) for c in categories]
        self._path_words = [frozenset(stems(" ".join(c.path))) for c in categories]
        self._child_words = [[frozenset(stems(child)) for child in c.children[:MAX_CHILDREN]] for c in categories]
        counts = Counter(word for words in self._path_words for word in words)
        self._rarity = {word: math.log(1 + len(categories) / n) for word, n in counts.items()}
        self._rarest = math.log(1 + len(categories))

    def likeness(self, phrase_vectors: Matrix) -> Matrix:
        """Likeness of meaning of each phrase [n, d] to each category, float32 [n, categories]."""
        name = dot(phrase_vectors, self.names)
        child = name.copy()
        if len(self._owner):
            each = dot(phrase_vectors, self._children)
            child[:, self._parents] = np.maximum(child[:, self._parents], np.maximum.reduceat(each, self._firsts, axis=1))
        found: Matrix = (NAME * name + PATH * dot(phrase_vectors, self.paths) + CHILD * child).astype(np.float32)
        return found

    def shared(self, phrase: str) -> Matrix:
        """Rarity-weighted share of words in common with each category's name, path or best child, float32 [categories]."""
        own = frozenset(stems(phrase))
        out = np.zeros(len(self.categories), np.float32)
        for at, (name, path, children) in enumerate(zip(self._name_words, self._path_words, self._child_words, strict=True)):
            if own & path:
                out[at] = max(self._overlap(own, name), 0.6 * self._overlap(own, path))
            for child in children:
                if own & child:
                    out[at] = max(out[at], 0.8 * self._overlap(own, child))
        return out

    def aside(self, phrase: str) -> Matrix:
        """1 for categories of old, collected or industrial goods that the phrase does not name, else 0."""
        own = frozenset(stems(phrase))
        return np.array([bool((words & _ASIDE) - own) for words in self._path_words], np.float32)

    def _overlap(self, left: frozenset[str], right: frozenset[str]) -> float:
        """Weighted Jaccard index."""
        union = sum(map(self._weight, left | right))
        return sum(map(self._weight, left & right)) / union if union else 0.0

    def _weight(self, word: str) -> float:
        return 0.15 if word in _STOP else self._rarity.get(word, self._rarest)


def align(texts: CategoryTexts, vectors: Vectors) -> tuple[list[str], Matrix]:
    """Kind ids, and the chance of each category for each kind, float32 [kinds, categories]; rows sum to 1."""
    kinds = list(vocabulary().kinds.values())
    phrases = [(at, place, phrase) for at, kind in enumerate(kinds) for place, phrase in enumerate(kind.shop)]
    likeness = texts.likeness(vectors.of([phrase.casefold() for _, _, phrase in phrases]))
    best = np.full((len(kinds), len(texts.categories)), -1.0, np.float32)
    mean = np.zeros_like(best)
    for row, (at, place, phrase) in enumerate(phrases):
        scores = likeness[row] + WORDS * texts.shared(phrase) - ASIDE * texts.aside(phrase)
        best[at] = np.maximum(best[at], scores * LATER**place)
        mean[at] += NEXT**place * chances(scores[None])[0]
    whole = mean.sum(axis=1, keepdims=True)
    return [kind.id for kind in kinds], (BEST * chances(best) + (1 - BEST) * mean / np.where(whole > 0, whole, 1)).astype(np.float32)


def chances(scores: Matrix) -> Matrix:
    """Softmax over the best categories of each row."""
    if not scores.shape[1]:
        return scores
    cut = np.sort(scores, axis=1)[:, -min(KEPT, scores.shape[1])][:, None]
    grown = np.where(scores >= cut, np.exp(SHARPNESS * (scores - scores.max(axis=1, keepdims=True))), 0)
    found: Matrix = (grown / grown.sum(axis=1, keepdims=True)).astype(np.float32)
    return found
