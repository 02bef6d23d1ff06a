"""What the task list shows: each task with its progress, and charts of all labels."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from companion.dashboard import words
from companion.dashboard.timeline import Step, Timeline
from companion.intent.prediction import GRADES, HIGH_GRADE
from companion.store import annotation_events, annotators, assignments, clock, label_tasks, sample
from companion.store.assignments import Reader
from companion.store.label_tasks import Task
from labeling.pace import minutes_left, per_minute
from labeling.people import Person

DAYS = 30
"""Days that the chart goes back."""

WEEK = 7
"""Days that it shows at least: one bar alone says nothing about time."""


@dataclass(frozen=True)
class TaskRow:
    """A task on the list.

    Attributes:
        left, mine, skipped: of the person who looks: to answer, answered, skipped and still to be answered.
        minutes: what the rest takes at their rate.
        alone: whether nobody else could answer anything.
    """

    task: Task
    items: int
    done: int
    total: int
    left: int
    mine: int
    skipped: int
    minutes: int | None
    alone: bool

    @property
    def percent(self) -> int:
        """How much of it is answered, 0-100; never 100 before it is."""
        return 100 if self.done >= self.total else min(99, self.done * 100 // self.total)

    @property
    def rest(self) -> str:
        """What becomes of the rest of an open task of which nothing is left for the person who looks; "" where all is answered."""
        if self.percent == 100:
            return "done"
        if self.skipped:
            return ""
        return "the rest is asked of a second person, and nobody else has an account yet" if self.alone else "the rest waits for others"

    @property
    def is_sample(self) -> bool:
        """Whether it is about invented comments."""
        return bool(self.task.source.get("sample"))

    @property
    def asks(self) -> str:
        """Its questions in words."""
        return " + ".join(self.task.questions)


@dataclass(frozen=True)
class GradeBar:
    """How often a grade was given; `width` is in percent of the most frequent one."""

    grade: int
    count: int
    width: float
    high: bool


@dataclass(frozen=True)
class Charts:
    """Labels a day and how often each grade was given."""

    days: Timeline | None
    grades: list[GradeBar]

    @property
    def days_json(self) -> str:
        """The days as chart.js reads them."""
        return self.days.json if self.days else ""

    @property
    def days_words(self) -> str:
        """The days in one sentence."""
        if self.days is None:
            return ""
        high, rest = sum(step.high for step in self.days.steps), sum(step.rest for step in self.days.steps)
        return f"Labels a day, the last {DAYS} days: {words.count(high + rest, 'label')}, {high} of them 7 or more."


def rows_of(connection: sqlite3.Connection, person: Person) -> list[TaskRow]:
    """Every task, open ones first."""
    times = assignments.done_since(connection, person.id, clock.now_ms() - 30 * clock.MINUTE)
    rate = per_minute(times)
    alone = not annotators.who_can_log_in(connection)
    return [_row(connection, person, task, rate, alone) for task in label_tasks.listed(connection)]


def charts_of(connection: sqlite3.Connection) -> Charts:
    """Of everybody's labels."""
    since = clock.midnight_ms() - (DAYS - 1) * clock.DAY
    return Charts(days_of(annotation_events.by_quarter_hour(connection, since)), bars_of(annotation_events.grade_counts(connection)))


def days_of(answers: Iterable[tuple[int, bool, int]]) -> Timeline | None:
    """Answers (ms UTC, whether high, how many) by day of this computer's zone, a week or more without gaps; None where there are none."""
    counted: dict[int, list[int]] = {}
    for at, high, number in answers:
        day = datetime.fromtimestamp(at / 1000).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        counted.setdefault(int(day.timestamp()) * 1000, [0, 0])[0 if high else 1] += number
    if not counted:
        return None
    last = max(counted)
    first = min(*counted, last - (WEEK - 1) * clock.DAY)
    # a day may have 23 or 25 hours, so gaps are filled by whole days from the first one on
    starts = sorted(
        {*counted, *(first + n * clock.DAY for n in range((last - first) // clock.DAY) if not _near(first + n * clock.DAY, counted))}
    )
    return Timeline([Step(start, *counted.get(start, [0, 0])) for start in starts], "day", clock.DAY)


def bars_of(counts: dict[int, int]) -> list[GradeBar]:
    """Ten bars; none where nothing was graded."""
    most = max(counts.values(), default=0)
    if not most:
        return []
    return [GradeBar(grade, counts.get(grade, 0), 100 * counts.get(grade, 0) / most, grade >= HIGH_GRADE) for grade in GRADES]


def only_sample(connection: sqlite3.Connection) -> bool:
    """Whether invented comments are all there are."""
    sql = "SELECT EXISTS (SELECT 1 FROM video WHERE platform <> ?)"
    return sample.present(connection) and not connection.execute(sql, [sample.PLATFORM]).fetchone()[0]


def _near(start: int, counted: dict[int, list[int]]) -> bool:
    return any(abs(start - known) < clock.DAY // 2 for known in counted)


def _row(connection: sqlite3.Connection, person: Person, task: Task, rate: float | None, alone: bool) -> TaskRow:
    standing = label_tasks.standing(connection, task)
    reader = Reader(person.id, person.languages)
    left = 0 if task.closed_at is not None else assignments.open_for(connection, reader, task.id)
    mine = assignments.done_by(connection, person.id, task.id)
    done, total = (min(mine, standing.items), standing.items) if task.practice else (standing.done, standing.total)
    skips = [] if task.closed_at is not None else annotation_events.skips_that_stand(connection, person.id, task.id)
    skipped = len({assignment for _, assignment in skips})
    return TaskRow(task, standing.items, done, total, left, mine, skipped, minutes_left(left, rate), alone)
