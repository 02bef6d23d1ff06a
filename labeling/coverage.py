"""The coverage board: of which kinds there are labels enough, and which hashtags to collect next for those that are missing.

A kind is any of hashtag, language, product and signal. What waits unlabelled counts by the signal that the model reads in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from companion.dashboard.words import LANGUAGES, SIGNALS

WANTED = 50
"""Labels of one signal in one language: from there on a share read from them is good to some 14 points (95 %)."""

SPOKEN = 0.05
"""A language is worth goals of its own from this part of all comments on."""

VISIT = 200
"""Comments that one more look at a hashtag is reckoned to bring."""

CAUTION = 20
"""Comments of another kind that every hashtag is reckoned to have besides: two lucky ones do not make it the best."""

_NOTHING = 1e-9


@dataclass(frozen=True)
class Tally:
    """Comments of one kind. Each comment is in one tally: that of the hashtag its video was collected for, "" without one."""

    hashtag: str
    lang: str
    product: str
    signal: str
    labelled: int = 0
    waiting: int = 0

    @property
    def comments(self) -> int:
        """Of both sorts."""
        return self.labelled + self.waiting


@dataclass(frozen=True)
class Goal:
    """So many labels wanted of a kind; None stands for any.

    Raises:
        ValueError: fewer than one are wanted.
    """

    wanted: int
    hashtag: str | None = None
    lang: str | None = None
    product: str | None = None
    signal: str | None = None

    def __post_init__(self) -> None:
        if self.wanted < 1:
            raise ValueError(f"{self.wanted} labels wanted of {self} is no goal; ask for 1 or more, or remove it")

    def __str__(self) -> str:
        """In plain words, such as "comments in Spanish whose writer asks the price"."""
        return "comments" + "".join(
            (
                "" if self.lang is None else f" in {LANGUAGES.get(self.lang, self.lang)}" if self.lang != "un" else " without words",
                "" if self.signal is None else f" whose writer {SIGNALS.get(self.signal, self.signal)}",
                "" if self.product is None else f" about “{self.product}”",
                "" if self.hashtag is None else f" under #{self.hashtag}",
            )
        )


@dataclass(frozen=True)
class Line:
    """A goal on the board: labels there are, comments of the kind that wait, and what is missing."""

    goal: Goal
    labelled: int
    waiting: int

    @property
    def missing(self) -> int:
        """Labels missing."""
        return max(0, self.goal.wanted - self.labelled)

    @property
    def to_collect(self) -> int:
        """Comments missing even when all that wait are labelled."""
        return max(0, self.missing - self.waiting)


@dataclass(frozen=True)
class Suggestion:
    """What to collect next.

    `hashtag` is "" where none is known that would help; `brings` is how many of the wanted comments one look should give.
    """

    hashtag: str
    brings: float
    reason: str


def usual_goals(tallies: Iterable[Tally], wanted: int = WANTED) -> list[Goal]:
    """So many labels of every signal in every language that makes up `SPOKEN` of the comments, the most spoken first."""
    spoken: Counter[str] = Counter()
    for tally in tallies:
        spoken[tally.lang] += tally.comments
    everything = spoken.total()
    often = sorted(
        (lang for lang in spoken if spoken[lang] and spoken[lang] >= SPOKEN * everything), key=lambda lang: (-spoken[lang], lang)
    )
    return [Goal(wanted, lang=lang, signal=signal) for lang in often for signal in SIGNALS]


def board(tallies: Iterable[Tally], goals: Sequence[Goal]) -> list[Line]:
    """A line for each goal, in their order."""
    of = _Kinds(goals)
    labelled, waiting = [0] * len(goals), [0] * len(goals)
    for one in tallies:
        for place in of.goals(one):
            labelled[place] += one.labelled
            waiting[place] += one.waiting
    return [Line(*parts) for parts in zip(goals, labelled, waiting, strict=True)]


def collect_next(tallies: Sequence[Tally], goals: Sequence[Goal], most: int = 10) -> list[Suggestion]:
    """Hashtags to collect, the most useful first, each once; then the goals of which nothing was ever collected.

    The use of a look is the part of each goal that it closes, added up, by the share of such comments that the hashtag had so far
    (less some `CAUTION`). Each hashtag is judged by what is still missing after those before it.
    """
    lines = [line for line in board(tallies, goals) if line.to_collect]
    tags, shares = _shares(tallies, [line.goal for line in lines])
    wanted = np.array([line.goal.wanted for line in lines], np.float64)
    short = np.array([line.to_collect for line in lines], np.float64)
    left = list(range(len(tags)))
    found: list[Suggestion] = []
    while left and lines and len(found) < most:
        gains = np.minimum(short, VISIT * shares[left])
        use = (gains / wanted).sum(axis=1)
        best = int(np.argmax(use))  # of equals the first by name
        if use[best] < _NOTHING:
            break
        main = int(np.argmax(gains[best] / wanted))
        row = left.pop(best)
        found.append(Suggestion(tags[row], float(gains[best].sum()), _reason(lines[main], float(shares[row, main]))))
        short -= gains[best]
    unseen = [line for line in lines if not line.labelled + line.waiting]
    return [*found, *(Suggestion(line.goal.hashtag or "", 0.0, _unseen(line)) for line in unseen)][: max(0, most)]


class _Kinds:
    """Which goals a tally counts for, looked up by the parts that goals name."""

    def __init__(self, goals: Sequence[Goal]) -> None:
        self._by_parts: dict[tuple[bool, ...], dict[tuple[str | None, ...], list[int]]] = {}
        for place, goal in enumerate(goals):
            kind = (goal.hashtag, goal.lang, goal.product, goal.signal)
            named = tuple(part is not None for part in kind)
            self._by_parts.setdefault(named, {}).setdefault(kind, []).append(place)

    def goals(self, tally: Tally) -> Iterator[int]:
        """Their places."""
        kind = (tally.hashtag, tally.lang, tally.product, tally.signal)
        for named, goals in self._by_parts.items():
            yield from goals.get(tuple(part if asked else None for part, asked in zip(kind, named, strict=True)), ())


def _shares(tallies: Iterable[Tally], goals: Sequence[Goal]) -> tuple[list[str], npt.NDArray[np.float64]]:
    """The hashtags by name, and the part [hashtags, goals] of the next comments of each likely to be of each kind."""
    known = [one for one in tallies if one.comments > 0]
    tags = sorted({one.hashtag for one in known})
    row = {tag: place for place, tag in enumerate(tags)}
    total, hits = np.zeros((len(tags), 1)), np.zeros((len(tags), len(goals)))
    of = _Kinds(goals)
    for one in known:
        total[row[one.hashtag]] += one.comments
        for place in of.goals(one):
            hits[row[one.hashtag], place] += one.comments
    named = [place for place, tag in enumerate(tags) if tag]
    return [tags[place] for place in named], (hits / (total + CAUTION))[named]


def _reason(line: Line, share: float) -> str:
    often = f"{100 * share:.0f} of 100" if share >= 0.01 else f"{max(1, round(1000 * share))} of 1,000"
    return f"{line.to_collect:,} more {line.goal} are wanted; about {often} comments here are such"


def _unseen(line: Line) -> str:
    where = "collect this hashtag" if line.goal.hashtag else "try a hashtag where they are likely"
    return f"{line.to_collect:,} {line.goal} are wanted and none has been collected so far; {where}"
