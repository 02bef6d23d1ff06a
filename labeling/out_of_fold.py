"""What a model says of labels that it never learned from: the one in use where it did not, else a light one made for the purpose."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from companion.intent import Context, IntentModel
from companion.intent.model import Traits
from companion.intent.prediction import GRADES, HIGH_GRADE, Item
from companion.intent.text import normalise
from companion.store.labels import LabelEvent
from labeling.suspects import Judged

Floats = npt.NDArray[np.float64]

FOLDS = 5
MIN_LABELS = 100
"""Labels below which a model learned from four fifths of them accuses at random."""

BATCH = 32
"""Comments read at a time: between two batches others may use the model."""

SHRINK = 0.05
"""Inverse strength of the light model's penalty: hundreds of numbers from hundreds of labels need a strong one."""

CONTEXT = ("caption", "hashtags", "product", "parent")


@dataclass(frozen=True)
class Reading:
    """Labels with what a model that never saw them says. `untouched` judged by the model in use, the rest out of fold.

    `why` is "" or why some labels could not be judged.
    """

    judged: tuple[Judged, ...]
    untouched: int
    why: str = ""


def judge(
    given: Sequence[LabelEvent], learned: Callable[[LabelEvent], bool], model: IntentModel, rest: Callable[[], object] = lambda: None
) -> Reading:
    """Judge labels.

    Args:
        given: labels with a grade, each comment once.
        learned: whether the model in use learned from a label's text.
        model: the model in use.
        rest: called between two batches, to let others use the model.
    """
    known = [one for one in given if one.grade is not None]
    if not known:
        return Reading((), 0)
    traits = read(known, model, rest)
    seen = np.array([learned(one) for one in known])
    distribution, p_high = np.array(traits.distribution, np.float64), np.array(traits.p_high, np.float64)
    why = ""
    if seen.any():
        made = _out_of_fold(known, np.array(traits.vectors, np.float64))
        if made is None:
            why = (
                f"The model in use learned from {int(seen.sum()):,} of these labels, so it cannot judge them; it takes {MIN_LABELS} labels "
                "with both low and high grades to judge them another way."
            )
        else:
            distribution[seen], p_high[seen] = made[seen], made[seen][:, HIGH_GRADE - 1 :].sum(1)
    usable = ~seen if why else np.ones(len(known), np.bool_)
    judged = [
        Judged(one.uuid, int(one.grade or 0), float(np.clip(p_high[at], 0, 1)), tuple((distribution[at] / distribution[at].sum()).tolist()))
        for at, one in enumerate(known)
        if usable[at]
    ]
    return Reading(tuple(judged), int((~seen).sum()), why)


def read(known: Sequence[LabelEvent], model: IntentModel, rest: Callable[[], object]) -> Traits:
    """Vectors and distributions of the labelled comments, which must not be none; `rest` is called between two batches."""
    parts = []
    for start in range(0, len(known), BATCH):
        rest()
        parts.append(model.traits([Item(one.text, _context(one)) for one in known[start : start + BATCH]]))
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in ("vectors", "distribution", "p_high")]
    return Traits(*columns)


def texts_learned(datasets: Path, dataset: str) -> frozenset[str] | None:
    """The normalised texts of a data set version, None where it is not there any more."""
    if not dataset:
        return None
    try:
        with (datasets / dataset / "examples.jsonl").open(encoding="utf-8") as stream:
            return frozenset(normalise(str(json.loads(line)["text"])) for line in stream)
    except (OSError, ValueError, KeyError):
        return None


def _context(one: LabelEvent) -> Context:
    return Context.of({key: one.context[key] for key in CONTEXT if one.context.get(key)})


def _out_of_fold(known: Sequence[LabelEvent], vectors: Floats) -> Floats | None:
    """[n, 10]: probability of each grade by logistic regression on the encoder's vectors, each label by a model without its text.

    The encoder of a model trained here has seen these labels too, which makes the light model milder, never harsher.
    """
    grades = np.array([one.grade for one in known])
    if len(known) < MIN_LABELS or len(set((grades >= HIGH_GRADE).tolist())) < 2:
        return None
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    texts = {text: at for at, text in enumerate(sorted({normalise(one.text) for one in known}))}
    groups = [texts[normalise(one.text)] for one in known]
    if len(texts) < FOLDS:
        return None
    made = np.zeros((len(known), len(GRADES)))
    for learn, ask in GroupKFold(FOLDS).split(vectors, grades, groups):
        light = make_pipeline(StandardScaler(), LogisticRegression(C=SHRINK, max_iter=300))
        if len(set(grades[learn].tolist())) < 2:
            return None
        light.fit(vectors[learn], grades[learn])
        made[np.ix_(ask, light.classes_ - 1)] = light.predict_proba(vectors[ask])
    return made
