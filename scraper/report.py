"""What a run came to: found, new and seen before for each thing it opened, what TikTok itself says, and why each ended.

Pure: a run and its tasks in, a report out. It counts what was seen and never claims that this was all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.store.runs import Run
from companion.store.tasks import Task
from scraper import words
from scraper.order import KINDS, Order

LOUD_DRIFT = 0.05
"""From this share of rows or pages on that did not look as expected, the report says so before anything else."""


@dataclass(frozen=True)
class Count:
    """found: met in this run, each once; new: among them, not stored before."""

    found: int = 0
    new: int = 0

    @property
    def seen(self) -> int:
        """Stored before."""
        return self.found - self.new

    def __add__(self, other: Count) -> Count:
        """Both together."""
        return Count(self.found + other.found, self.new + other.new)


@dataclass(frozen=True)
class Line:
    """One task. `total` is TikTok's own figure (comments with replies), None where it gave none; `promised` its replies."""

    kind: str
    key: str
    handle: str
    state: str
    ending: str
    total: int | None
    has_more: bool | None
    videos: Count
    comments: Count
    replies: Count
    promised: int

    @property
    def name(self) -> str:
        """As a person calls it."""
        return words.named(self.kind, self.key, self.handle)

    @property
    def is_video(self) -> bool:
        """Whether comments are read there."""
        return self.kind == "video"

    @property
    def untouched(self) -> bool:
        """Whether it was not opened yet, or brought nothing so far."""
        return self.state == "open" and not (self.videos.found or self.comments.found or self.replies.found)


@dataclass(frozen=True)
class Sums:
    """All tasks together. `total` adds up TikTok's own figures of the `totalled` videos that have one."""

    videos: Count
    comments: Count
    replies: Count
    promised: int
    total: int
    totalled: int
    ended: int
    given_up: int
    waiting: int


@dataclass(frozen=True)
class Drift:
    """How much did not look as expected: shares (0-1) of rows and of pages; `lost` rows could not be kept for want of an id."""

    rows: float
    pages: float
    lost: int

    @property
    def loud(self) -> bool:
        """Whether TikTok's pages seem to have changed."""
        return max(self.rows, self.pages) > LOUD_DRIFT


@dataclass(frozen=True)
class Report:
    """A run's report. `state` is the run's, or "cut off" where its process is gone; `steps` says what can be done next."""

    run: Run
    state: str
    seconds: float
    sums: Sums
    drift: Drift
    lines: tuple[Line, ...]
    steps: tuple[str, ...]

    @property
    def title(self) -> str:
        """What was asked for."""
        return words.title(self.run)

    @property
    def state_words(self) -> str:
        """The state on screen."""
        return words.STATES[self.state]

    @property
    def pace_words(self) -> str:
        """The pace on screen."""
        return words.PACES[self.run.pace]

    @property
    def under_way(self) -> bool:
        """Whether it is at work or waits for a person."""
        return self.state in ("running", "waiting")

    @property
    def resumable(self) -> bool:
        """Whether the same command goes on with it."""
        return self.state in ("paused", "cut off")

    @property
    def videos_read(self) -> int:
        """Videos that were opened and read."""
        return sum(line.kind in ("video", "refresh") and line.state == "done" for line in self.lines)

    @property
    def current(self) -> Line | None:
        """What is being read now."""
        return next((line for line in self.lines if line.state == "doing"), None) if self.under_way else None


def report_of(run: Run, tasks: Sequence[Task], now: int, *, alive: bool) -> Report:
    """The report as of `now` (ms UTC); `alive` says whether the run's process is there."""
    under_way = run.state in ("running", "waiting")
    state = run.state if alive or not under_way else "cut off"
    until = now if under_way and alive else run.ended_at or run.updated_at
    lines = tuple(_line(task, at_work=alive and under_way) for task in tasks)
    drift = Drift(_share(run.drifted, run.rows), _share(run.drifted_pages, run.pages), run.lost)
    sums = _sums(lines)
    return Report(run, state, max(0, until - run.started_at) / 1000, sums, drift, lines, _steps(run, state, drift, sums))


def order_again(run: Run) -> Order | None:
    """The order that takes a run up again; None for a kind that this version does not know."""
    kind = next((known for known in KINDS if known == run.kind), None)
    return Order(kind, run.targets, bool(run.options.get("headless"))) if kind else None


def _line(task: Task, *, at_work: bool) -> Line:
    return Line(
        kind=task.kind,
        key=task.key,
        handle=task.handle,
        state=task.state,
        ending=words.ending(task, at_work=at_work),
        total=task.total,
        has_more=task.has_more,
        videos=Count(task.videos_found, task.videos_new),
        comments=Count(task.comments_found, task.comments_new),
        replies=Count(task.replies_found, task.replies_new),
        promised=task.replies_said,
    )


def _sums(lines: Sequence[Line]) -> Sums:
    totals = [line.total for line in lines if line.is_video and line.total is not None]
    return Sums(
        videos=sum((line.videos for line in lines if not line.is_video), Count()),
        comments=sum((line.comments for line in lines), Count()),
        replies=sum((line.replies for line in lines), Count()),
        promised=sum(line.promised for line in lines),
        total=sum(totals),
        totalled=len(totals),
        ended=sum(line.state == "done" for line in lines),
        given_up=sum(line.state == "given up" for line in lines),
        waiting=sum(line.state in ("open", "doing") for line in lines),
    )


def _share(part: int, whole: int) -> float:
    return min(1.0, part / whole) if whole else 0.0


def _steps(run: Run, state: str, drift: Drift, sums: Sums) -> tuple[str, ...]:
    again = order_again(run) or f"buysignal scrape {run.kind}"
    steps = []
    if state == "waiting":
        steps.append("Look at the browser window: answer what TikTok asks there, and the run goes on by itself.")
    if state == "running":
        steps.append("Stop it at any moment with Ctrl+C or on its page; what was read is kept.")
    if state in ("paused", "cut off"):
        steps.append(f"Go on where it was: `{again}`.")
    if drift.loud or drift.lost:
        steps.append("Update BuySignal, then read the stored pages again, without visiting TikTok: `buysignal scrape reparse`.")
    if state in ("finished", "stopped"):
        steps.append(f"Run it again another day for what is new: `{again}`, or let it come by itself: `buysignal scrape schedule add`.")
    if sums.comments.found and state != "running":
        steps.append("Look at the comments: page “Comments” of `buysignal serve`.")
    return tuple(steps)
