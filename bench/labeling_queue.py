"""Labeling with four programs at once: leases and answers a second, none given twice, none lost; and the page of a large workspace.

`python -m bench.labeling_queue [ITEMS]`. Exit status 1 when a target is missed.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bench.table import Row, show
from companion.store import Store, annotators, assignments, clock, label_items, label_tasks, open_store
from companion.store.annotation_events import Event
from companion.store.assignments import Reader, Wanted
from companion.store.label_items import Item
from companion.store.label_tasks import Task
from labeling import answering
from labeling.people import Person

ITEMS = 10_000
PROCESSES = 4
WANTED_PER_SECOND = 500
WORKSPACE = 1_000_000
PAGE_MS = 300


@dataclass(frozen=True)
class Outcome:
    """What came of it: answers stored, items answered by two, answers that are not in the file, seconds for all."""

    answered: int
    twice: int
    lost: int
    seconds: float


def run(folder: Path, number: int, processes: int = PROCESSES) -> Outcome:
    """Programs lease one comment after the other and answer each, until none is left."""
    store = open_store(folder / "queue")
    task = _task(store, number)
    people = [_person(store, f"person {n}") for n in range(processes)]
    context = multiprocessing.get_context("spawn")
    told, gate = context.Queue(), context.Barrier(processes + 1)
    workers = [context.Process(target=_label, args=(store.workspace.root, task.id, who, told, gate)) for who in people]
    for worker in workers:
        worker.start()
    gate.wait(120)
    begun = time.perf_counter()
    done = [told.get(timeout=600) for _ in workers]
    seconds = time.perf_counter() - begun
    for worker in workers:
        worker.join()
    with store.reading() as connection:
        events = {str(row[0]) for row in connection.execute("SELECT uuid FROM annotation_event")}
        labels = {str(row[0]) for row in connection.execute("SELECT uuid FROM label_event")}
        twice = connection.execute("SELECT count(*) FROM (SELECT item_id FROM assignment GROUP BY item_id HAVING count(*) > 1)").fetchone()[
            0
        ]
    sent = {uuid for part in done for uuid in part}
    return Outcome(len(events), int(twice), len(sent - (events & labels)), seconds)


def flush_ms(folder: Path) -> float:
    """How long the disk takes to make 4 KB safe, the median of a hundred: every answer waits for one such flush."""
    times = []
    with (folder / "flush").open("wb", buffering=0) as stream:
        for _ in range(100):
            stream.write(b"x" * 4096)
            begun = time.perf_counter()
            os.fsync(stream.fileno())
            times.append((time.perf_counter() - begun) * 1000)
    return sorted(times)[50]


def page_ms(folder: Path, comments: int) -> float:
    """The task list of a workspace with so many comments and ten tasks under way, the median of five (ms)."""
    from bench.comments_page import build  # a workspace of a million takes some minutes to make
    from companion.app import create_app
    from companion.config import Config
    from companion.intent import load_model
    from companion.live_model import LiveModel
    from companion.registry import SHIPPED_NAME, Registry
    from companion.store import door_keys

    store = open_store(folder / "large")
    model = load_model()
    build(store, model.id, comments)
    for _ in range(10):
        _task(store, 2_000)
    app = create_app(Config(workspace=store.workspace.root), live=LiveModel(Registry(store), model, SHIPPED_NAME), store=store)
    browser = app.test_client()
    with store.writing() as connection:
        key = door_keys.mint(connection)
    browser.get(f"/open?key={key}")
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        assert browser.get("/label").status_code == 200
        times.append((time.perf_counter() - begun) * 1000)
    model.close()
    return sorted(times)[2]


def rows(number: int = ITEMS, workspace: int = WORKSPACE) -> Iterator[Row]:
    """The figures with their targets."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), number)
        rate = outcome.answered / outcome.seconds
        figure = f"{rate:,.0f} (one flush of this disk: {flush_ms(Path(folder)):.2f} ms)"
        yield Row(f"lease + answer a second, {PROCESSES} programs", figure, f">= {WANTED_PER_SECOND}", rate >= WANTED_PER_SECOND)
        yield Row(f"given twice, of {number:,}", f"{outcome.twice}", "0", outcome.twice == 0)
        lost = outcome.lost + number - outcome.answered
        yield Row("answers lost", f"{lost}", "0", lost == 0)
        if workspace:
            took = page_ms(Path(folder), workspace)
            yield Row(f"task list with {workspace:,} comments (ms)", f"{took:,.0f}", f"<= {PAGE_MS}", took <= PAGE_MS)


def _task(store: Store, number: int) -> Task:
    task = Task(uuid4().hex[:12], "Measured", ("grade",), "1", 1, clock.now_ms())
    items = [Item("tiktok", f"m{task.id}-{n}", f"comment {n}", "random", 1.0, n, video_id="v1", lang="en") for n in range(number)]
    with store.writing() as connection:
        annotators.ensure_local(connection)
        label_tasks.add(connection, task)
        label_items.add(connection, task.id, items)
    return task


def _person(store: Store, name: str) -> Person:
    with store.writing() as connection:
        made = annotators.add(connection, name, "annotator", "hash")
    return Person(made.id, name, "annotator", ())


def _label(root: Path, task_id: str, who: Person, told: multiprocessing.Queue[list[str]], gate: object) -> None:
    store = open_store(root)
    sent = []
    gate.wait(120)  # type: ignore[attr-defined]
    while True:
        with store.writing() as connection:
            held = assignments.lease(connection, Reader(who.id), Wanted(task_id, 1), clock.now_ms())
        if not held:
            break
        event = Event(str(uuid4()), held[0].id, "submit", clock.now_ms(), answers={"grade": 1 + held[0].id % 10})
        if answering.take(store, who, [event]).stored:
            sent.append(event.uuid)
    told.put(sent)
    store.close()


if __name__ == "__main__":
    measured = list(rows(*(int(argument) for argument in sys.argv[1:])))
    show(measured)
    sys.exit(0 if all(row.met for row in measured) else 1)
