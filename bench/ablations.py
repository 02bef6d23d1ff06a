"""What each choice of the recipe is worth: the same small training with one thing changed. `python -m bench.ablations [NAME...]`.

Trains on 3,000 English seed lines for two epochs and measures the encoder alone, uncalibrated, on the English exam and, where there
are some (see bench/adaptation.py), on real comments. F1 is at the best threshold, because none of these is calibrated.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from sklearn.metrics import average_precision_score, cohen_kappa_score, f1_score, roc_auc_score
from torch import Tensor, nn

from bench.adaptation import graded_file
from companion.intent.context import Context, render
from companion.intent.heads import distribution, falling, sigmoid
from companion.intent.prediction import GRADES, HIGH_GRADE
from companion.training.cleaning import clean
from companion.training.examples import Example
from companion.training.exams import load_exam
from companion.training.finetune import Recipe, finetune
from companion.training.lessons import Array, Lessons, Pair, lessons_of, pair_of
from companion.training.network import IntentNetwork, base_folder
from companion.training.seed import load_seed
from companion.training.teacher import ask, distilled

LINES, EPOCHS = 3000, 2
_RANK = 8


@dataclass(frozen=True)
class Rows:
    """Graded comments as pairs and grades."""

    name: str
    pairs: list[Pair]
    grades: list[int]


Reader = Callable[[Sequence[Pair]], Array]
"""Pairs -> P(grade > k), [n, 9]."""


def main(names: Sequence[str]) -> None:
    """Run the named ablations, or all, and print a table."""
    sets = [_exam(), *_real()]
    table = Table("changed", "measured on", "F1 (best)", "PR-AUC", "ROC-AUC", "QWK", "MAE", box=None)
    console = Console(width=120)
    for name in names or list(_ABLATIONS):
        read = _ABLATIONS[name]()
        for rows in sets:
            table.add_row(name, rows.name, *(f"{value:.3f}" for value in _measures(read(rows.pairs), rows.grades)))
        print(name, "done", file=sys.stderr, flush=True)
    console.print(table)


def _plain() -> Reader:
    return _network(_fit(_lessons()))


def _without_context() -> Reader:
    lessons = _lessons()
    read = _network(_fit(replace(lessons, pairs=[(text, "") for text, _ in lessons.pairs])))
    return lambda pairs: read([(text, "") for text, _ in pairs])


def _frozen() -> Reader:
    network = IntentNetwork(base_folder())
    network.pooled.requires_grad_(False)
    return _network(_fit(_lessons(), network, epochs=4))


def _lora() -> Reader:
    network = IntentNetwork(base_folder())
    network.pooled.requires_grad_(False)
    encoder: Any = network.pooled.encoder
    for layer in encoder.encoder.layer:
        attention = layer.attention.self
        attention.query, attention.value = _LowRank(attention.query), _LowRank(attention.value)
    return _network(_fit(_lessons(), network, learning_rate=1e-3))


def _four_layers() -> Reader:
    network = IntentNetwork(base_folder())
    encoder: Any = network.pooled.encoder
    encoder.encoder.layer = nn.ModuleList([encoder.encoder.layer[i] for i in (0, 2, 3, 5)])
    return _network(_fit(_lessons(), network))


def _class_weights() -> Reader:
    lessons = _lessons()
    high = lessons.answers.ordinal[:, HIGH_GRADE - 2] > 0.5
    return _network(_fit(replace(lessons, weight=np.where(high, 0.5 / high.mean(), 0.5 / (1 - high.mean())).astype(np.float32))))


def _one_of_ten() -> Reader:
    """Ten classes in place of nine steps: targets and answers go through the signal-like softmax of the ordinal head's width + 1."""
    lessons = _lessons()
    network = IntentNetwork(base_folder())
    network.heads["signal"] = nn.Linear(384, len(GRADES))
    steps = np.concatenate([np.ones((len(lessons), 1)), lessons.answers.ordinal, np.zeros((len(lessons), 1))], axis=1)
    classes = (steps[:, :-1] - steps[:, 1:]).astype(np.float32)
    weights = replace(Recipe().weights, ordinal=0.0, signal=2.0)
    fitted = finetune(
        replace(lessons, answers=replace(lessons.answers, signal=classes)), replace(_recipe(), weights=weights), start=network
    )

    def read(pairs: Sequence[Pair]) -> Array:
        said = _asked_signal(fitted, pairs)
        above: Array = (1 - np.cumsum(said, axis=1)[:, :-1]).astype(np.float32)
        return above

    return read


def _two_seeds() -> Reader:
    readers = [_network(_fit(_lessons(), seed=seed)) for seed in (7, 8)]
    return lambda pairs: np.mean([read(pairs) for read in readers], axis=0).astype(np.float32)


def _taught() -> Reader:
    everything = clean(load_seed())[0]
    lessons, owners = distilled(everything)
    chosen = set(_chosen(everything))
    return _network(_fit(lessons.take(np.array([i for i, owner in enumerate(owners) if int(owner) in chosen]))))


_ABLATIONS: dict[str, Callable[[], Reader]] = {
    "nothing": _plain,
    "comment alone, without its context": _without_context,
    "encoder frozen, heads only (4 epochs)": _frozen,
    "LoRA of rank 8 on query and value": _lora,
    "four of the six layers": _four_layers,
    "class weights": _class_weights,
    "ten classes in place of nine steps": _one_of_ten,
    "two seeds averaged": _two_seeds,
    "teacher's soft labels and variants": _taught,
}


class _LowRank(nn.Module):
    """A frozen linear layer with a trained correction of low rank (Hu et al. 2021, arXiv 2106.09685)."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.down, self.up = nn.Linear(linear.in_features, _RANK, bias=False), nn.Linear(_RANK, linear.out_features, bias=False)
        nn.init.zeros_(self.up.weight)

    def forward(self, x: Tensor) -> Tensor:
        """Both paths added."""
        result: Tensor = self.linear(x) + 2 * self.up(self.down(x))
        return result


def _examples() -> list[Example]:
    everything = clean(load_seed())[0]
    return [everything[i] for i in _chosen(everything)]


def _chosen(everything: Sequence[Example]) -> list[int]:
    english = [i for i, x in enumerate(everything) if x.lang == "en"]
    return sorted(np.random.default_rng(0).permutation(english)[:LINES].tolist())


def _lessons() -> Lessons:
    return lessons_of(_examples())


def _recipe(**changes: Any) -> Recipe:
    return replace(Recipe(epochs=EPOCHS), **changes)


def _fit(lessons: Lessons, start: IntentNetwork | None = None, **changes: Any) -> IntentNetwork:
    return finetune(lessons, _recipe(**changes), start=start)


def _network(network: IntentNetwork) -> Reader:
    return lambda pairs: ask(network, pairs).ordinal


def _asked_signal(network: IntentNetwork, pairs: Sequence[Pair]) -> Array:
    from companion.training.finetune import fast, tensors, tokenizer_of

    tokenizer = tokenizer_of(network.base)
    with torch.no_grad(), fast():
        parts = [network(**tensors(tokenizer, pairs[i : i + 64])).signal.softmax(1) for i in range(0, len(pairs), 64)]
    return torch.cat(parts).numpy()


def _measures(above: Array, grades: Sequence[int]) -> list[float]:
    truth = np.array(grades)
    high, p = truth >= HIGH_GRADE, above[:, HIGH_GRADE - 2]
    clipped = np.clip(above, 1e-6, 1 - 1e-6)
    said = distribution(sigmoid(falling(np.log(clipped / (1 - clipped)).astype(np.float32)))) @ np.array(GRADES)
    levels = np.clip(np.rint(said), 1, 10).astype(int)
    return [
        max(f1_score(high, p >= at, zero_division=0) for at in np.linspace(0.05, 0.95, 91)),
        average_precision_score(high, p),
        roc_auc_score(high, p),
        cohen_kappa_score(truth, levels, weights="quadratic", labels=list(GRADES)),
        float(np.abs(said - truth).mean()),
    ]


def _exam() -> Rows:
    examples = load_exam("en")
    return Rows("English exam", [pair_of(x) for x in examples], [x.grade for x in examples])


def _real() -> list[Rows]:
    file = graded_file()
    if file is None:
        return []
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    from companion.intent.text import normalise

    return [Rows("real comments", [(normalise(x["text"]), render(Context.of(x["context"]))) for x in rows], [x["grade"] for x in rows])]


if __name__ == "__main__":
    main(sys.argv[1:])
