"""Answers of several people in a workspace, as the labeling screen leaves them, for the pages about quality."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from companion.intent.text import normalise
from companion.store import Store, annotators, clock, label_items, label_tasks, labels
from companion.store.label_items import Item
from companion.store.label_tasks import Task
from companion.store.labels import GUIDELINE, LabelEvent
from companion.store.predictions import digest

DAY = clock.DAY
MONDAY = 1_760_313_600_000
"""2025-10-13, 00:00 UTC."""

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Said:
    """What somebody said of a comment."""

    who: str
    grade: int | None
    at: int = MONDAY
    signal: str | None = "none"
    flags: tuple[str, ...] = ()
    spent_ms: int | None = 2_500
    shown: bool = False
    suggested: float | None = None
    again: int = 0
    more: dict[str, Any] = field(default_factory=dict)


def people(store: Store, *names: str) -> list[str]:
    """Annotators whose id is their name."""
    with store.writing() as connection:
        annotators.ensure_local(connection)
        for name in names:
            connection.execute(
                "INSERT INTO annotator (id, name, role, created_at) VALUES (?, ?, 'annotator', 0) ON CONFLICT DO NOTHING",
                [name, name.title()],
            )
    return list(names)


def task(store: Store, ident: str = "t1", **more: Any) -> str:
    """A task without comments."""
    given = {"questions": ("grade", "signal", "sentiment"), "name": f"Task {ident}", "guideline_version": GUIDELINE}
    with store.writing() as connection:
        label_tasks.add(connection, Task(id=ident, seed=1, created_at=MONDAY, **{**given, **more}))
    return ident


def comment(store: Store, task_id: str, target: str, text: str, said: Sequence[Said] = (), **more: Any) -> int:
    """A comment of a task with what people said of it; its number."""
    given = {"platform": "tiktok", "sampler": "random", "probability": 1.0, "place": 0, "lang": "en", "video_id": "v1"}
    with store.writing("labels") as connection:
        label_items.add(connection, task_id, [Item(**{**given, **more, "target_id": target, "text": text})])
        sql = "SELECT id FROM label_item WHERE task_id = ? AND target_id = ?"
        item = int(connection.execute(sql, [task_id, target]).fetchone()[0])
        for one in said:
            _say(connection, task_id, item, (target, text), one)
    return item


def _say(connection: Any, task_id: str, item: int, about: tuple[str, str], one: Said) -> None:
    target, text = about
    state = "skipped" if one.grade is None and not one.more and not one.flags else "done"
    suggestion = None if one.suggested is None else json.dumps({"grade": one.suggested})
    assignment = connection.execute(
        """INSERT INTO assignment (item_id, task_id, annotator_id, nth, state, suggestion, blind, created_at, done_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
        [item, task_id, one.who, one.again, state, suggestion, int(not one.shown), one.at, one.at],
    ).fetchone()[0]
    answers = {key: value for key, value in {"grade": one.grade, "signal": one.signal, **one.more}.items() if value is not None}
    label = str(uuid4()) if one.grade else None
    if label:
        labels.append(connection, labelled(target, text, one.grade, one.signal, one.who, uuid=label, at=one.at))
    connection.execute(
        """INSERT INTO annotation_event (uuid, assignment_id, action, label_uuid, answers, flags, suggestion_shown, spent_ms,
            guideline_version, created_at, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            str(uuid4()), assignment, "skip" if state == "skipped" else "submit", label, json.dumps(answers if state == "done" else {}),
            json.dumps(list(one.flags)), int(one.shown), one.spent_ms, GUIDELINE, one.at, one.at,
        ],
    )  # fmt: skip


def labelled(target: str, text: str, grade: int | None, signal: str | None = None, who: str = "anna", **more: Any) -> LabelEvent:
    """A label of the labeling tool."""
    given = {"uuid": str(uuid4()), "at": MONDAY, "source": "annotator"}
    values = {**given, **more}
    return LabelEvent(
        uuid=values["uuid"],
        source=values["source"],
        platform="tiktok",
        comment_id=target,
        video_id="v1",
        text=text,
        text_hash=digest(normalise(text)),
        guideline_version=GUIDELINE,
        created_at=values["at"],
        grade=grade,
        signal=signal,
        client_id=who,
    )


def press(browser: FlaskClient, path: str, **fields: Any) -> TestResponse:
    """Sends a form as one of our pages would."""
    found = _TOKEN.search(browser.get("/settings").text)
    assert found is not None
    return browser.post(path, data={"csrf_token": found[1], **fields})


def words(html: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def with_labeling(app: Flask) -> Flask:
    """The app with the labeling room, also where it was installed before the room had its entry point."""
    if "label" not in app.blueprints:
        from labeling.dashboard import blueprint

        app.register_blueprint(blueprint)
    return app
