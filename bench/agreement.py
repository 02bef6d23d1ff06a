"""The agreement page with 20,000 answers of six people over sixty days: counting them once, and showing the page after that.

`python -m bench.agreement [FOLDER]`. With a folder the workspace stays there, to be looked at.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.table import Row, show
from companion.store import Store, annotators, clock, label_answers, label_items, label_tasks, open_store
from companion.store.label_items import Item
from companion.store.label_tasks import Task
from labeling.agreement_counting import counted

COMMENTS, PEOPLE, DAYS = 8_000, 6, 60
LANGUAGES = ("en", "en", "en", "es", "pt", "id", "vi")
SAMPLERS = ("ordinal_uncertainty", "diversity", "random", "overlap")
COUNT_SECONDS, PAGE_MS = 30, 300


def fill(store: Store, comments: int = COMMENTS) -> int:
    """A task whose comments two or three of the six answered, each with a leaning of their own; how many answers."""
    chance, now = random.Random(3), clock.now_ms()  # noqa: S311 - the same data every time
    with store.writing() as connection:
        annotators.ensure_local(connection)
        names = ("Amy", "Ben", "Chi", "Dua", "Eli", "Fay")
        people = [annotators.add(connection, name, "annotator", "hash").id for name in names]
        label_tasks.add(connection, Task("agreed", "Measured", ("grade", "signal"), "1", 1, now - DAYS * clock.DAY))
        made = [
            Item("tiktok", f"m{n}", f"comment {n}", chance.choice(SAMPLERS), 1.0, n, video_id="v1", lang=chance.choice(LANGUAGES), votes=3)
            for n in range(comments)
        ]
        label_items.add(connection, "agreed", made)
        ids = [int(row[0]) for row in connection.execute("SELECT id FROM label_item ORDER BY place")]
        leans = dict(zip(people, (0.0, 0.3, -0.4, 0.8, 0.0, -0.2), strict=True))
        events = []
        for place, item in enumerate(ids):
            true = chance.choice((1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 8, 9, 10))
            at = now - int((1 - place / comments) * DAYS * clock.DAY)
            asked = chance.sample(people, 2 + place % 2)
            events += [(item, who, at, min(10, max(1, round(true + chance.gauss(leans[who], 0.9))))) for who in asked]
        connection.executemany(
            """INSERT INTO assignment (id, item_id, task_id, annotator_id, state, created_at, done_at)
                VALUES (?, ?, 'agreed', ?, 'done', ?, ?)""",
            [(number, item, who, at, at) for number, (item, who, at, _) in enumerate(events, 1)],
        )
        connection.executemany(
            """INSERT INTO annotation_event (uuid, assignment_id, action, answers, spent_ms, guideline_version, created_at, received_at)
                VALUES (?, ?, 'submit', ?, ?, '1', ?, ?)""",
            [
                (f"e{number}", number, json.dumps({"grade": grade, "signal": "none"}), chance.randint(900, 6_000), at, at)
                for number, (_, _, at, grade) in enumerate(events, 1)
            ],
        )
    return len(events)


def rows(folder: str = "") -> Iterator[Row]:
    """The figures with their targets."""
    from companion.app import create_app
    from companion.config import Config
    from companion.intent import load_model
    from companion.live_model import LiveModel
    from companion.registry import SHIPPED_NAME, Registry
    from companion.store import door_keys

    with tempfile.TemporaryDirectory() as scratch:
        store = open_store(Path(folder or scratch) / "agreement")
        answers = fill(store)
        begun, used = time.perf_counter(), time.process_time()
        counted(store, "")
        took, used = time.perf_counter() - begun, time.process_time() - used
        figure = f"{took:.1f} ({used:.1f} of a processor)"
        yield Row(f"agreement on {answers:,} answers of {PEOPLE}, counted once (s)", figure, f"<= {COUNT_SECONDS}", took <= COUNT_SECONDS)
        app = create_app(Config(workspace=store.workspace.root), live=LiveModel(Registry(store), load_model(), SHIPPED_NAME), store=store)
        browser = app.test_client()
        with store.writing() as connection:
            key = door_keys.mint(connection)
        browser.get(f"/open?key={key}")
        with store.reading() as connection:
            assert len(label_answers.given(connection)) == answers
        while "Counting…" in browser.get("/label/agreement").text:
            time.sleep(1)
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            page = browser.get("/label/agreement")
            times.append((time.perf_counter() - begun) * 1000)
        took = sorted(times)[2]
        figure = f"{took:,.0f} ({len(page.data) / 1000:,.0f} KB)"
        yield Row("agreement page after that (ms)", figure, f"<= {PAGE_MS}", took <= PAGE_MS)


if __name__ == "__main__":
    measured = list(rows(*sys.argv[1:2]))
    show(measured)
    sys.exit(0 if all(row.met for row in measured) else 1)
