"""Whether somebody grades differently than before, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from labeling.votes import Answer, last_answers

Floats = npt.NDArray[np.float64]

WINDOW = 50
"""Answers in the rolling mean: half a session, so that one odd comment moves it by a fiftieth."""

MIN_ANSWERS = 30
"""Compared answers below which no change can be told from chance."""

MIN_SIDE = 10
"""Answers that have to lie on either side of a change."""

SURE = 0.01
"""How rarely chance may make such a change: several people are tested, again and again."""

WORTH_NAMING = 0.5
"""Grades that a change has to be large: half a grade is what guidelines are argued about."""

WORTH_NAMING_SHARE = 0.1
"""The same for the share of right answers to known items."""

SHUFFLES = 999
_CELLS = 2_000_000


@dataclass(frozen=True)
class Point:
    """The last WINDOW answers at a moment: `bias` their mean in grades, `right` the share right on known ones (None without any)."""

    at: int
    n: int
    bias: float
    right: float | None


@dataclass(frozen=True)
class Change:
    """A step in somebody's answers.

    Attributes:
        at: time of the first answer after it, UTC milliseconds.
        place: how many answers came before it.
        before, after: mean until then and from then on.
        p: how often chance alone makes a step as clear, 0-1.
        says: the step in a sentence.
    """

    at: int
    place: int
    before: float
    after: float
    p: float
    says: str


@dataclass(frozen=True)
class Drift:
    """One person over time.

    Attributes:
        points: rolling means, one an answer from the tenth on.
        bias: the step in bias, None where there is none worth naming.
        accuracy: the step in the share of right answers to known items, None likewise.
        why: "" or why nothing can be told yet.
    """

    points: tuple[Point, ...]
    bias: Change | None
    accuracy: Change | None
    why: str = ""


def references(answers: Iterable[Answer], gold: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """(item, person) -> the grade to hold that person's answer against: the known one, else the mean of the others' on it."""
    of: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for answer in last_answers(answers):
        if answer.grade is not None:
            of[answer.item][answer.annotator] = answer.grade
    against: dict[tuple[str, str], float] = {}
    for item, grades in of.items():
        for name, grade in grades.items():
            if item in gold:
                against[item, name] = gold[item]
            elif len(grades) > 1:
                against[item, name] = (sum(grades.values()) - grade) / (len(grades) - 1)
    return against


def drift(answers: Sequence[Answer], gold: Mapping[str, int], seed: int = 0) -> dict[str, Drift]:
    """Everybody over time, by name.

    The series is grade - reference (see `references`) of the answers that have one, in order of time. The step is put where
    sqrt(k (n - k) / n) |mean after - mean before| is largest, k the answers before it and MIN_SIDE at least on either side; p is
    the share of SHUFFLES random orders in which that maximum is as large, (1 + hits) / (1 + SHUFFLES), range 0.001-1. It is
    reported where p <= SURE and the step is at least WORTH_NAMING (WORTH_NAMING_SHARE for
    accuracy). Where two people disagree about since when, only known items tell which of them changed.
    Source: Hinkley, Biometrika 57 (1970) 1-17 (the place); Davison and Hinkley, Bootstrap Methods (1997), 4.3 (permutation p).

    Args:
        answers: of everybody; times in UTC milliseconds. A clock that jumped puts answers where it said they were.
        gold: item -> known grade.
        seed: of the random orders.
    """
    against = references(answers, gold)
    of: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in last_answers(answers):
        of[answer.annotator] += [answer] if (answer.item, answer.annotator) in against else []
    return {name: _drift(said, against, gold, seed) for name, said in sorted(of.items())}


def _drift(said: Sequence[Answer], against: Mapping[tuple[str, str], float], gold: Mapping[str, int], seed: int) -> Drift:
    off = np.array([(x.grade or 0) - against[x.item, x.annotator] for x in said], np.float64)
    known = [at for at, answer in enumerate(said) if answer.item in gold]
    right = (np.abs(off[known]) <= 1).astype(np.float64)
    times = [answer.at for answer in said]
    points = _rolling(times, off, known, right)
    if len(off) < MIN_ANSWERS:
        why = f"{len(off)} answers can be compared with a known grade or with other people's; it takes {MIN_ANSWERS} to see a change."
        return Drift(points, None, None, why)
    bias = _step(off, times, WORTH_NAMING, seed)
    accuracy = _step(right, [times[at] for at in known], WORTH_NAMING_SHARE, seed)
    return Drift(
        points,
        bias and _named(bias, f"grades moved by {bias.after - bias.before:+.1f}, from {bias.before:+.1f} to {bias.after:+.1f}"),
        accuracy and _named(accuracy, f"right answers to known items went from {accuracy.before:.0%} to {accuracy.after:.0%}"),
    )


def _rolling(times: Sequence[int], off: Floats, known: Sequence[int], right: Floats) -> tuple[Point, ...]:
    total = np.concatenate([[0.0], np.cumsum(off)])
    hits, tests = np.zeros(len(off) + 1), np.zeros(len(off) + 1)
    hits[np.array(known, np.int64) + 1], tests[np.array(known, np.int64) + 1] = right, 1
    hits, tests = np.cumsum(hits), np.cumsum(tests)
    points = []
    for end in range(MIN_SIDE, len(off) + 1):
        start = max(0, end - WINDOW)
        tested = tests[end] - tests[start]
        share = float((hits[end] - hits[start]) / tested) if tested else None
        points.append(Point(times[end - 1], end - start, float((total[end] - total[start]) / (end - start)), share))
    return tuple(points)


def _step(series: Floats, times: Sequence[int], worth: float, seed: int) -> Change | None:
    n = len(series)
    if n < MIN_ANSWERS or float(np.ptp(series)) == 0:
        return None
    clear = _clearness(series[None])[0]
    place = int(np.argmax(clear)) + MIN_SIDE
    before, after = float(series[:place].mean()), float(series[place:].mean())
    if abs(after - before) < worth:
        return None
    chance, hits, step = np.random.default_rng(seed), 0, max(1, _CELLS // n)
    for done in range(0, SHUFFLES, step):
        shuffled = chance.permuted(np.tile(series, (min(step, SHUFFLES - done), 1)), axis=1)
        hits += int((_clearness(shuffled).max(1) >= clear.max() - 1e-12).sum())
    p = (1 + hits) / (1 + SHUFFLES)
    return Change(times[place], place, before, after, p, "") if p <= SURE else None


def _clearness(series: Floats) -> Floats:
    """[s, places]: sqrt(k (n - k) / n) |mean after - mean before| of series [s, n] for k from MIN_SIDE to n - MIN_SIDE."""
    n = series.shape[1]
    k = np.arange(MIN_SIDE, n - MIN_SIDE + 1)
    total = np.cumsum(series, axis=1)
    before, everything = total[:, k - 1], total[:, -1:]
    clear: Floats = np.sqrt(k * (n - k) / n) * np.abs((everything - before) / (n - k) - before / k)
    return clear


def _named(change: Change, what: str) -> Change:
    day, rare = datetime.fromtimestamp(change.at / 1000, UTC), round(1 / change.p)
    says = f"From {day:%Y-%m-%d %H:%M} UTC on (after {change.place} compared answers) {what}; chance does that once in {rare} times."
    return Change(change.at, change.place, change.before, change.after, change.p, says)
