"""Runs and their tasks as the runner leaves them in the store, and what pages say of them."""

from __future__ import annotations

import re
from typing import Any

from companion.store import Store, clock, runs, tasks
from companion.store.runs import PageCount, Run, Standing
from companion.store.tasks import Wanted

FIRST, SECOND, THIRD = (f"730000000000000000{n}" for n in (1, 2, 3))
POLLED_NO_MORE = 286


def add_run(store: Store, ident: str = "r1", **changes: Any) -> Run:
    """A run over #unboxing that began ten minutes ago: one video read, one given up, one being read."""
    began = clock.now_ms() - 10 * clock.MINUTE
    usual: dict[str, Any] = {"kind": "tag", "targets": ("unboxing",), "started_at": began, "updated_at": began}
    run = Run(ident, **{**usual, **changes})
    with store.writing() as connection:
        runs.start(connection, run)
        tasks.add(connection, ident, [Wanted("tag", "unboxing")])
        tasks.add(connection, ident, [Wanted("video", key, "brightbuys", "tag:unboxing") for key in (FIRST, SECOND, THIRD)])
        tag, first, second, third = tasks.of_run(connection, ident)
        for task in (tag, first, second, third):
            tasks.begin(connection, task.id, began)
        tasks.count(connection, tag.id, videos_found=3, videos_new=2)
        tasks.said(connection, tag.id, None, True)
        tasks.end(connection, tag.id, "done", "enough videos", began)
        tasks.count(connection, first.id, comments_found=119, comments_new=100, replies_found=41, replies_new=41, replies_said=60)
        tasks.said(connection, first.id, 504, False)
        tasks.end(connection, first.id, "done", "", began)
        tasks.end(connection, second.id, "given up", "private", began)
        tasks.count(connection, third.id, comments_found=20, comments_new=1)
        for _ in range(40):
            runs.count_page(connection, ident, PageCount(4, 0, 0), began)
        if run.state != "running":
            runs.note(connection, ident, Standing(run.state, run.pace, run.reason), clock.now_ms())
    return run


def note(store: Store, ident: str, standing: Standing) -> None:
    """Where the run stands now."""
    with store.writing() as connection:
        runs.note(connection, ident, standing, clock.now_ms())


def fetch(store: Store, ident: str = "r1") -> tuple[Run, list[tasks.Task]]:
    """A run and its tasks."""
    with store.reading() as connection:
        run = runs.find(connection, ident)
        assert run is not None
        return run, tasks.of_run(connection, ident)


def words(html: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
