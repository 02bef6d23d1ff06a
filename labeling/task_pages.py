"""The task list: where labeling begins."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.services import connection, services
from companion.store import clock, label_tasks
from companion.store.comments import any_stored
from labeling import people, skipped
from labeling.blueprint import pages
from labeling.left_over import left_over
from labeling.task_views import Charts, TaskRow, charts_of, only_sample, rows_of

FIRST = 50
"""Comments of a task by one click."""

SECONDS_A_COMMENT = 12
"""What somebody new to it takes: fifty in ten minutes."""


@dataclass(frozen=True)
class TasksView:
    """The page.

    Attributes:
        stored: whether there is any comment to label; `sample`: whether all of them are invented.
        just_closed: the task that was closed a moment ago, to be opened again on the spot.
        next: comments that a task by one click would hold, counted only where it is offered.
    """

    open: list[TaskRow]
    closed: list[TaskRow]
    charts: Charts
    stored: bool
    sample: bool
    just_closed: TaskRow | None = None
    next: int = 0

    whole = FIRST

    @property
    def first(self) -> bool:
        """Whether to offer a task by one click: nothing but practice is there to do."""
        return self.stored and not any(row.left and not row.task.practice for row in self.open)

    @property
    def offers(self) -> bool:
        """Whether the card above the tasks has something to say that the tasks themselves do not."""
        return self.first and (self.next > 0 or not any(row.skipped for row in self.open))

    @property
    def minutes(self) -> int:
        """What the offered task takes somebody who is new to it."""
        return max(1, round(self.next * SECONDS_A_COMMENT / 60))

    @property
    def practised(self) -> bool:
        """Whether there is a practice round already."""
        return any(row.task.practice for row in (*self.open, *self.closed))

    @property
    def labelled(self) -> bool:
        """Whether anything but practice was ever made."""
        return any(not row.task.practice for row in (*self.open, *self.closed))


@pages.get("")
def tasks() -> str:
    """The page."""
    database = connection("reader")
    return render_template("label/tasks.html", view=view_of(database, request.args.get("closed", "")))


@pages.post("/tasks/<task_id>/close")
def close_task(task_id: str) -> Response:
    """Ask nobody any more, or (`again`) ask again. The list then offers to open it again on the spot."""
    again = "again" in request.form
    with services().store.writing() as writer:
        if label_tasks.find(writer, task_id) is None:
            abort(404)
        if again:
            label_tasks.reopen(writer, task_id)
        else:
            label_tasks.close(writer, task_id, clock.now_ms())
    if not again:
        return redirect(url_for("label.tasks", closed=task_id), code=303)
    flash("The task is open again.", "good")
    return redirect(url_for("label.tasks"), code=303)


@pages.post("/tasks/<task_id>/skipped")
def answer_skipped(task_id: str) -> Response:
    """Ask again what the person skipped, and go there."""
    task = label_tasks.find(connection("reader"), task_id) or abort(404)
    skipped.ask_again(services().store, people.current(), task)
    return redirect(url_for("label.do", task=task.id), code=303)


def view_of(database: sqlite3.Connection, closed: str = "") -> TasksView:
    """All that the page shows to whoever asks; `closed` is the id of the task that they just closed."""
    rows = rows_of(database, people.current())
    view = TasksView(
        open=[row for row in rows if row.task.closed_at is None],
        closed=[row for row in rows if row.task.closed_at is not None],
        charts=charts_of(database),
        stored=any_stored(database),
        sample=only_sample(database),
        just_closed=next((row for row in rows if row.task.id == closed and row.task.closed_at is not None), None),
    )
    if not view.first or not people.current().may("admin"):
        return view
    return replace(view, next=left_over(database, services().model.id, FIRST, invented=view.sample))
