"""Three processes that write to one workspace at once: a collector, a companion that grades and answers, and somebody who labels.

`run` starts them and tells what each wrote, what it waited for at most, and what is missing from the file afterwards. Each notes
what it wrote in a file of its own, after the write.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from companion.store import Store, open_store

ROOT = Path(__file__).parents[2]
PARTS = ("collector", "companion", "labeller")
PATIENCE_S = 120
"""What a process may need besides its time: to start, to load the model, to finish a write on a slow machine."""


@dataclass
class Part:
    """What one process did: ids that it wrote, its longest write (seconds), what went wrong, and other counts."""

    written: int = 0
    worst: float = 0.0
    errors: list[str] = field(default_factory=list)
    graded: int = 0
    gave_way: int = 0


@dataclass(frozen=True)
class Outcome:
    """How it went, by process; `lost` are writes that were confirmed and are not in the file."""

    parts: dict[str, Part]
    lost: list[str]
    sound: bool

    @property
    def errors(self) -> list[str]:
        """What went wrong anywhere."""
        return [f"{name}: {error}" for name, part in self.parts.items() for error in part.errors]


def run(folder: Path, seconds: float) -> Outcome:
    """Let all three write into a new workspace under `folder` for so long."""
    store = open_store(folder / "workspace")
    started = [
        subprocess.Popen([sys.executable, "-m", __name__, name, str(folder), str(seconds)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for name in PARTS
    ]
    parts = {name: _ended(name, process, folder, seconds) for name, process in zip(PARTS, started, strict=True)}
    store.checkpoint()
    return Outcome(parts, list(_lost(store, folder)), _sound(store))


def _ended(name: str, process: subprocess.Popen[str], folder: Path, seconds: float) -> Part:
    try:
        _, err = process.communicate(timeout=seconds + PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        _, err = process.communicate()
        err += "was still at work long after its time"
    result = folder / f"{name}.json"
    part = Part(**json.loads(result.read_text())) if result.exists() else Part(errors=["it ended without a result"])
    part.errors += [line for line in err.splitlines() if line.strip()]
    return part


def _lost(store: Store, folder: Path) -> Iterator[str]:
    with store.reading() as connection:
        comments = {row[0] for row in connection.execute("SELECT id FROM comment")}
        labels = {row[0] for row in connection.execute("SELECT uuid FROM label_event")}
    for name, there in (("collector", comments), ("labeller", labels)):
        written = folder / f"{name}.ids"
        yield from (f"{name} {ident}" for ident in (written.read_text().split() if written.exists() else ()) if ident not in there)


def _sound(store: Store) -> bool:
    with store.reading() as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        counted = connection.execute("SELECT sum(comments_new + replies_new) FROM task").fetchone()[0] or 0
        return bool(sound and counted == connection.execute("SELECT count(*) FROM comment").fetchone()[0])


def collector(folder: Path, until: float) -> Part:
    """Page after page of made-up videos, with the progress of their tasks."""
    from companion.intake import Origin, take
    from companion.store import clock, runs, tasks
    from companion.store.runs import Run
    from companion.store.tasks import Wanted
    from tests.companion.recorded import visit
    from tests.replica.world import World

    store, part = open_store(folder / "workspace"), Part()
    with store.writing() as connection:
        runs.start(connection, Run("run1", "tag", ("lamptok",), clock.now_ms(), clock.now_ms()))
    with (folder / "collector.ids").open("w") as ids:
        for video in (video for seed in count(1) for video in World(20, 60, seed).build()):
            with store.writing() as connection:
                tasks.add(connection, "run1", [Wanted("video", video.id)])
                task = tasks.of_run(connection, "run1")[-1].id
            for page in visit(video):
                if time.time() > until:
                    return part
                began = time.perf_counter()
                taken = take(store, [page.captured()], Origin("scrape", "run1", task))
                part.worst = max(part.worst, time.perf_counter() - began)
                part.written += taken.comments_new + taken.replies_new
                ids.writelines(f"{ident}\n" for ident in taken.ids - {video.id})
    return part


def companion(folder: Path, until: float) -> Part:
    """The real app: grades in the background what is collected, and answers `/v1/score` meanwhile."""
    from companion.app import create_app
    from companion.config import Config
    from companion.intent import load_model
    from companion.live_model import LiveModel
    from companion.registry import SHIPPED_NAME, Registry
    from tests.companion.browser import CHROME, pair_with

    store, part = open_store(folder / "workspace"), Part()
    said = _Said()
    logging.getLogger("buysignal").addHandler(said)
    with closing(load_model()) as model:
        app = create_app(Config(workspace=store.workspace.root), live=LiveModel(Registry(store), model, SHIPPED_NAME), store=store)
        services = app.extensions["buysignal"]
        browser = pair_with(app.test_client(), services, CHROME, "Chrome")
        services.grader.start()
        for turn in count():
            if time.time() > until:
                break
            began = time.perf_counter()
            answer = browser.post("/v1/score", {"comments": [{"id": str(n), "text": f"where can I buy number {turn}"} for n in range(3)]})
            part.worst = max(part.worst, time.perf_counter() - began)
            part.written += answer.status_code == 200
            if answer.status_code not in (200, 429):
                part.errors.append(f"/v1/score answered {answer.status_code}")
            time.sleep(0.2)
        services.grader.close()
    with store.reading() as connection:
        part.graded = int(connection.execute("SELECT count(*) FROM prediction").fetchone()[0])
    part.gave_way = sum("busy" in line for line in said.lines)
    part.errors += [line for line in said.lines if "busy" not in line]
    return part


def labeller(folder: Path, until: float) -> Part:
    """One label event after the other, each on disk before it counts."""
    from companion.store import labels
    from tests.companion.store.scenes import label

    store, part = open_store(folder / "workspace"), Part()
    with (folder / "labeller.ids").open("w") as ids:
        for number in count(1):
            if time.time() > until:
                break
            began = time.perf_counter()
            with store.writing("labels") as connection:
                labels.append(connection, label(number))
            part.worst = max(part.worst, time.perf_counter() - began)
            part.written += 1
            ids.write(f"{label(number).uuid}\n")
            time.sleep(0.01)
    return part


class _Said(logging.Handler):
    """Keeps what the companion logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(record.getMessage())


def main(name: str, folder: Path, seconds: float) -> None:
    """Be one of the three."""
    part = Part()
    try:
        part = {"collector": collector, "companion": companion, "labeller": labeller}[name](folder, time.time() + seconds)
    except Exception as error:
        part.errors.append(f"{type(error).__name__}: {error}")
    with suppress(OSError):
        (folder / f"{name}.json").write_text(json.dumps(vars(part)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
