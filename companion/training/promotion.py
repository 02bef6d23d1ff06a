"""Whether a candidate is better than the model in use, decided on labels that neither learned from.

Two sets: the user's blind labels, by video, and the exams that came with BuySignal. The first must show the gain, the
second must not show a loss. With too few labels nobody can tell, and nothing is promoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import f1_score

from companion.intent import IntentModel, Item, Prediction
from companion.intent.metrics import Metrics, measure
from companion.intent.prediction import HIGH_GRADE
from companion.training.examples import Example
from companion.training.exams import load_exams, load_pairs, ordered_right
from companion.training_progress import Compared, Verdict

MIN_LABELS, MIN_HIGH, MIN_VIDEOS = 40, 8, 3
"""Blind labels below which chance decides."""

SURE = 0.9
"""Share of the resampled sets of videos on which the better model has to win."""

ALLOWED_LOSS = 0.02
"""F1 that the exams may lose: about their own noise."""

RESAMPLES = 1000
OWN, EXAMS = "your own labels kept aside", "exam comments that came with BuySignal"

_MEASURES = {"buyers found (F1)": "f1_high", "ranked right (ROC-AUC)": "roc_auc", "grades off by": "mae"}


@dataclass(frozen=True)
class Comparison:
    """What was found, in one word and in one sentence, with the table behind it."""

    verdict: Verdict
    reason: str
    rows: list[Compared]


def compare(candidate: IntentModel, live: IntentModel, blind: Sequence[Example]) -> Comparison:
    """Read both sets with both models and decide."""
    exams, pairs = load_exams(), load_pairs()
    rows: list[Compared] = []
    said = {}
    for name, examples in ((OWN, blind), (EXAMS, exams)):
        if examples:
            said[name] = [read(model, examples) for model in (live, candidate)]
            rows += _rows(name, examples, *said[name])
    rows.append(Compared("exam pairs", len(pairs), "ordered right", ordered_right(live, pairs), ordered_right(candidate, pairs)))
    verdict, reason = _decide(blind, exams, said)
    return Comparison(verdict, reason, rows)


def read(model: IntentModel, examples: Sequence[Example]) -> list[Prediction]:
    """What the model says of the examples."""
    return model.read([Item(x.text, x.context) for x in examples])


def figures(examples: Sequence[Example], said: Sequence[Prediction]) -> Metrics:
    """All measures of a model's answers."""
    return measure([x.grade for x in examples], [x.signal or "" for x in examples], [x.sentiment or "" for x in examples], said)


def _rows(name: str, examples: Sequence[Example], live: list[Prediction], candidate: list[Prediction]) -> list[Compared]:
    old, new = figures(examples, live), figures(examples, candidate)
    return [Compared(name, len(examples), words, old[key], new[key]) for words, key in _MEASURES.items()]


def _decide(blind: Sequence[Example], exams: Sequence[Example], said: dict[str, list[list[Prediction]]]) -> tuple[Verdict, str]:
    loss = _f1(exams, said[EXAMS][0]) - _f1(exams, said[EXAMS][1])
    if loss > ALLOWED_LOSS:
        return "not better", f"It finds buyers less well on the {EXAMS}: its score is lower by {loss:.2f}."
    high, videos = sum(x.grade >= HIGH_GRADE for x in blind), len({x.group for x in blind})
    if len(blind) < MIN_LABELS or high < MIN_HIGH or videos < MIN_VIDEOS:
        there = f"{len(blind)} of your labels ({high} of them buyers, from {videos} videos) were kept aside to check"
        return "cannot tell yet", f"{there}; it takes at least {MIN_LABELS} ({MIN_HIGH} buyers, {MIN_VIDEOS} videos). Label more comments."
    gain = _f1(blind, said[OWN][1]) - _f1(blind, said[OWN][0])
    wins = win_share(blind, *said[OWN])
    if gain <= 0:
        return "not better", f"It finds buyers no better on {OWN}: its score differs by {gain:+.2f}."
    if wins < SURE:
        return "cannot tell yet", f"Its score is higher by {gain:.2f} on {OWN}, but that may be chance. Label comments of more videos."
    return "better", f"It finds buyers better on {OWN}: its score is higher by {gain:.2f}, which is unlikely to be chance."


def win_share(examples: Sequence[Example], live: Sequence[Prediction], candidate: Sequence[Prediction]) -> float:
    """Share of resamples, drawn by video with replacement, on which the candidate's F1 is higher; half of the ties count."""
    groups = sorted({x.group for x in examples})
    member = np.array([[x.group == name for x in examples] for name in groups], np.int64)
    drawn = np.random.default_rng(0).integers(len(groups), size=(RESAMPLES, len(groups)))
    old, new = (_f1_of((member @ _outcomes(examples, said))[drawn].sum(1)) for said in (live, candidate))
    return float(np.where(new > old, 1.0, np.where(new == old, 0.5, 0.0)).mean())


def _outcomes(examples: Sequence[Example], said: Sequence[Prediction]) -> npt.NDArray[np.int64]:
    """[n, 2]: whether a comment is a buyer found, and whether it is one missed or one seen in vain."""
    truth, high = _truth(examples), _high(said)
    return np.stack([truth & high, truth ^ high], axis=1).astype(np.int64)


def _f1_of(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """F1 [r] of numbers found and wrong [r, 2]; 0 where there is neither."""
    found, wrong = counts.T
    result: npt.NDArray[np.float64] = 2 * found / np.maximum(2 * found + wrong, 1)
    return result


def _f1(examples: Sequence[Example], said: Sequence[Prediction]) -> float:
    return float(f1_score(_truth(examples), _high(said), zero_division=0))


def _truth(examples: Sequence[Example]) -> npt.NDArray[np.bool_]:
    return np.array([x.grade >= HIGH_GRADE for x in examples])


def _high(said: Sequence[Prediction]) -> npt.NDArray[np.bool_]:
    return np.array([x.p_high >= 0.5 for x in said])
