"""Stored comments get their grades by themselves: new ones at once, all of them after another model came into use."""

from __future__ import annotations

import re

import pytest

from companion.intent import Context, IntentModel, Item, Prediction
from companion.registry import SHIPPED_NAME, Registry
from companion.store import labels, predictions, videos
from companion.store.videos import Video
from tests.companion.background_grader.scene import COPY, Companion, copied, keep, many, stored_grades, until
from tests.companion.store.scenes import label

STUMBLE = "the model falls over this one"


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


def test_grades_of_comments_that_are_stored_no_longer_are_forgotten(companion: Companion) -> None:
    new = copied(companion.store)
    keep(companion.store, "where can I buy this?")
    keep(companion.store, "only under the other video", first=50, video="8")
    companion.begin()
    until(lambda: companion.waiting() == 0)
    with companion.store.writing() as connection:
        connection.execute("DELETE FROM video WHERE id = '8'")
    Registry(companion.store).use(COPY)  # looks through everything again
    until(lambda: stored_grades(companion.store) == {(companion.live.current.id, 1), (new.removesuffix("-copy"), 1)})
    with companion.store.reading() as connection:
        assert predictions.orphans(connection, 10) == []
