"""The tagger's small network in numpy: states, features and words -> two convolutions over words -> each label's probability."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from companion.shop.understanding.tagger_spans import LABELS, Floats

UNKNOWN = 0
"""Row of the embedding for words that are not in the vocabulary."""
REACH = 3
"""Words that a convolution sees."""


class BadTaggerError(ValueError):
    """A tagger's files that must not be used; the message says why."""


@dataclass(frozen=True)
class Net:
    """One network. h: hidden width, d: of states, f: of features, e: of embeddings.

    Attributes:
        states: [d, p], with `states_b` [p]: makes states smaller.
        words: [vocabulary, e].
        entry: [p + f + e, h], with `entry_b` [h].
        first, second: [3 h, h], with `first_b`, `second_b` [h]: the word before, it, the word after.
        labels: [h, 15], with `labels_b` [15].
    """

    states: Floats
    states_b: Floats
    words: Floats
    entry: Floats
    entry_b: Floats
    first: Floats
    first_b: Floats
    second: Floats
    second_b: Floats
    labels: Floats
    labels_b: Floats

    def chances(self, states: Floats, features: Floats, words: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
        """Probabilities [n, 15] of n words by their states [n, d], features [n, f] and places in the vocabulary [n]."""
        x = np.concatenate([states @ self.states + self.states_b, features, self.words[words]], 1)
        x = np.maximum(x @ self.entry + self.entry_b, 0)
        for weights, bias in ((self.first, self.first_b), (self.second, self.second_b)):
            padded = np.pad(x, ((1, 1), (0, 0)))
            around = np.concatenate([padded[:-2], x, padded[2:]], 1)
            x = x + np.maximum(around @ weights + bias, 0)
        logits = x @ self.labels + self.labels_b
        odds = np.exp(logits - logits.max(1, keepdims=True))
        chances: Floats = odds / odds.sum(1, keepdims=True)
        return chances

    def check(self, width: int, features: int) -> None:
        """Whether the arrays fit each other and inputs of these widths.

        Raises:
            BadTaggerError: naming the array that does not.
        """
        small, hidden, embedded = self.states.shape[-1], self.labels.shape[0], self.words.shape[-1]
        shapes: Mapping[str, tuple[int, ...]] = {
            "states": (width, small),
            "states_b": (small,),
            "words": (len(self.words), embedded),
            "entry": (small + features + embedded, hidden),
            "entry_b": (hidden,),
            "first": (REACH * hidden, hidden),
            "first_b": (hidden,),
            "second": (REACH * hidden, hidden),
            "second_b": (hidden,),
            "labels": (hidden, len(LABELS)),
            "labels_b": (len(LABELS),),
        }
        for name, shape in shapes.items():
            array: Floats = getattr(self, name)
            if array.shape != shape or not np.isfinite(array).all():
                raise BadTaggerError(
                    f"the tagger's array {name!r} has shape {array.shape} or odd values, expected {shape}; reinstall BuySignal"
                )


def save(path: Path, nets: list[Net], vocabulary: list[str]) -> None:
    """Write networks as float16 and the vocabulary, no pickle."""
    arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {
        f"{name}_{place}": getattr(net, name).astype(np.float16) for place, net in enumerate(nets) for name in Net.__dataclass_fields__
    }
    arrays["vocabulary"] = np.frombuffer("\n".join(vocabulary).encode(), np.uint8)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def load(path: Path) -> tuple[list[Net], dict[str, int]]:
    """The networks of a file, and the rows of its vocabulary's words.

    Raises:
        BadTaggerError: it is no such file.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            count = sum(name.startswith("states_b_") for name in stored.files)
            nets = [
                Net(**{name: stored[f"{name}_{place}"].astype(np.float32) for name in Net.__dataclass_fields__}) for place in range(count)
            ]
            words = stored["vocabulary"].tobytes().decode().split("\n")
    except (OSError, ValueError, KeyError) as error:
        raise BadTaggerError(f"{path} cannot be read ({error}); reinstall BuySignal") from error
    if not nets or any(len(net.words) != len(words) + 1 for net in nets):
        raise BadTaggerError(f"{path} holds no networks that fit its vocabulary; reinstall BuySignal")
    return nets, {word: place for place, word in enumerate(words, 1)}
