"""Stored comments get their grades by themselves: new ones at once, all of them after another model came into use."""

from __future__ import annotations

import csv
import io
import json
import logging
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.app import create_app
from companion.config import Config
from companion.intent import Context, IntentModel, Item, Prediction
from companion.intent.model import SHIPPED
from companion.live_model import LiveModel
from companion.registry import SHIPPED_NAME, Registry
from companion.services import Services
from companion.store import Store, comments, door_keys, labels, predictions, unread, videos
from companion.store.comments import Comment
from companion.store.migrations import _UNKEY
from companion.store.videos import Video
from tests.companion.browser import CHROME, pair_with
from tests.companion.browser import comments as asking
from tests.companion.store.scenes import label
from tests.companion.test_serve import Running

COPY = "copy-of-the-shipped"
STUMBLE = "the model falls over this one"


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


@pytest.fixture
def companion(store: Store) -> Iterator[Companion]:
    live = LiveModel.start(Registry(store))
    app = create_app(Config(workspace=store.workspace.root), live=live, store=store)
    with store.writing() as connection:
        key = door_keys.mint(connection)
    person = app.test_client()
    person.get(f"/open?key={key}")
    made = Companion(app, store, live, app.extensions["buysignal"], person)
    yield made
    made.services.grader.close()
    live.close()


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


def test_new_comments_are_graded_without_a_press(companion: Companion) -> None:
    companion.begin()
    keep(companion.store, "where can I buy this?", "lol")
    until(lambda: companion.waiting() == 0)
    said = companion.live.current.read([Item(text, Context("a lamp for the night")) for text in ("where can I buy this?", "lol")])
    rows = companion.rows()
    assert [rows[text]["grade"] for text in ("where can I buy this?", "lol")] == [str(round(one.grade, 1)) for one in said]
    assert {row["model"] for row in rows.values()} == {companion.live.current.id}
    keep(companion.store, "need it", first=10)
    until(lambda: companion.waiting() == 0)


def test_a_comment_is_graded_anew_when_what_it_is_read_with_changes(companion: Companion) -> None:
    companion.begin()
    keep(companion.store, "me too", first=5, parent="1")
    until(lambda: companion.waiting() == 0)
    keep(companion.store, "I need this lamp", first=1)  # the parent, seen later than its reply
    assert companion.waiting() == 2
    until(lambda: companion.waiting() == 0)
    [said] = companion.live.current.read([Item("me too", Context("a lamp for the night", parent="I need this lamp"))])
    assert companion.rows()["me too"]["grade"] == str(round(said.grade, 1))
    with companion.store.writing() as connection:
        videos.save(connection, [Video("tiktok", "7", product="lamp")], 2)
    assert companion.waiting() == 2
    until(lambda: companion.waiting() == 0)


def test_after_an_exchange_every_comment_is_graded_anew_and_nothing_mixes_two_models(companion: Companion) -> None:
    old, new = companion.live.current.id, copied(companion.store)
    keep(companion.store, *many(200))
    companion.begin()
    until(lambda: companion.waiting(old) == 0)
    assert {row["not sure"] for row in companion.rows().values()} != {"yes"}
    Registry(companion.store).use(COPY)

    seen: list[tuple[str, int]] = []
    until(lambda: _looked(companion, seen) and companion.waiting(new) == 0)
    assert any(model == new and 0 < graded < 200 for model, graded in seen), "the test never looked in between"
    assert companion.live.current.id == new
    assert {(row["model"], row["not sure"]) for row in companion.rows().values()} == {(new, "yes")}

    assert companion.waiting(old) == 0  # the old grades are still there, so going back takes a moment only
    Registry(companion.store).use(SHIPPED_NAME)
    until(lambda: companion.live.current.id == old)
    assert {row["model"] for row in companion.rows().values()} == {old}
    assert "being graded" not in companion.person.get("/comments").text


def _looked(companion: Companion, seen: list[tuple[str, int]]) -> bool:
    """Look at page and export: each shows one model's grades only. The copy is sure of nothing, the shipped model of something."""
    graded = [row for row in companion.rows().values() if row["grade"]]
    for model in {row["model"] for row in graded}:
        seen.append((model, len(graded)))
        sure = {row["not sure"] for row in graded if row["model"] == model}
        assert ({row["model"] for row in graded}, sure == {"yes"}) == ({model}, model.endswith("-copy"))
    page = companion.person.get("/comments").text
    assert len(set(re.findall(r"by the model <code>(.*?)</code>", page))) == 1
    return True


def test_a_persons_grade_stands_instead_of_any_models(companion: Companion) -> None:
    new = copied(companion.store)
    keep(companion.store, "where can I buy this?", "lol")
    with companion.store.writing("labels") as connection:
        labels.append(connection, label(1, comment_id="0", text="where can I buy this?", grade=2, signal="none"))
    companion.begin()
    for model in (companion.live.current.id, new):
        until(lambda model=model: companion.waiting(model) == 0 and companion.live.current.id == model)  # type: ignore[misc]
        row = companion.rows()["where can I buy this?"]
        assert (row["grade"], row["your own grade"], row["model"], row["not sure"]) == ("2.0", "yes", "", "no")
        assert companion.rows()["lol"]["model"] == model
        Registry(companion.store).use(COPY)


def test_requests_are_answered_while_comments_are_graded(companion: Companion) -> None:
    keep(companion.store, *many(2000))
    paired = pair_with(companion.app.test_client(), companion.services, CHROME, "Chrome")
    companion.begin()
    until(lambda: companion.waiting() < 2000)
    before = companion.waiting()
    for n in range(30):
        answer = paired.post("/v1/score", asking(*(f"do you have it in size {n * 20 + m}?" for m in range(20))))
        assert (answer.status_code, len(answer.get_json()["scores"])) == (200, 20)
        time.sleep(0.05)
    assert 0 < companion.waiting() < before


def test_no_comment_is_read_while_a_request_is_inside_the_model(companion: Companion) -> None:
    keep(companion.store, *many(60))
    with companion.services.gate.entered():
        companion.begin()
        time.sleep(1.5)
        assert companion.waiting() == 60
    until(lambda: companion.waiting() == 0)


def test_it_stops_within_a_second_and_goes_on_where_it_stopped(companion: Companion) -> None:
    keep(companion.store, *many(200))
    companion.begin()
    until(lambda: companion.waiting() < 200)
    began = time.monotonic()
    companion.services.grader.close()
    assert time.monotonic() - began < 1
    left = companion.waiting()
    assert 0 < left < 200
    later = create_app(Config(workspace=companion.store.workspace.root), live=companion.live, store=companion.store)
    grader = later.extensions["buysignal"].grader
    grader.start()
    until(lambda: companion.waiting() == 0)
    grader.close()


class Stumbling(IntentModel):
    """The real model, except that one text makes it fall."""

    read_so_far: list[str]

    def read(self, items: list[Item]) -> list[Prediction]:  # type: ignore[override]
        self.read_so_far.extend(item.text for item in items)
        if any(item.text == STUMBLE for item in items):
            raise RuntimeError(f"cannot read {items[0].text}")
        return super().read(items)


def test_a_comment_that_the_model_cannot_read_is_tried_once_and_keeps_nobody_waiting(
    companion: Companion, caplog: pytest.LogCaptureFixture
) -> None:
    model = companion.live.current
    model.__class__, model.read_so_far = Stumbling, []  # type: ignore[attr-defined]
    keep(companion.store, *many(30), STUMBLE, *(f"{text} again" for text in many(90)))
    companion.begin()
    until(lambda: companion.waiting() == 1)
    companion.services.grader.wake()
    keep(companion.store, "one more", first=500)
    until(lambda: companion.waiting() == 1)
    assert model.read_so_far.count(STUMBLE) == 1  # type: ignore[attr-defined]
    page = companion.person.get("/comments").text
    assert "could not read 1 comment; it stays without a grade" in page
    assert "being graded" not in page
    assert "RuntimeError" in caplog.text
    assert STUMBLE not in caplog.text


def test_it_outlasts_a_database_that_others_keep_busy(companion: Companion, caplog: pytest.LogCaptureFixture) -> None:
    keep(companion.store, *many(20))
    with caplog.at_level(logging.WARNING), companion.store.writing():
        companion.begin()
        until(lambda: "trying again" in caplog.text)
        assert companion.waiting() == 20
    until(lambda: companion.waiting() == 0)


def test_it_stops_within_a_second_or_so_even_while_the_database_is_busy(companion: Companion) -> None:
    keep(companion.store, *many(20))
    with companion.store.writing():
        companion.begin()
        time.sleep(0.3)
        began = time.monotonic()
        companion.services.grader.close()
        assert time.monotonic() - began < 1.5


def test_grades_of_comments_that_are_stored_no_longer_are_forgotten(companion: Companion) -> None:
    new = copied(companion.store)
    keep(companion.store, "where can I buy this?")
    keep(companion.store, "only under the other video", first=50, video="8")
    companion.begin()
    until(lambda: companion.waiting() == 0)
    with companion.store.writing() as connection:
        connection.execute("DELETE FROM video WHERE id = '8'")
    Registry(companion.store).use(COPY)  # looks through everything again
    until(lambda: _stored(companion.store) == {(companion.live.current.id, 1), (new.removesuffix("-copy"), 1)})
    with companion.store.reading() as connection:
        assert predictions.orphans(connection, 10) == []


def _stored(store: Store) -> set[tuple[str, int]]:
    with store.reading() as connection:
        return {(row[0], row[1]) for row in connection.execute("SELECT model, count(*) FROM prediction GROUP BY model")}


def test_keys_are_taken_away_without_looking_through_all_comments(store: Store) -> None:
    with store.reading() as connection:
        for column, index in (("parent_id", "comment_by_parent"), ("video_id", "comment_by_video")):
            plan = connection.execute(f"EXPLAIN QUERY PLAN {_UNKEY} 'tiktok' AND {column} = 'x'").fetchall()
            assert [index in row["detail"] for row in plan] == [True]


def test_the_companion_grades_what_it_finds_and_stops_cleanly(tmp_path: Path, store: Store) -> None:
    keep(store, *many(40))
    running = Running(store.workspace.root)
    try:
        until(lambda: sum(count for _, count in _stored(store)) == 40)
        assert running.stop(signal.SIGTERM) == (0, "BuySignal companion stopped.\n", "")
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.process.communicate()
