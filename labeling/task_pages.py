"""The task list: where labeling begins."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.services import connection, services
from companion.store import clock, label_tasks
from companion.store.comments import any_stored
from labeling import people
from labeling.blueprint import pages
from labeling.task_views import Charts, TaskRow, charts_of, only_sample, rows_of


@dataclass(frozen=True)
class TasksView:
    """The page. `stored`: whether there is any comment to label; `sample`: whether all of them are invented."""

    open: list[TaskRow]
    closed: list[TaskRow]
    charts: Charts
    stored: bool
    sample: bool

    @property
    def first(self) -> bool:
        """Whether to offer a task by one click: nothing but practice is there to do."""
        return self.stored and not any(row.left and not row.task.practice for row in self.open)

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
    return render_template("label/tasks.html", view=view_of(database))


@pages.post("/tasks/<task_id>/close")
def close_task(task_id: str) -> Response:
    """Ask nobody any more, or (`again`) ask again."""
    again = "again" in request.form
    with services().store.writing() as writer:
        if label_tasks.find(writer, task_id) is None:
            abort(404)
        if again:
            label_tasks.reopen(writer, task_id)
        else:
            label_tasks.close(writer, task_id, clock.now_ms())
    flash("The task is open again." if again else "The task is closed. Its labels stay.", "good")
    return redirect(url_for("label.tasks"), code=303)


def view_of(database: sqlite3.Connection) -> TasksView:
    """All that the page shows to whoever asks."""
    rows = rows_of(database, people.current())
    return TasksView(
        open=[row for row in rows if row.task.closed_at is None],
        closed=[row for row in rows if row.task.closed_at is not None],
        charts=charts_of(database),
        stored=any_stored(database),
        sample=only_sample(database),
    )
