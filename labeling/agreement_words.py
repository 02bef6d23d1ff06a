"""The agreement measures in plain words: what each tells, what is good, and how a figure is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from labeling.agreement import Figure, Summary

Verdict = Literal["good", "usable", "weak", "not sure yet", ""]

RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff's own lines for alpha (Content Analysis, 2004, p. 241): rely on 0.8, draw tentative conclusions from 0.667 on. Taken for
all measures that chance is subtracted from: lines for kappa differ from book to book, these are the stricter ones."""

NEAR, APART = 1.0, 1.5
"""Grades between two people on the same comment: neighbours are often both right, from three on nobody is (labeling/conflicts.py)."""


@dataclass(frozen=True)
class Measure:
    """One measure: `field` of Summary, its name, what it tells, and of which kind its numbers are.

    `of_sides` is whether it is about grade 7 alone, `judged` whether there are lines to hold it against.
    """

    field: str
    name: str
    tells: str
    kind: Literal["chance", "share", "grades"]
    of_sides: bool = False
    judged: bool = True

    def of(self, summary: Summary) -> Figure:
        """Its figure in a summary."""
        figure: Figure = getattr(summary, self.field)
        return figure

    def verdict(self, figure: Figure) -> Verdict:
        """What the figure is worth by the usual lines; "not sure yet" where its range reaches over a line and n is small."""
        return verdict(figure, self.kind) if self.judged else ""


MEASURES = (
    Measure(
        "binary_alpha",
        "Same side of 7, beyond chance (alpha)",
        "Whether people put a comment on the same side of grade 7, less what chance gives. Any number of people, gaps "
        "allowed. Decide by this one.",
        "chance",
        of_sides=True,
    ),
    Measure(
        "binary_kappa",
        "Same side, pair by pair (kappa)",
        "The same for pairs of people (Cohen). It drops when one side is rare, even if people agree.",
        "chance",
        of_sides=True,
    ),
    Measure(
        "binary_ac1",
        "Same side, where one is rare (AC1)",
        "The same with a chance that does not drop when one side is rare (Gwet). High AC1 beside low kappa: nearly all "
        "comments are on one side.",
        "chance",
        of_sides=True,
    ),
    Measure(
        "binary_same",
        "Same side, chance included",
        "How often two people choose the same side, chance included.",
        "share",
        of_sides=True,
    ),
    Measure(
        "ordinal_alpha",
        "Same order of comments (ordinal alpha)",
        "Whether people order comments alike. Ranks count, not the steps between them.",
        "chance",
    ),
    Measure(
        "interval_alpha",
        "Same grades, big gaps count (interval alpha)",
        "The same with every step from 1 to 10 counted as equally long; big gaps weigh most.",
        "chance",
    ),
    Measure(
        "quadratic_kappa",
        "Same grades, near is fine (quadratic kappa)",
        "Pairs of people; forgives neighbours, punishes distance. It is high wherever the whole scale is used.",
        "chance",
    ),
    Measure(
        "nominal_alpha",
        "Exactly the same grade (nominal alpha)",
        "Only equal grades count. Ten steps are fine ones, so it is always the lowest.",
        "chance",
        judged=False,
    ),
    Measure(
        "distance",
        "Grades apart, on average",
        "How many grades lie between two people on the same comment.",
        "grades",
    ),
    Measure(
        "within_one",
        "At most one grade apart",
        "How often two people are one grade apart or less, chance included.",
        "share",
    ),
)


def verdict(figure: Figure, kind: Literal["chance", "share", "grades"]) -> Verdict:
    """What a figure is worth. Shares have none: they are high wherever one answer is common."""
    if figure.value is None or kind == "share":
        return ""
    if kind == "grades":
        found: Verdict = "good" if figure.value <= NEAR else "usable" if figure.value <= APART else "weak"
        ends = [NEAR, APART]
    else:
        found = "good" if figure.value >= RELIABLE else "usable" if figure.value >= TENTATIVE else "weak"
        ends = [TENTATIVE, RELIABLE]
    if figure.low is None or figure.high is None:
        return "not sure yet"
    over = [line for line in ends if figure.low < line < figure.high]
    return "not sure yet" if len(over) == len(ends) else found


def written(figure: Figure, kind: str) -> str:
    """The value: two digits, per cent for a share, a sign for a leaning; "–" where there is none.

    >>> written(Figure(0.8123), "chance"), written(Figure(0.25), "signed"), written(Figure(None), "chance")
    ('0.81', '+0.25', '–')
    """
    return "–" if figure.value is None else _number(figure.value, kind)


def between(figure: Figure, kind: str) -> str:
    """The range in words, "" where there is none.

    >>> between(Figure(0.8, 0.75, 0.85), "chance")
    '0.75 to 0.85'
    """
    return "" if figure.low is None or figure.high is None else f"{_number(figure.low, kind)} to {_number(figure.high, kind)}"


def reasons(figures: Iterable[Figure]) -> list[str]:
    """Why figures have no value, each reason once."""
    return list(dict.fromkeys(figure.why for figure in figures if figure.value is None and figure.why))


def _number(value: float, kind: str) -> str:
    if kind == "share":
        return f"{value:.0%}"
    return f"{value:+.2f}" if kind == "signed" else f"{value:.2f}"


WHY_SEVERAL = (
    "One number misleads here. Most comments are far from buying, so two people who always say “no” agree most of "
    "the time and know nothing. Measures that subtract chance (alpha, kappa) show that, but kappa and alpha also "
    "drop when buyers are rare although people agree; AC1 does not. Quadratic kappa is high as soon as the whole "
    "scale is used; exact equality is low on ten fine steps.",
    "So read three together: on which side of grade 7 (alpha), in which order (ordinal alpha), and how many grades "
    "apart on average. If they point in different directions, open the disagreements and look.",
)

WHAT_IS_GOOD = (
    "Alpha, kappa and AC1: 1 is perfect, 0 is what chance gives, below 0 people contradict each other more than dice would. From 0.80 on "
    "labels can be relied on; from 0.67 on only careful conclusions hold; below that the guide or the people need "
    "attention first. These are rules of thumb, not laws.",
    "Grades apart: up to 1 grade is good, neighbours are often both right; from 1.5 on look at the disagreements.",
    "The range beside a number says how sure it is (95 %, from drawing the comments again hundreds of times). A wide range "
    "means: too few comments were answered by two people.",
)
