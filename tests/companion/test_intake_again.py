"""Pages in any order and pages read again give the same rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.intake import Captured, Origin, take
from companion.reparse import reparse
from companion.store import Store, open_store, runs
from companion.store.runs import Run
from companion.tiktok import Asked
from tests.companion.intake_scene import SCRAPE, TABLES, came, everything, one
from tests.companion.recorded import AT, listing, thread, visit
from tests.companion.tiktok.shapes import comment
from tests.companion.tiktok.shapes import comments as answer
from tests.companion.tiktok.shapes import listing as asked_list
from tests.replica.world import World

WORLD = World(1, 12, seed=5).build()[0]
PAGES = [
    *(page.captured(AT) for page in visit(WORLD)),
    *(page.captured(AT + 1) for page in visit(replace(WORLD, plays=WORLD.plays + 5))),
    replace(next(iter(thread(WORLD))).captured(AT + 2), asked=replace(next(iter(thread(WORLD))).captured().asked, cursor="x")),
    listing([WORLD]).captured(AT + 3),
]


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Makes empty workspaces in which one person has the same pseudonym."""

    def make() -> Store:
        folder = tmp_path_factory.mktemp("any-order")
        (folder / "workspace.key").write_bytes(b"k" * 32)
        return open_store(folder)

    return make


def drifted(page: Captured, cids: set[str]) -> Captured:
    """The page with these comments' texts and writers under other keys."""
    body = json.loads(json.dumps(page.body))
    rows = body.get("comments") if isinstance(body, dict) else None
    for row in rows or []:
        if row["cid"] in cids:
            row["words"] = row.pop("text")
            row["by"] = row.pop("user")["uid"]
    return replace(page, body=body)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_order_of_the_same_pages_gives_the_same_rows(fresh: Callable[[], Store], data: st.DataObject) -> None:
    lost = set(data.draw(st.lists(st.sampled_from([comment.cid for comment in WORLD.comments]), max_size=4)))
    pages = [drifted(page, lost) if number % 3 == 1 else page for number, page in enumerate(PAGES)]
    found = []
    for order in (pages, data.draw(st.permutations(pages))):
        store = fresh()
        for page in order:
            take(store, [page], SCRAPE)
        found.append(everything(store, [table for table in TABLES if not table.endswith("_metric")]))
        store.close()
    assert found[0] == found[1]


def test_a_text_lost_by_a_change_of_the_pages_comes_back_when_they_are_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    body = answer(comment(text=None, words="where can I get it"))
    taken = take(store, [Captured(asked_list(), 200, body, AT)], Origin("scrape", "run1", keep_days=7))
    assert taken.drift == {"comment.text missing": 1}
    assert (one(store).text, one(store).likes) == ("", 12)
    monkeypatch.setattr("companion.reparse.read", _read_words)
    done = reparse(store)
    assert (done.pages, done.new, done.drift) == (1, 0, {})
    assert one(store).text == "where can I get it"


def _read_words(asked: Asked, body: Any) -> Any:
    """Tomorrow's reader, which knows the new key."""
    from companion.tiktok import read

    for row in body["comments"]:
        row["text"] = row.pop("words", row.get("text"))
    return read(asked, body)


def test_reading_again_changes_nothing_where_nothing_changed(store: Store) -> None:
    for page in visit(World(1, 25).build()[0]):
        take(store, [page.captured()], Origin("scrape", "run1", keep_days=7))
    with store.writing() as connection:
        runs.start(connection, Run("run1", "video", (), AT, AT, keep_days=7))
    before = everything(store)
    assert reparse(store).new == 0
    assert everything(store) == before


def test_rows_that_come_back_from_raw_pages_keep_their_door_and_their_end(store: Store) -> None:
    with store.writing() as connection:
        runs.start(connection, Run("run1", "video", (), AT, AT, keep_days=7))
    came(store, comment(), origin=Origin("scrape", "run1", keep_days=7))
    before = everything(store)
    with store.writing() as connection:
        connection.execute("DELETE FROM comment")
    assert reparse(store).new == 1
    assert everything(store) == before
