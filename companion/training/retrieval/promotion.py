"""Whether a tuned encoder finds products better than the one in use, decided on questions that neither learned from.

Two sheets: questions about product types kept aside in the user's own catalogue, and the exam that came with BuySignal. The first must
show the gain outside chance, the second must not show a loss. With too few questions nobody can tell, and nothing is promoted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from companion.training.retrieval.sheet import WHOLE, Scores, Sheet
from companion.training_progress import Compared, Verdict

MIN_QUESTIONS, MIN_TYPES = 40, 10
"""Questions and product types kept aside below which chance decides."""
SURE = 0.95
"""Share of the resamples in which the better encoder has to win."""
ALLOWED_LOSS = 0.005
"""nDCG that the exam may lose: less than one of its 67 questions answered with the second product first."""
RESAMPLES = 2_000
DECIDING = ("hybrid", WHOLE)
"""What is decided on: the blend of both legs, and the whole search, which leans on how large cosines are."""
OWN, EXAM = "your product types kept aside", "exam that came with BuySignal"

Read = Mapping[str, Scores]


@dataclass(frozen=True)
class Comparison:
    """What was found, in one word and in one sentence, with the table behind it."""

    verdict: Verdict
    reason: str
    rows: list[Compared]


def compare(own: Sheet, own_read: tuple[Read, Read], exam_read: tuple[Read, Read]) -> Comparison:
    """Decide; each pair is (live, candidate)."""
    rows = [
        Compared(title, len(live[name]), f"nDCG@10 {name}", float(live[name].mean()), float(candidate[name].mean()))
        for title, (live, candidate) in ((OWN, own_read), (EXAM, exam_read))
        for name in live
        if len(live[name])
    ]
    return Comparison(*decide(own.groups, own_read, exam_read), rows)


def enough(aside: Sequence[str]) -> bool:
    """Whether questions kept aside, given by their product types, can tell two encoders apart."""
    return len(aside) >= MIN_QUESTIONS and len(set(aside)) >= MIN_TYPES


def too_few(aside: Sequence[str]) -> str:
    """Why that many cannot tell."""
    there = f"{len(aside)} questions about {len(set(aside))} product types could be kept aside to check"
    return f"{there}; it takes at least {MIN_QUESTIONS} about {MIN_TYPES}. Import more products."


def decide(groups: Sequence[str], own_read: tuple[Read, Read], exam_read: tuple[Read, Read]) -> tuple[Verdict, str]:
    """The verdict and one sentence; `groups` are the product types of the questions kept aside."""
    for name in DECIDING:
        lost = float((exam_read[0][name] - exam_read[1][name]).mean())
        if lost > ALLOWED_LOSS:
            return "not better", f"It finds products less well on the {EXAM}: nDCG@10 ({name}) is lower by {lost:.3f}."
    if not enough(groups):
        return "cannot tell yet", too_few(groups)
    found = {name: own_read[1][name] - own_read[0][name] for name in DECIDING}
    worst = min(DECIDING, key=lambda name: float(found[name].mean()))
    gain, wins = float(found[worst].mean()), min(win_share(gains, groups) for gains in found.values())
    if gain <= 0:
        return "not better", f"It finds products no better for {OWN}: nDCG@10 ({worst}) differs by {gain:+.3f}."
    if wins < SURE:
        return "cannot tell yet", f"nDCG@10 ({worst}) is higher by {gain:.3f} for {OWN}, but that may be chance: {wins:.0%} of resamples."
    return "better", f"It finds products better for {OWN}: nDCG@10 ({worst}) is higher by {gain:.3f}, in {wins:.0%} of resamples."


def win_share(gains: Scores, groups: Sequence[str]) -> float:
    """Share of resamples, drawn by group with replacement, in which the mean gain is above 0; half of the ties count."""
    names = sorted(set(groups))
    member = np.array([[group == name for group in groups] for name in names], np.float64)
    sums = member @ gains
    drawn = np.random.default_rng(0).integers(len(names), size=(RESAMPLES, len(names)))
    total = sums[drawn].sum(1)
    return float(np.where(total > 0, 1.0, np.where(total == 0, 0.5, 0.0)).mean())
