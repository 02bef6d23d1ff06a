"""Writers together, writers killed, writers refused."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from companion.store import Store, StoreBusyError, StoreError, clients, labels, open_store, settings, transaction
from companion.store.clients import Client
from tests.companion.store.scenes import label

WRITES = 150

STORM = """
import sys
from pathlib import Path
from companion.store import open_store, transaction, settings
connection = open_store(Path(sys.argv[1])).connect("writer")
for _ in range(int(sys.argv[2])):
    with transaction(connection):
        settings.put(connection, "count", settings.get(connection, "count", 0) + 1)
"""

LABELLER = """
import sys
from pathlib import Path
from companion.store import labels, open_store
from tests.companion.store.scenes import label
store = open_store(Path(sys.argv[1]))
for number in range(1, 100_000):
    with store.writing("labels") as connection:
        labels.append(connection, label(number))
    print(number, flush=True)
"""


def child(source: str, *arguments: str) -> subprocess.Popen[str]:
    """A Python process running this source from the checkout's root."""
    root = Path(__file__).parents[3]
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(source), *arguments], stdout=subprocess.PIPE, text=True, cwd=root)


def test_three_processes_write_at_once_and_none_is_lost(store: Store) -> None:
    children = [child(STORM, str(store.workspace.root), str(WRITES)) for _ in range(3)]
    assert [process.wait(120) for process in children] == [0, 0, 0]
    for process in children:
        process.communicate()
    with store.reading() as connection:
        assert settings.get(connection, "count") == 3 * WRITES


def test_a_label_that_was_answered_survives_kill_9(store: Store) -> None:
    process = child(LABELLER, str(store.workspace.root))
    assert process.stdout
    last = 0
    for line in process.stdout:
        last = int(line)
        if last == 25:
            os.kill(process.pid, signal.SIGKILL)
            break
    rest = process.stdout.read().split()
    process.stdout.close()
    process.wait(10)
    answered = int(rest[-1]) if rest else last
    with open_store(store.workspace.root).reading() as connection:
        assert labels.count(connection) in (answered, answered + 1)  # the one under way may be in or out, never half
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_many_threads_of_one_program_write_at_once(store: Store) -> None:
    def add(_: int) -> None:
        with store.writing() as connection:
            settings.put(connection, "count", settings.get(connection, "count", 0) + 1)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(400)))
    with store.reading() as connection:
        assert settings.get(connection, "count") == 400


def test_a_writer_kept_open_is_not_used_for_a_file_that_took_the_place_of_another(store: Store) -> None:
    with store.writing() as connection:
        settings.put(connection, "a", 1)
    store.checkpoint()
    other = store.workspace.root / "other.db"
    shutil.copy(store.workspace.database, other)
    other.replace(store.workspace.database)
    with store.writing() as connection:
        settings.put(connection, "a", 2)
    store.close()
    with open_store(store.workspace.root).reading() as connection:
        assert settings.get(connection, "a") == 2


def test_a_writer_that_failed_is_not_used_again(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing() as failed:
        raise RuntimeError
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        failed.execute("SELECT 1")
    with store.writing() as connection:
        settings.put(connection, "a", 1)
    with store.writing() as again:
        assert again is connection


def test_a_writer_that_waits_too_long_says_so_and_changes_nothing(store: Store) -> None:
    hasty = open_store(store.workspace.root, busy_timeout_ms=50)
    with store.writing() as holder:
        settings.put(holder, "a", 1)
        with pytest.raises(StoreBusyError), hasty.writing() as late:
            settings.put(late, "a", 2)
    with store.reading() as connection:
        assert settings.get(connection, "a") == 1


def fail_after_writing(store: Store) -> None:
    with store.writing() as connection:
        settings.put(connection, "a", 1)
        raise RuntimeError


def test_an_error_inside_takes_everything_back(store: Store) -> None:
    with pytest.raises(RuntimeError):
        fail_after_writing(store)
    with store.reading() as connection:
        assert settings.get(connection, "a") is None


def test_transactions_do_not_nest(store: Store) -> None:
    with store.writing() as connection, pytest.raises(StoreError, match="nest"), transaction(connection):
        pass


def test_readers_cannot_write(store: Store) -> None:
    with store.reading() as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        settings.put(connection, "a", 1)


@pytest.mark.parametrize(("role", "synchronous"), [("labels", 2), ("writer", 1)])
def test_connections_are_set_up(store: Store, role: str, synchronous: int) -> None:
    connection = store.connect(role)  # type: ignore[arg-type]
    asked = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
    assert [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked] == ["wal", 1, 30_000, synchronous]
    connection.close()


def test_a_database_that_vanished_is_an_error_not_an_empty_one(store: Store) -> None:
    store.workspace.database.unlink()
    with pytest.raises(StoreError, match="doctor"):
        store.connect("reader")


def test_a_label_that_the_disk_did_not_make_safe_is_said_to_be_sent_again_and_then_counts_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr("companion.store.connection._flushed", full)
        with pytest.raises(StoreError, match=r"Input/output error.*send them again"), store.writing("labels") as connection:
            labels.append(connection, label(1))
    with store.writing("labels") as connection:
        labels.append(connection, label(1))
        assert labels.count(connection) == 1


def test_only_labels_wait_for_the_disk(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr("companion.store.connection._flushed", lambda handle: flushed.append(Path(f"/proc/self/fd/{handle}").readlink()))
    with store.writing() as connection:
        settings.put(connection, "theme", "dark")
    assert flushed == []
    with store.writing("labels") as connection:
        labels.append(connection, label(1))
    assert flushed == [Path(f"{store.workspace.database}-wal")]


def test_labels_cannot_be_changed_deleted_or_replaced(store: Store) -> None:
    with store.writing("labels") as connection:
        assert labels.append(connection, label(1))
    for attack in (
        "UPDATE label_event SET grade = 1",
        "DELETE FROM label_event",
        "INSERT OR REPLACE INTO label_event SELECT * FROM label_event",
        "INSERT OR IGNORE INTO label_event SELECT * FROM label_event",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), store.writing("labels") as connection:
            connection.execute(attack)
    with store.reading() as connection:
        assert labels.listed(connection) == [label(1)]


def test_forgetting_deletes_only_what_was_asked_and_closes_behind_itself(store: Store) -> None:
    with store.writing("labels") as connection:
        for number in (1, 2):
            labels.append(connection, label(number, comment_id=f"c{number}"))
        assert labels.forget(connection, "tiktok", ["c1"]) == 1
    with store.reading() as connection:
        assert [event.comment_id for event in labels.listed(connection)] == ["c2"]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), store.writing() as connection:
        connection.execute("DELETE FROM label_event")


@pytest.mark.parametrize(
    "changes", [{"grade": 0}, {"grade": 11}, {"signal": "love"}, {"source": "page"}, {"sentiment": "meh"}, {"action": "drop"}]
)
def test_the_database_itself_refuses_wrong_labels(store: Store, changes: dict[str, object]) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.writing("labels") as connection:
        labels.append(connection, label(1, **changes))


def test_revoking_is_seen_by_other_connections_at_once(store: Store) -> None:
    client = Client("a", "Chrome", "chrome-extension://a", "00", "00", ("score",), 1)
    with store.writing() as connection:
        clients.add(connection, client)
        assert clients.revoke(connection, "a")
        assert not clients.revoke(connection, "a")
    with store.reading() as connection:
        assert clients.listed(connection)[0].revoked_at is not None
