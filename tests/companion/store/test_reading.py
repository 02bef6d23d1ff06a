"""Readers wait open for their next use, and nobody notices."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from companion.store import Store, open_store, settings
from companion.store.backup import backup, restore
from companion.store.connection import IDLE_READERS


def put(store: Store, value: int) -> None:
    with store.writing() as connection:
        settings.put(connection, "number", value)


def number(store: Store) -> object:
    with store.reading() as connection:
        return settings.get(connection, "number")


def test_a_reader_is_used_again_and_sees_what_was_written_meanwhile(store: Store) -> None:
    put(store, 1)
    with store.reading() as first:
        assert settings.get(first, "number") == 1
    put(store, 2)
    with store.reading() as second:
        assert second is first
        assert settings.get(second, "number") == 2


def test_a_reader_never_writes_also_when_used_again(store: Store) -> None:
    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError, match="readonly"), store.reading() as connection:
            connection.execute("DELETE FROM setting")
        number(store)


def test_a_question_left_unfinished_ends_with_its_block_and_holds_nobody_back(store: Store) -> None:
    for value in range(3):
        put(store, value)
    with store.reading() as connection:
        rows = connection.execute("SELECT value FROM (SELECT 1 AS value UNION ALL SELECT 2 UNION ALL SELECT 3)")
        assert rows.fetchone()[0] == 1
    with pytest.raises(sqlite3.Error):
        rows.fetchall()
    put(store, 7)
    assert number(store) == 7


def test_questions_after_a_restore_are_answered_from_what_was_brought_back(store: Store) -> None:
    put(store, 1)
    assert number(store) == 1
    kept = backup(store.workspace)
    put(store, 2)
    assert number(store) == 2
    restore(store.workspace, kept)
    assert number(store) == 1


def test_many_at_once_are_answered_and_few_stay_open(store: Store) -> None:
    put(store, 5)
    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(lambda _: number(store), range(400))) == {5}
    open_ones = [store.reading() for _ in range(IDLE_READERS + 3)]
    connections = [one.__enter__() for one in open_ones]
    for one in open_ones:
        one.__exit__(None, None, None)
    assert sum(_answers(connection) for connection in connections) == IDLE_READERS
    store.close()
    assert not any(_answers(connection) for connection in connections)


def test_a_closed_store_reads_on(store: Store) -> None:
    put(store, 3)
    store.close()
    assert number(store) == 3
    assert number(open_store(store.workspace.root)) == 3


def _answers(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1").fetchall()
    except sqlite3.ProgrammingError:
        return False
    return True
