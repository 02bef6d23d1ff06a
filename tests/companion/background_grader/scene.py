"""A companion that grades by itself, and comments that come in meanwhile."""

from __future__ import annotations

import csv
import io
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from companion.intent.model import SHIPPED
from companion.live_model import LiveModel
from companion.services import Services
from companion.store import Store, comments, unread, videos
from companion.store.comments import Comment
from companion.store.videos import Video

COPY = "copy-of-the-shipped"


@dataclass(frozen=True)
class Companion:
    """A companion as `serve` makes it, with a model of its own, which may be exchanged and closed."""

    app: Flask
    store: Store
    live: LiveModel
    services: Services
    person: FlaskClient

    def begin(self) -> None:
        """What `serve` does once it has settled."""
        self.services.grader.start()
        self.live.watch(self.services.grader.wake)

    def waiting(self, model: str | None = None) -> int:
        """Comments without a prediction by this model, or by the one in use."""
        with self.store.reading() as connection:
            return unread.count(connection, model or self.live.current.id)

    def rows(self) -> dict[str, dict[str, str]]:
        """The export, by comment."""
        text = self.person.get("/comments.csv").get_data().decode("utf-8-sig")
        return {row["comment"]: row for row in csv.DictReader(io.StringIO(text))}


def keep(store: Store, *texts: str, first: int = 0, parent: str | None = None, video: str = "7") -> None:
    """Store comments as a capture would; ids count up from `first`."""
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", video, caption="a lamp for the night")], 1)
        stored = [Comment("tiktok", str(first + n), video, text, parent_id=parent) for n, text in enumerate(texts)]
        comments.save(connection, stored, 1)


def many(count: int) -> list[str]:
    return [f"where can I get number {n} of these?" for n in range(count)]


def until(true: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def copied(store: Store) -> str:
    """A trained model as the registry finds it: the shipped one under another id, sure of nothing. Gives its id."""
    folder = store.workspace.models / COPY
    shutil.copytree(SHIPPED, folder)
    manifest = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    manifest |= {"id": f"{manifest['id']}-copy", "unsure_width": -1.0}
    (folder / "model.json").write_text(json.dumps(manifest), encoding="utf-8")
    return str(manifest["id"])


def stored_grades(store: Store) -> set[tuple[str, int]]:
    with store.reading() as connection:
        return {(row[0], row[1]) for row in connection.execute("SELECT model, count(*) FROM prediction GROUP BY model")}
