"""Other ids of a comment: labels stay events of their own id, and are read under the comment's present one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from companion.store import Store, also, labels, open_store
from companion.store.migrations import migration_set
from companion.store.workspace import Workspace
from tests.companion.store.scenes import label

DOM, CID = "dom:" + "a" * 32, "7600000000000000101"


def test_labels_given_before_this_version_are_read_as_before(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.prepare()
    with closing(sqlite3.connect(workspace.database, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        migration_set().apply(Database(connection), stop_before="m0007_also")
        with pytest.raises(sqlite3.OperationalError, match="comment_also"):
            connection.execute("SELECT * FROM comment_also")
        connection.execute(
            """INSERT INTO label_event
                 (uuid, action, source, platform, comment_id, text, context, text_hash, grade, guideline_version, created_at)
               VALUES ('u1', 'set', 'badge', 'tiktok', ?, 'need this', '{}', '00', 8, '1', 1)""",
            [DOM],
        )
    with open_store(tmp_path / "w").reading() as connection:
        assert [(event.comment_id, event.grade) for event in labels.listed(connection)] == [(DOM, 8)]
        assert list(labels.current(connection, "tiktok", [DOM])) == [DOM]


def test_a_label_is_read_under_the_present_id_and_stays_as_it_was_said(store: Store) -> None:
    said = label(1, comment_id=DOM)
    with store.writing("labels") as connection:
        labels.append(connection, said)
        also.note(connection, "tiktok", DOM, CID)
        assert labels.find(connection, said.uuid) == said
        assert {name: event.comment_id for name, event in labels.current(connection, "tiktok", [DOM, CID]).items()} == {DOM: CID, CID: CID}
        assert [event.comment_id for event in labels.listed(connection)] == [CID]
        assert [event.comment_id for event in labels.votes(connection)] == [CID]
        assert labels.count(connection) == 1
        assert not labels.append(connection, said), "sent again, it is the same event"


def test_the_last_word_counts_under_whichever_id_it_was_said(store: Store) -> None:
    with store.writing("labels") as connection:
        also.note(connection, "tiktok", DOM, CID)
        labels.append(connection, label(1, comment_id=CID, grade=2))
        labels.append(connection, label(2, comment_id=DOM, grade=9))
        assert [event.grade for event in labels.votes(connection)] == [9]
        labels.append(connection, label(3, comment_id=CID, action="undo", undoes=label(2).uuid, grade=None, signal=None))
        assert labels.current(connection, "tiktok", [DOM])[DOM].grade == 2


def test_an_undo_of_another_comments_label_is_refused(store: Store) -> None:
    with store.writing("labels") as connection:
        also.note(connection, "tiktok", DOM, CID)
        labels.append(connection, label(1, comment_id=DOM))
        with pytest.raises(labels.LabelConflictError):
            labels.append(connection, label(2, comment_id="other", action="undo", undoes=label(1).uuid, grade=None, signal=None))


def test_forgetting_a_comment_forgets_its_other_ids_and_their_labels(store: Store) -> None:
    with store.writing("labels") as connection:
        also.note(connection, "tiktok", DOM, CID)
        labels.append(connection, label(1, comment_id=DOM))
        labels.append(connection, label(2, comment_id="other"))
        assert labels.forget(connection, "tiktok", [CID]) == 1
        assert [event.comment_id for event in labels.listed(connection)] == ["other"]
        assert also.others(connection, "tiktok", [CID]) == []


def test_labels_are_found_by_an_index_however_many_there_are(store: Store) -> None:
    asked = "SELECT seq FROM label_standing WHERE platform = 'tiktok' AND comment_id IN (SELECT value FROM json_each('[]'))"
    with store.reading() as connection:
        plan = [str(row["detail"]) for row in connection.execute(f"EXPLAIN QUERY PLAN {asked}")]
    assert not [step for step in plan if step.startswith("SCAN") and "json_each" not in step]
    assert any("label_by_comment (platform=? AND comment_id=?)" in step for step in plan)
    assert any("also_of_comment (platform=? AND id=?)" in step for step in plan)
