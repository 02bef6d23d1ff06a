"""Cross-validation, choice of bounds, and the tagger that ships."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from companion.intent.model import file_hash
from companion.intent.neighbours import SHIPPED as ENCODER
from companion.shop.understanding.tagger import MANIFEST, WEIGHTS
from companion.shop.understanding.tagger_blend import Bounds
from companion.shop.understanding.tagger_network import UNKNOWN, Net, save
from companion.shop.understanding.tagger_spans import Floats, Tag
from companion.shop.understanding.tagger_states import WordStates
from companion.training.slots.bounds import Judged, chosen, table_of
from companion.training.slots.examples import Example, examples_of
from companion.training.slots.lines import SEED, read_seed
from companion.training.slots.network import Recipe, train, vocabulary_of

Say = Callable[[str], None]


def run(out: Path, recipe: Recipe, seed_folder: Path = SEED, say: Say = print) -> str:
    """Train on the lines of a folder and write the tagger; gives its id, which depends on the content.

    Raises:
        BadLineError: a line cannot be read.
    """
    lines, held_out = read_seed(seed_folder)
    states = WordStates()
    examples = examples_of(lines, states)
    say(f"{len(examples)} lines to learn from, {len(held_out)} held out")
    judged = cross_validated(examples, recipe, say)
    bounds = chosen(judged)
    _tell(say, f"cross-validated, {recipe.folds} folds", judged, bounds)
    vocabulary = vocabulary_of(examples)
    nets = [train(examples, vocabulary, replace(recipe, seed=recipe.seed + place)) for place in range(recipe.nets)]
    kept = [Judged.of(one, chances_of(nets, vocabulary, one)) for one in examples_of(held_out, states)]
    _tell(say, "held out", kept, bounds)
    return write(out, nets, vocabulary, bounds)


def cross_validated(examples: Sequence[Example], recipe: Recipe, say: Say) -> list[Judged]:
    """Every example judged by a network that did not learn from it."""
    fold_of = np.random.default_rng(recipe.seed).permutation(len(examples)) % recipe.folds
    judged: list[Judged] = []
    for fold in range(recipe.folds):
        learned = [one for one, its in zip(examples, fold_of, strict=True) if its != fold]
        kept = [one for one, its in zip(examples, fold_of, strict=True) if its == fold]
        vocabulary = vocabulary_of(learned)
        nets = [train(learned, vocabulary, replace(recipe, seed=recipe.seed + fold))]
        judged += [Judged.of(one, chances_of(nets, vocabulary, one)) for one in kept]
        say(f"fold {fold + 1} of {recipe.folds}")
    return judged


def chances_of(nets: Sequence[Net], vocabulary: Sequence[str], one: Example) -> Floats:
    """Mean probabilities [n, 15] by several networks."""
    rows = {word: place for place, word in enumerate(vocabulary, 1)}
    words = np.array([rows.get(token.word, UNKNOWN) for token in one.reading.tokens], np.int64)
    chances: Floats = np.mean([net.chances(one.states, one.features, words) for net in nets], 0)
    return chances


def write(out: Path, nets: list[Net], vocabulary: list[str], bounds: dict[Tag, Bounds]) -> str:
    """Weights and their manifest with hashes."""
    out.mkdir(parents=True, exist_ok=True)
    save(out / WEIGHTS, nets, vocabulary)
    hashes = {WEIGHTS: file_hash(out / WEIGHTS)}
    ident = f"slots-{sha256(json.dumps(hashes).encode()).hexdigest()[:8]}"
    manifest = {
        "id": ident,
        "bounds": {tag: asdict(one) for tag, one in bounds.items()},
        "encoder": file_hash(ENCODER / "model.onnx"),
        "sha256": hashes,
    }
    (out / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return ident


def _tell(say: Say, what: str, judged: Sequence[Judged], bounds: dict[Tag, Bounds]) -> None:
    say(f"F1 of spans, {what}: rules alone, blended")
    for name, alone, both in table_of(judged, bounds):
        found = next((one for tag, one in bounds.items() if tag == name), None)
        say(f"  {name:<9} {alone:.3f} {both:.3f}" + (f"  add {found.add}, keep {found.keep}" if found else ""))
