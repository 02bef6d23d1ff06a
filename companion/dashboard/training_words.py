"""A training's stages, its time left and its outcome, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from companion.training_process import STARTING
from companion.training_progress import STAGES, Compared, Result

_STAGES = {
    "cleaning": "Cleaning the comments",
    "fine-tuning": "Learning from the comments",
    "lexical leg": "Learning words and spellings",
    "exporting": "Making the model small and fast",
    "comparing": "Comparing it with the model in use",
}

_MEASURES = {
    "buyers found (F1)": "Buyers found (F1)",
    "ranked right (ROC-AUC)": "Ranked right",
    "grades off by": "Off by",
    "ordered right": "Put in the right order",
}
"""The trainer's measures in the words of the models' table."""

_LESS_IS_BETTER = ("grades off by",)


@dataclass(frozen=True)
class ResultRow:
    """One measure of both models on one set; `better` says in words which did better there."""

    set: str
    n: int
    measure: str
    live: float | None
    candidate: float | None
    better: str


def stage_words(stage: str) -> str:
    """What a training is doing.

    >>> stage_words("cleaning")
    'Part 1 of 5: Cleaning the comments'
    """
    if stage == STARTING:
        return "Starting"
    if stage not in _STAGES:
        return _sentence(stage)
    return f"Part {STAGES.index(stage) + 1} of {len(STAGES)}: {_STAGES[stage]}"


def left_words(seconds: float | None) -> str:
    """How long something takes yet.

    >>> left_words(340), left_words(30), left_words(7300), left_words(None)
    ('about 6 minutes left', 'less than a minute left', 'about 2 h 2 min left', 'time left not known yet')
    """
    if seconds is None:
        return "time left not known yet"
    minutes = ceil(seconds / 60)
    if minutes <= 1:
        return "less than a minute left"
    return f"about {minutes} minutes left" if minutes < 90 else f"about {minutes // 60} h {minutes % 60} min left"


def headline(result: Result) -> str:
    """How a training ended."""
    if result.promoted:
        return "The new model is better and was put into use." if result.verdict == "better" else "The new model was put into use."
    return {
        "better": "The new model is better. It is not in use yet.",
        "not better": "The new model is not better, so the model in use stays.",
        "cannot tell yet": "There is too little to tell which is better, so the model in use stays.",
    }[result.verdict]


def result_rows(result: Result) -> list[ResultRow]:
    """The comparison, row by row."""
    return [ResultRow(x.set, x.n, _MEASURES.get(x.measure, _sentence(x.measure)), x.live, x.candidate, _better(x)) for x in result.rows]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _better(row: Compared) -> str:
    if row.live is None or row.candidate is None:
        return "not known"
    live, new = round(row.live, 2), round(row.candidate, 2)  # as shown: a difference that nobody sees is none
    if live == new:
        return "the same"
    return "new model" if (new < live) == (row.measure in _LESS_IS_BETTER) else "model so far"
