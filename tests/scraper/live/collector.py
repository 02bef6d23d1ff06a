"""The real command line with a real browser against the replica, in a workspace of its own."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.browser import find_chromium
from tests.replica import Replica
from tests.replica.holdings import Held

PATIENCE_S = 120.0


@dataclass
class Collector:
    """Runs `buysignal scrape …` against a replica."""

    replica: Replica
    workspace: Path

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin a run."""
        where = ["--headless", "--json", "--replica", f"127.0.0.1:{self.replica.port}", "--workspace", str(self.workspace)]
        return subprocess.Popen(
            [sys.executable, "-m", "scraper", "scrape", *arguments, *where],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "BUYSIGNAL_CHROMIUM": str(find_chromium())},
            start_new_session=True,
        )

    def run(self, *arguments: str, meanwhile: Callable[[], None] = lambda: None) -> Ended:
        """A run to its end; `meanwhile` happens once it has begun."""
        process = self.start(*arguments)
        try:
            meanwhile()
            out, err = process.communicate(timeout=PATIENCE_S)
        finally:
            kill(process)
        return Ended(process.returncode, json.loads(out) if out.strip() else {}, err)

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the workspace's database; [] before there is one."""
        if not (self.workspace / "buysignal.db").exists():
            return []
        with closing(sqlite3.connect(self.workspace / "buysignal.db", timeout=30)) as connection:
            return connection.execute(sql, values).fetchall()

    def until(self, sql: str, seconds: float = 60.0) -> None:
        """Wait until a query answers with a true value."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if any(row[0] for row in self.ask(sql)):
                    return
            except sqlite3.OperationalError:  # no such table yet
                pass
            time.sleep(0.05)
        raise AssertionError(f"{sql} stayed false for {seconds} s")

    def waits(self) -> bool:
        """Whether a run waits for a person."""
        try:
            return bool(self.ask("SELECT 1 FROM run WHERE state = 'waiting'"))
        except sqlite3.OperationalError:  # no such table yet
            return False

    def stored(self) -> dict[str, set[str]]:
        """Comment and reply ids by video."""
        found: dict[str, set[str]] = {}
        for video, comment in self.ask("SELECT video_id, id FROM comment"):
            found.setdefault(video, set()).add(comment)
        return found

    def rows(self) -> list[tuple[Any, ...]]:
        """Everything that a run brings, without the moments at which it was seen."""
        comments = self.ask(
            """SELECT id, video_id, author, author_alias, parent_id, level, is_creator_reply, text, lang, likes, replies, created_at,
               answers_id, pinned, liked_by_creator, tiktok_intent, image, sticker FROM comment ORDER BY id"""
        )
        videos = self.ask("SELECT id, creator_id, caption, hashtags, product, duration_ms, created_at, commerce FROM video ORDER BY id")
        return [*comments, *videos]


@dataclass(frozen=True)
class Ended:
    """How a run ended: exit status, the report (JSON) and what stood on stderr."""

    status: int
    report: dict[str, Any]
    err: str

    def endings(self) -> dict[str, str]:
        """Why each task ended, by its key."""
        return {line["key"]: line["ended"] for line in self.report["lines"]}


def held_ids(held: dict[str, Held]) -> dict[str, set[str]]:
    """What the replica holds, in the shape of `Collector.stored`."""
    return {video: thread.ids for video, thread in held.items() if thread.ids}


def kill(process: subprocess.Popen[str]) -> None:
    """End a run and its browser, whatever state they are in."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def everything(replica: Replica) -> dict[str, set[str]]:
    """Ids of all comments under the tag, by video."""
    return held_ids(replica.holdings("lamptok"))


def rightly_attributed(replica: Replica, collector: Collector) -> bool:
    """Whether all that is stored stands under the video that holds it."""
    held = everything(replica)
    return all(ids <= held[video] for video, ids in collector.stored().items())
