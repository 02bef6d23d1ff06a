"""Soft labels: what a larger network says, kept in a file, so that the shipped model can be built without it.

    python -m companion.training.teacher NETWORK.safetensors BASE_FOLDER

reads the seed and its variants with a fine-tuned teacher and writes `teacher.npz`. docs/model.md says which teacher it was.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from torch import Tensor

from companion.training.cleaning import clean
from companion.training.examples import Example
from companion.training.finetune import fast, tensors, tokenizer_of
from companion.training.lessons import WIDTHS, Answers, Array, Lessons, Pair, lessons_of, pair_of, taught
from companion.training.network import IntentNetwork
from companion.training.seed import load_seed
from companion.training.variants import variants

FILE = Path(__file__).parent / "teacher.npz"
LANGUAGES = ("en", "un")
"""The teacher read English only in its youth: in other languages the labels teach better than it does."""

HEADS = ("ordinal", "signal", "sentiment")
"""What the teacher was trained to say."""

ROUNDS = (1,)
"""Seeds of the variants: one variant of each example a round."""

OWN_SHARE = 0.5
"""How much of a graded example's answer comes from the teacher; a variant's comes from it alone."""

Owners = npt.NDArray[np.int64]

_STEPS = 255  # probabilities are kept as bytes
_BATCH = 64


class StaleTeacherError(ValueError):
    """The stored answers are about other pairs than these."""


def ask(network: IntentNetwork, pairs: Sequence[Pair]) -> Answers:
    """What a network says of pairs."""
    tokenizer = tokenizer_of(network.base)
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
    parts = {name: np.zeros((len(pairs), width), np.float32) for name, width in WIDTHS.items()}
    network.eval()
    with torch.no_grad():
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            with fast():
                logits = network(**tensors(tokenizer, [pairs[i] for i in rows]))
            for name in WIDTHS:
                parts[name][rows] = _probabilities(name, getattr(logits, name))
    return Answers(**parts)


def distilled(examples: Sequence[Example], file: Path = FILE) -> tuple[Lessons, Owners]:
    """Lessons of the examples and of variants of those that the teacher reads well, with its stored answers.

    Returns the lessons and, for each, the number of the example that it was made of, so that a part can be held out.

    Raises:
        StaleTeacherError: the file was made from other examples.
    """
    own, made = _asked(examples)
    with np.load(file, allow_pickle=False) as stored:
        if str(stored["pairs"]) != _digest([*own.values(), *made]):
            raise StaleTeacherError(f"{file.name} belongs to another seed; ask the teacher again (docs/model.md) or build without it")
        said = _unpacked({name: stored[name] for name in WIDTHS if name in stored}, len(own) + len(made))
    rows = np.array(list(own))
    lessons = lessons_of(examples)
    mixed = lessons.answers.take(rows).mixed(said.take(range(len(own))), OWN_SHARE)
    for name in WIDTHS:
        getattr(lessons.answers, name)[rows] = getattr(mixed, name)
    variety = taught(made, said.take(range(len(own), len(said))))
    return lessons + variety, np.concatenate([np.arange(len(examples)), np.tile(rows, len(ROUNDS))])


def _unpacked(stored: dict[str, npt.NDArray[np.uint8]], n: int) -> Answers:
    """Probabilities of the heads that the teacher has; silence for the others."""
    silence = {name: np.full((n, width), np.nan if name == "flags" else 0, np.float32) for name, width in WIDTHS.items()}
    known: dict[str, Array] = {name: (values / np.float32(_STEPS)).astype(np.float32) for name, values in stored.items()}
    return Answers(**{**silence, **known})


def save(network: IntentNetwork, examples: Sequence[Example], file: Path = FILE) -> None:
    """Ask the teacher about the examples and their variants and write the answers."""
    own, made = _asked(examples)
    pairs = [*own.values(), *made]
    said = ask(network, pairs)
    whole = {name: np.rint(getattr(said, name) * _STEPS).astype(np.uint8) for name in HEADS}
    np.savez_compressed(file, pairs=np.array(_digest(pairs)), **whole)


def _asked(examples: Sequence[Example]) -> tuple[dict[int, Pair], list[Pair]]:
    """The pairs that the teacher is asked about: of examples in its language, by their number, and of their variants."""
    own = {i: pair_of(x) for i, x in enumerate(examples) if x.lang in LANGUAGES}
    known = [examples[i] for i in own]
    return own, [pair for seed in ROUNDS for pair in variants(known, seed)]


def _digest(pairs: Sequence[Pair]) -> str:
    return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()


def _probabilities(name: str, logits: Tensor) -> Array:
    if name in ("ordinal", "flags"):
        found = logits.sigmoid()
        found = found.cummin(1).values if name == "ordinal" else found
    else:
        found = logits.softmax(1)
    result: Array = found.numpy()
    return result


if __name__ == "__main__":
    teacher = IntentNetwork(Path(sys.argv[2]))
    teacher.load_state_dict(load_file(sys.argv[1]))
    save(teacher, clean(load_seed())[0])
