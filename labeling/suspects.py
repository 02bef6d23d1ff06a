"""Labels that are probably wrong: where a model that never saw a label is sure of something else."""

from __future__ import annotations

import importlib
import math
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import numpy as np
import numpy.typing as npt

from companion.extras import how_to_add
from companion.intent.prediction import GRADES, HIGH_GRADE

Floats = npt.NDArray[np.float64]

CLEANLAB = (2, 9)
"""Oldest cleanlab that is used: 2.9 is under Apache-2.0, older ones are under AGPL."""

NO_CLEANLAB = (
    f"The check of high and low needs cleanlab 2.9 or newer; add it with: {how_to_add('train')}. The check of grades works without it."
)
NO_LABELS = "There are no labels yet."
NO_DISTRIBUTION = "The model gives no probability for each grade, so grades cannot be checked."
ONE_SIDE = "All labels are on the same side of grade 7, so none can be on the wrong one."

FAR_OFF = 3.0
"""Grades that a label must cost more than the best guess to be a suspect: what also makes two people a conflict."""

FURTHEST = GRADES[-1] - GRADES[0]


@dataclass(frozen=True)
class Judged:
    """A label and what a model trained without it says.

    Attributes:
        grade: the label, 1-10.
        p_high: out-of-fold probability of grade 7 or more, 0-1.
        distribution: out-of-fold probability of each grade 1-10, adding up to 1; None where the model gives none.

    Raises:
        ValueError: a number is out of its range.
    """

    id: str
    grade: int
    p_high: float
    distribution: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if self.grade not in GRADES:
            raise ValueError(f"the label of {self.id} is {self.grade}, not one of 1-10; correct it or leave it out")
        if not 0 <= self.p_high <= 1:
            raise ValueError(f"p_high of {self.id} is {self.p_high}, not between 0 and 1; predict it again")
        of = self.distribution
        if of is not None and not (len(of) == len(GRADES) and min(of) >= 0 and math.isclose(sum(of), 1, abs_tol=1e-3)):
            raise ValueError(f"the distribution of {self.id} is not ten shares that add up to 1; predict it again")


@dataclass(frozen=True)
class Suspect:
    """A label to ask for again, blind.

    Attributes:
        quality: how well label and model fit, 0 (not at all) to 1.
        why: the reason in a sentence.
    """

    id: str
    grade: int
    quality: float
    why: str


@dataclass(frozen=True)
class Suspects:
    """The suspects, the worst first, among n labels; `why` is "" or why this check could not be made."""

    found: tuple[Suspect, ...]
    n: int
    why: str = ""


def side_suspects(judged: Sequence[Judged]) -> Suspects:
    """Labels on the wrong side of grade 7, by confident learning.

    cleanlab's `find_label_issues` estimates from the out-of-fold probabilities how many labels of each side belong to the other
    and names that many; quality is its self-confidence, the probability of the side that the label is on, 0-1.
    Source: Northcutt, Jiang and Chuang, Journal of Artificial Intelligence Research 70 (2021) 1373-1411.
    """
    sides = np.array([x.grade >= HIGH_GRADE for x in judged], np.int64)
    if len(set(sides.tolist())) < 2:
        return Suspects((), len(judged), ONE_SIDE if judged else NO_LABELS)
    if not _cleanlab_there():
        return Suspects((), len(judged), NO_CLEANLAB)
    filtering, ranking = importlib.import_module("cleanlab.filter"), importlib.import_module("cleanlab.rank")
    p = np.array([x.p_high for x in judged])
    both = np.stack([1 - p, p], axis=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of sides with few labels; the page shows n
        order = filtering.find_label_issues(sides, both, return_indices_ranked_by="self_confidence", n_jobs=1)
        quality = ranking.get_label_quality_scores(sides, both, method="self_confidence")
    return Suspects(tuple(_on_wrong_side(judged[int(at)], float(quality[int(at)])) for at in order), len(judged))


def grade_suspects(judged: Sequence[Judged], far_off: float = FAR_OFF) -> Suspects:
    """Labels far from the grade that the model expects; works without cleanlab.

    cost(g) = sum_h p_h |h - g| is the expected distance of grade g in grades (the earth mover's distance from the label to the
    distribution), 0-9. A label is a suspect where cost(label) - min_g cost(g) >= `far_off`: what the label costs beyond the best
    guess, so that a model that knows nothing accuses nobody. quality = 1 - that / 9, 0-1.
    Source: the label-quality idea of cleanlab's self-confidence, with an ordinal cost (Rubner, Tomasi and Guibas, International
    Journal of Computer Vision 40 (2000) 99-121) in place of 0/1.
    """
    known = [(x, np.array(x.distribution)) for x in judged if x.distribution is not None]
    if not known:
        return Suspects((), 0, NO_DISTRIBUTION if judged else NO_LABELS)
    cost = np.stack([p for _, p in known]) @ np.abs(np.subtract.outer(np.array(GRADES), np.array(GRADES)))
    label = cost[np.arange(len(known)), [x.grade - 1 for x, _ in known]]
    beyond, best = label - cost.min(1), np.array(GRADES)[cost.argmin(1)]
    found = [_far_off(x, float(beyond[at]), int(best[at])) for at, (x, _) in enumerate(known) if beyond[at] >= far_off]
    return Suspects(tuple(_worst_first(found)), len(known))


def suspects(judged: Sequence[Judged]) -> Suspects:
    """Both checks in one list: each label once, with the check that finds it worse, the worst first."""
    sides, grades = side_suspects(judged), grade_suspects(judged)
    worst: dict[str, Suspect] = {}
    for suspect in (*sides.found, *grades.found):
        if suspect.id not in worst or suspect.quality < worst[suspect.id].quality:
            worst[suspect.id] = suspect
    return Suspects(tuple(_worst_first(worst.values())), len(judged), " ".join(dict.fromkeys(x.why for x in (sides, grades) if x.why)))


def _worst_first(found: Iterable[Suspect]) -> list[Suspect]:
    return sorted(found, key=lambda suspect: (suspect.quality, suspect.id))


def _on_wrong_side(judged: Judged, quality: float) -> Suspect:
    said, other = ("high", "low") if judged.grade >= HIGH_GRADE else ("low", "high")
    why = f"Labelled {judged.grade} ({said}); a model that never saw this label says {other} with {1 - quality:.0%}."
    return Suspect(judged.id, judged.grade, quality, why)


def _far_off(judged: Judged, beyond: float, best: int) -> Suspect:
    why = f"Labelled {judged.grade}; a model that never saw this label expects about {best}."
    return Suspect(judged.id, judged.grade, max(0.0, 1 - beyond / FURTHEST), why)


def _cleanlab_there() -> bool:
    try:
        return tuple(int(part) for part in version("cleanlab").split(".")[:2]) >= CLEANLAB
    except (PackageNotFoundError, ValueError):
        return False
