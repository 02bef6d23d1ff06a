"""What each choice of the recipe is worth: the same small training with one thing changed.

    python -m bench.ablations [--seeds N] [NAME...]

Trains on 3,000 English seed lines for two epochs and measures the encoder alone, uncalibrated, on the English exam and, where there
are some (see bench/adaptation.py), on real comments. F1 is at the best threshold, because none of these is calibrated. With
`--seeds 3` each is trained with three seeds, and the table shows their mean and in brackets the lowest and the highest: a difference
smaller than that spread says nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from sklearn.metrics import average_precision_score, cohen_kappa_score, f1_score, roc_auc_score
from torch import Tensor, nn

from bench.ablation_texts import REWRITES, changed_by_case
from bench.adaptation import graded_file
from companion.intent.context import Context, render
from companion.intent.heads import distribution, falling, sigmoid
from companion.intent.prediction import GRADES, HIGH_GRADE
from companion.intent.text import normalise
from companion.training.cleaning import clean
from companion.training.examples import Example
from companion.training.exams import load_exam
from companion.training.finetune import Recipe, fast, finetune, tensors, tokenizer_of
from companion.training.lessons import WIDTHS, Answers, Array, Lessons, Pair, lessons_of, taught
from companion.training.network import IntentNetwork, base_folder
from companion.training.seed import load_seed
from companion.training.teacher import OWN_SHARE, ask, distilled

LINES, EPOCHS = 3000, 2
SEED = Recipe().seed
MEMBERS = (SEED, SEED + 1, SEED + 2)
"""Seeds of the networks that are averaged."""

_RANK = 8


@dataclass(frozen=True)
class Rows:
    """Graded comments as (text as typed, rendered context), and grades."""

    name: str
    pairs: list[Pair]
    grades: list[int]


Reader = Callable[[Sequence[Pair]], Array]
"""Texts as typed with their contexts -> P(grade > k), [n, 9]."""

Rewrite = Callable[[str], str]


def main(arguments: Sequence[str]) -> None:
    """Run the named ablations, or all, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.ablations")
    parser.add_argument("--seeds", type=int, default=1, help="trainings of each (default 1)")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {'; '.join(_ABLATIONS)}")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in _ABLATIONS]
    if unknown:
        parser.error(f"no ablation is called {unknown[0]!r}; there are: {'; '.join(_ABLATIONS)}")
    sets = [_exam(), *_real()]
    table = Table("changed", "measured on", "F1 (best)", "PR-AUC", "ROC-AUC", "QWK", "MAE", box=None)
    for name in chosen.names or list(_ABLATIONS):
        readers = [_ABLATIONS[name](SEED + number) for number in range(chosen.seeds)]
        for rows in sets:
            figures = [_measures(read(rows.pairs), rows.grades) for read in readers]
            table.add_row(name, rows.name, *(_told(values) for values in zip(*figures, strict=True)))
        print(name, "done", file=sys.stderr, flush=True)
    Console(width=180).print(table)
    print(f"in small letters, {changed_by_case([x.text for x in _examples()])} of {LINES} lines have other tokens")


def _told(values: Sequence[float]) -> str:
    spread = f" ({min(values):.3f}-{max(values):.3f})" if len(values) > 1 else ""
    return f"{np.mean(values):.3f}{spread}"


@cache
def _plain_network(seed: int) -> IntentNetwork:
    return _fit(_lessons(), seed)


def _plain(seed: int) -> Reader:
    return _network(_plain_network(seed))


def _without_context(seed: int) -> Reader:
    lessons = _lessons()
    read = _network(_fit(replace(lessons, pairs=[(text, "") for text, _ in lessons.pairs]), seed))
    return lambda pairs: read([(text, "") for text, _ in pairs])


def _rewritten(rewrite: Rewrite, seed: int) -> Reader:
    return _network(_fit(_lessons(rewrite), seed), rewrite)


def _frozen(seed: int) -> Reader:
    network = _base(seed)
    network.pooled.requires_grad_(False)
    return _network(_fit(_lessons(), seed, network, epochs=4))


def _lora(seed: int) -> Reader:
    network = _base(seed)
    network.pooled.requires_grad_(False)
    encoder: Any = network.pooled.encoder
    for layer in encoder.encoder.layer:
        attention = layer.attention.self
        attention.query, attention.value = _LowRank(attention.query), _LowRank(attention.value)
    return _network(_fit(_lessons(), seed, network, learning_rate=1e-3))


def _four_layers(seed: int) -> Reader:
    network = _base(seed)
    encoder: Any = network.pooled.encoder
    encoder.encoder.layer = nn.ModuleList([encoder.encoder.layer[i] for i in (0, 2, 3, 5)])
    return _network(_fit(_lessons(), seed, network))


def _class_weights(seed: int) -> Reader:
    lessons = _lessons()
    high = lessons.answers.ordinal[:, HIGH_GRADE - 2] > 0.5
    return _network(_fit(replace(lessons, weight=np.where(high, 0.5 / high.mean(), 0.5 / (1 - high.mean())).astype(np.float32)), seed))


def _one_of_ten(seed: int) -> Reader:
    """Ten classes in place of nine steps: targets and answers go through the signal-like softmax of the ordinal head's width + 1."""
    lessons = _lessons()
    network = _base(seed)
    network.heads["signal"] = nn.Linear(384, len(GRADES))
    steps = np.concatenate([np.ones((len(lessons), 1)), lessons.answers.ordinal, np.zeros((len(lessons), 1))], axis=1)
    classes = (steps[:, :-1] - steps[:, 1:]).astype(np.float32)
    weights = replace(Recipe().weights, ordinal=0.0, signal=2.0)
    fitted = _fit(replace(lessons, answers=replace(lessons.answers, signal=classes)), seed, network, weights=weights)

    def read(pairs: Sequence[Pair]) -> Array:
        said = _asked_signal(fitted, _written(pairs, normalise))
        above: Array = (1 - np.cumsum(said, axis=1)[:, :-1]).astype(np.float32)
        return above

    return read


def _averaged(_: int) -> Reader:
    return lambda pairs: _members_say(_written(pairs, normalise)).ordinal


def _members_say(pairs: Sequence[Pair]) -> Answers:
    """The mean of what the networks of `MEMBERS` say of normalised pairs."""
    said = [ask(_plain_network(seed), pairs) for seed in MEMBERS]
    return Answers(**{name: np.mean([getattr(one, name) for one in said], axis=0).astype(np.float32) for name in WIDTHS})


def _members_in_one(seed: int) -> Reader:
    """Half label, half what the members say together."""
    lessons = _lessons()
    return _network(_fit(lessons.softened(_members_say(lessons.pairs), OWN_SHARE), seed))


def _members_in_one_with_variants(seed: int) -> Reader:
    """The same pairs as those of `_taught`, with the members in the teacher's place."""
    lessons, pairs = _lessons(), _taught_lessons().pairs[LINES:]
    own = lessons.softened(_members_say(lessons.pairs), OWN_SHARE)
    return _network(_fit(own + taught(pairs, _members_say(pairs)), seed))


def _taught(seed: int) -> Reader:
    return _network(_fit(_taught_lessons(), seed))


def _taught_lessons() -> Lessons:
    """The lines, then a variant of each, with the teacher's answers."""
    everything = clean(load_seed())[0]
    lessons, owners = distilled(everything)
    chosen = set(_chosen(everything))
    return lessons.take(np.array([i for i, owner in enumerate(owners) if int(owner) in chosen]))


_ABLATIONS: dict[str, Callable[[int], Reader]] = {
    "nothing": _plain,
    "comment alone, without its context": _without_context,
    "encoder frozen, heads only (4 epochs)": _frozen,
    "LoRA of rank 8 on query and value": _lora,
    "four of the six layers": _four_layers,
    "class weights": _class_weights,
    "ten classes in place of nine steps": _one_of_ten,
    "three seeds averaged": _averaged,
    "three seeds distilled into one": _members_in_one,
    "three seeds distilled into one, with variants": _members_in_one_with_variants,
    "teacher's soft labels and variants": _taught,
    **{name: partial(_rewritten, rewrite) for name, rewrite in REWRITES.items()},
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


def _lessons(rewrite: Rewrite = normalise) -> Lessons:
    examples = _examples()
    return replace(lessons_of(examples), pairs=[(rewrite(x.text), render(x.context)) for x in examples])


def _base(seed: int) -> IntentNetwork:
    torch.manual_seed(seed)
    return IntentNetwork(base_folder())


def _fit(lessons: Lessons, seed: int, start: IntentNetwork | None = None, **changes: Any) -> IntentNetwork:
    return finetune(lessons, replace(Recipe(epochs=EPOCHS, seed=seed), **changes), start=start)


def _network(network: IntentNetwork, rewrite: Rewrite = normalise) -> Reader:
    return lambda pairs: ask(network, _written(pairs, rewrite)).ordinal


def _written(pairs: Sequence[Pair], rewrite: Rewrite) -> list[Pair]:
    return [(rewrite(text), context) for text, context in pairs]


def _asked_signal(network: IntentNetwork, pairs: Sequence[Pair]) -> Array:
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
    return Rows("English exam", [(x.text, render(x.context)) for x in examples], [x.grade for x in examples])


def _real() -> list[Rows]:
    file = graded_file()
    if file is None:
        return []
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [Rows("real comments", [(x["text"], render(Context.of(x["context"]))) for x in rows], [x["grade"] for x in rows])]


if __name__ == "__main__":
    main(sys.argv[1:])
