"""The tagger's network in torch, trained on queries laid behind each other with an empty row between, and turned into arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from companion.shop.understanding.tagger_network import REACH, UNKNOWN, Net
from companion.shop.understanding.tagger_spans import ID, LABELS, labels_of
from companion.training.slots.examples import Example

SMALL, EMBEDDED, HIDDEN = 96, 24, 128
LEAST = 3
"""Times that a word has to stand in the lines for a row of its own."""


@dataclass(frozen=True)
class Recipe:
    """How the tagger is trained.

    Attributes:
        seed: same seed, same tagger.
        folds: of the cross-validation that the bounds are chosen by.
        nets: whose probabilities are averaged in the end.
        epochs, lines, rate, decay, dropout, smoothing: of AdamW: passes, lines a step, highest learning rate, weight decay, of labels.
        forget: share of words that are unknown in a step.
    """

    seed: int = 0
    folds: int = 3
    nets: int = 3
    epochs: int = 16
    lines: int = 16
    rate: float = 3e-3
    decay: float = 1e-2
    dropout: float = 0.35
    smoothing: float = 0.05
    forget: float = 0.1


class Network(nn.Module):
    """The sums of `tagger_network.Net`."""

    def __init__(self, states: int, features: int, vocabulary: int, dropout: float) -> None:
        super().__init__()
        self.states = nn.Linear(states, SMALL)
        self.words = nn.Embedding(vocabulary + 1, EMBEDDED)
        self.entry = nn.Linear(SMALL + features + EMBEDDED, HIDDEN)
        self.first, self.second = nn.Linear(REACH * HIDDEN, HIDDEN), nn.Linear(REACH * HIDDEN, HIDDEN)
        self.labels = nn.Linear(HIDDEN, len(LABELS))
        self.state_dropout, self.dropout = nn.Dropout(0.2), nn.Dropout(dropout)

    def forward(self, states: Tensor, features: Tensor, words: Tensor, real: Tensor) -> Tensor:
        """Logits [n, 15]; `real` [n, 1] is 0 in the rows between queries."""
        x = torch.cat([self.states(self.state_dropout(states)), features, self.words(words)], 1)
        x = torch.relu(self.entry(self.dropout(x))) * real
        for layer in (self.first, self.second):
            y = nn.functional.pad(self.dropout(x), (0, 0, 1, 1))
            x = (x + torch.relu(layer(torch.cat([y[:-2], y[1:-1], y[2:]], 1)))) * real
        logits: Tensor = self.labels(self.dropout(x))
        return logits

    def arrays(self) -> Net:
        """As numpy serves it."""
        parts = {"words": self.words.weight.detach().numpy()}
        for name in ("states", "entry", "first", "second", "labels"):
            layer: nn.Linear = getattr(self, name)
            parts[name], parts[f"{name}_b"] = layer.weight.detach().T.contiguous().numpy(), layer.bias.detach().numpy()
        return Net(**{name: value.astype(np.float16).astype(np.float32) for name, value in parts.items()})


def vocabulary_of(examples: Sequence[Example]) -> list[str]:
    """Words that stand there often enough, the commonest first."""
    counts = Counter(token.word for one in examples for token in one.reading.tokens)
    return [word for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= LEAST]


def train(examples: Sequence[Example], vocabulary: Sequence[str], recipe: Recipe) -> Net:
    """A network trained on the examples; the same seed gives the same network on the same machine."""
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    rows = {word: place for place, word in enumerate(vocabulary, 1)}
    laid = [_laid(one, rows) for one in examples]
    network = Network(examples[0].states.shape[1], examples[0].features.shape[1], len(vocabulary), recipe.dropout)
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    batches = -(-len(laid) // recipe.lines)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=recipe.epochs * batches, pct_start=0.1)
    network.train()
    for _ in range(recipe.epochs):
        order = rng.permutation(len(laid))
        for start in range(0, len(order), recipe.lines):
            chosen = [laid[place] for place in order[start : start + recipe.lines]]
            states, features, words, right = (np.concatenate([one[part] for one in chosen]) for part in range(4))
            words = np.where(rng.random(len(words)) < recipe.forget, UNKNOWN, words)
            targets = torch.from_numpy(right)
            real = (targets >= 0).float()[:, None]
            logits = network(torch.from_numpy(states), torch.from_numpy(features), torch.from_numpy(words), real)
            loss = nn.functional.cross_entropy(logits, targets, ignore_index=-1, label_smoothing=recipe.smoothing)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            rates.step()
    return network.eval().arrays()


def _laid(one: Example, rows: dict[str, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """States, features, words and right labels with an empty row at the end, whose label is -1."""
    words = np.array([*(rows.get(token.word, UNKNOWN) for token in one.reading.tokens), UNKNOWN], np.int64)
    right = np.array([*(ID[label] for label in labels_of(one.spans, len(words) - 1)), -1], np.int64)
    return np.pad(one.states, ((0, 1), (0, 0))), np.pad(one.features, ((0, 1), (0, 0))), words, right
