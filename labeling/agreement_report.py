"""Everything that the agreement page, its exports and `buysignal label agreement` tell, made of the answers that stand. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

from companion.intent.prediction import GRADES, HIGH_GRADE
from companion.store import clock
from companion.store.label_answers import GivenAnswer
from labeling.agreement import (
    GRADE,
    QUALITY,
    Alpha,
    Bias,
    Figure,
    Pair,
    PairMean,
    Scale,
    SelfAgreement,
    Summary,
    bootstrap,
    pair_matrix,
    self_agreement,
    summary,
)
from labeling.agreement.figure import undefined
from labeling.votes import Answer, Repeat, Vote, binary, last_answers, votes_of
from labeling.watch import Anchoring, Drift, Gold, Speed, anchoring, drift, gold_accuracy, speed

PART_ITEMS = 5
"""A language or sampler with fewer items answered by two people is counted with the small ones: a row of "not known" tells nothing."""

ROUGH_SAMPLES = 200
"""Drawings for the ranges of parts and periods: there are many, and each is read only roughly."""

MOST_PERIODS = 26
PERIOD_ITEMS = 20
"""Items answered by two that a period should have: below that its range says "anything"."""

NOT_REPEATED = undefined("This person has judged nothing twice.")
ALONE = undefined("Nobody else has answered any item that this person answered.")


@dataclass(frozen=True)
class PersonFigures:
    """One person; `answers` without skips, `right` is None where no item with a known answer was given."""

    id: str
    answers: int
    skipped: int
    bias: Figure
    twice: SelfAgreement
    right: Gold
    pace: Speed
    over_time: Drift


@dataclass(frozen=True)
class Period:
    """Agreement on the items whose last answer fell into a day, week or month that begins at `start` (ms UTC)."""

    start: int
    shared: int
    sides: Figure
    distance: Figure


@dataclass(frozen=True)
class Day:
    """Answers of one day (ms UTC at its start): high ones (grade 7 or more) and the rest."""

    start: int
    high: int
    rest: int


@dataclass(frozen=True)
class Report:
    """The whole.

    Attributes:
        kind: "comment" (grades 1-10) or "video" (quality 0-2).
        at: when it was counted (ms UTC).
        parts: everything, then each language and each sampler with items enough.
        steps: how long a period is: "day", "week" or "month".
        spread: how often each value was answered, by value.
    """

    kind: str
    at: int
    answers: int
    skipped: int
    parts: tuple[Summary, ...]
    pairs: tuple[Pair, ...]
    people: tuple[PersonFigures, ...]
    led: Anchoring
    assisted: bool
    steps: str
    periods: tuple[Period, ...]
    days: tuple[Day, ...]
    spread: Mapping[int, int]

    @property
    def everything(self) -> Summary:
        """Agreement on all items."""
        return self.parts[0]


def report_of(given: Sequence[GivenAnswer], at: int, samples: int = 500) -> Report:
    """The report on these answers, all about comments or all about videos."""
    kind = "video" if any(one.kind == "video" for one in given) else "comment"
    scale = QUALITY if kind == "video" else GRADE
    mine = [one for one in given if one.kind == kind]
    answers = [answer_of(one) for one in mine]
    votes = _votes(mine, answers, kind)
    shared = _shared(votes)
    strata = {"language": _stratum(mine, shared, lambda one: one.lang or "un"), "sampler": _stratum(mine, shared, lambda one: one.sampler)}
    steps, periods = _periods(mine, votes, scale)
    assisted = [one for one in mine if one.assisted]
    return Report(
        kind=kind,
        at=at,
        answers=sum(not one.skipped for one in mine),
        skipped=sum(one.skipped for one in mine),
        parts=(*summary(votes, None, scale, samples), *_parts(votes, strata, scale)),
        pairs=tuple(pair_matrix(votes, scale)),
        people=tuple(_people(mine, answers, votes, scale, samples)),
        led=anchoring(answer_of(one) for one in assisted),
        assisted=bool(assisted),
        steps=steps,
        periods=tuple(periods),
        days=tuple(_days(mine)),
        spread=_spread(votes, scale),
    )


def item_of(one: GivenAnswer) -> str:
    """By which an item is known in all tasks: the same comment is the same item."""
    return f"{one.platform}:{one.target_id}"


def answer_of(one: GivenAnswer) -> Answer:
    """An answer as the measures read it."""
    return Answer(
        item=item_of(one),
        annotator=one.annotator_id,
        grade=None if one.skipped else one.grade,
        at=one.at,
        spent_ms=one.spent_ms,
        flags=one.flags | {"skip"} if one.skipped else one.flags,
        text=one.text,
        suggested=one.suggested,
        suggestion_shown=one.suggestion_shown,
    )


def only(report: Report, person: str) -> Report:
    """What one annotator may see: their own figures alone."""
    own = tuple(one for one in report.people if one.id == person)
    answers, skipped = sum(one.answers for one in own), sum(one.skipped for one in own)
    return replace(report, people=own, answers=answers, skipped=skipped, pairs=(), parts=report.parts[:1])


def _votes(mine: Sequence[GivenAnswer], answers: Sequence[Answer], kind: str) -> list[Vote]:
    if kind == "comment":
        return votes_of(answers)
    graded = [replace(answer, grade=one.quality) for one, answer in zip(mine, answers, strict=True) if not one.skipped]
    return [Vote(x.item, x.annotator, float(x.grade)) for x in last_answers(graded) if x.grade is not None]


def _shared(votes: Iterable[Vote]) -> set[str]:
    times = Counter(vote.item for vote in votes)
    return {item for item, n in times.items() if n > 1}


def _stratum(mine: Iterable[GivenAnswer], shared: set[str], name: Callable[[GivenAnswer], str]) -> dict[str, str]:
    """Item -> its part, those of parts with too few shared items left out."""
    of = {item_of(one): name(one) for one in mine}
    enough = Counter(of[item] for item in shared if item in of)
    return {item: part for item, part in of.items() if enough[part] >= PART_ITEMS}


def _parts(votes: Sequence[Vote], strata: Mapping[str, Mapping[str, str]], scale: Scale) -> list[Summary]:
    """Each language and sampler by itself."""
    found: list[Summary] = []
    for by, of in strata.items():
        for name in sorted(set(of.values())):
            [one] = summary([vote for vote in votes if of.get(vote.item) == name], None, scale, ROUGH_SAMPLES)
            found.append(replace(one, by=by, stratum=name))
    return found


def _people(
    mine: Sequence[GivenAnswer], answers: Sequence[Answer], votes: Sequence[Vote], scale: Scale, samples: int
) -> Iterable[PersonFigures]:
    gold = {item_of(one): one.gold for one in mine if one.gold is not None}
    right, paces, over_time = gold_accuracy(answers, gold, samples), speed(answers), drift(answers, gold)
    twice = self_agreement(_repeats(mine), samples)
    never = SelfAgreement(NOT_REPEATED, NOT_REPEATED, NOT_REPEATED, NOT_REPEATED)
    done = Counter(one.annotator_id for one in mine if not one.skipped)
    skipped = Counter(one.annotator_id for one in mine if one.skipped)
    for person in sorted(paces):
        yield PersonFigures(
            id=person,
            answers=done[person],
            skipped=skipped[person],
            bias=bootstrap(votes, Bias(person, scale.categories), samples) if votes else ALONE,
            twice=twice.get(person, never),
            right=right[person],
            pace=paces[person],
            over_time=over_time[person],
        )


def _repeats(mine: Iterable[GivenAnswer]) -> list[Repeat]:
    said: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for one in sorted(mine, key=lambda one: one.at):
        if one.grade is not None and not one.skipped:
            said[item_of(one), one.annotator_id].append(one.grade)
    return [Repeat(item, person, grades[0], grades[-1]) for (item, person), grades in said.items() if len(grades) > 1]


def _periods(mine: Sequence[GivenAnswer], votes: Sequence[Vote], scale: Scale) -> tuple[str, list[Period]]:
    last: dict[str, int] = {}
    for one in mine:
        last[item_of(one)] = max(one.at, last.get(item_of(one), 0))
    shared = _shared(votes)
    if not shared:
        return "week", []
    times = [last[item] for item in shared]
    steps = next((name for name, days in _STEPS if _fits((max(times) - min(times)) / (days * clock.DAY), len(shared))), "month")
    begins = {item: _begin(last[item], steps) for item in shared}
    within = sorted((vote for vote in votes if vote.item in shared), key=lambda vote: begins[vote.item])
    return steps, [_period(start, list(part), scale) for start, part in groupby(within, key=lambda vote: begins[vote.item])]


def _period(start: int, votes: Sequence[Vote], scale: Scale) -> Period:
    sides = bootstrap(binary(votes, scale.cut), Alpha("nominal", (0.0, 1.0)), ROUGH_SAMPLES) if scale.cut is not None else None
    return Period(
        start=start,
        shared=len({vote.item for vote in votes}),
        sides=sides or bootstrap(votes, Alpha("ordinal", scale.categories), ROUGH_SAMPLES),
        distance=bootstrap(votes, PairMean(categories=scale.categories), ROUGH_SAMPLES),
    )


_STEPS = (("day", 1), ("week", 7), ("month", 30))


def _fits(periods: float, shared: int) -> bool:
    return periods < MOST_PERIODS and shared >= PERIOD_ITEMS * periods


def _begin(at: int, steps: str) -> int:
    day = datetime.fromtimestamp(at / 1000, UTC).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    if steps == "week":
        day -= timedelta(days=day.weekday())
    elif steps == "month":
        day = day.replace(day=1)
    return round(day.timestamp() * 1000)


def _days(mine: Iterable[GivenAnswer]) -> list[Day]:
    counts: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for one in mine:
        if not one.skipped:
            counts[_begin(one.at, "day")][0 if (one.grade or 0) >= HIGH_GRADE else 1] += 1
    return [Day(start, high, rest) for start, (high, rest) in sorted(counts.items())]


def _spread(votes: Iterable[Vote], scale: Scale) -> dict[int, int]:
    counts = Counter(int(vote.value) for vote in votes)
    return {int(value): counts[int(value)] for value in (GRADES if scale is GRADE else scale.categories)}
