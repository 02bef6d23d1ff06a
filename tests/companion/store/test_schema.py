"""The schema comes up once, and never down."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from companion.store import SchemaTooNewError, Store, StoreError, Workspace, open_store, settings
from companion.store.migrations import NAMES
from companion.store.schema import applied, apply_migrations
from companion.store.workspace import WorkspaceError


def schema(store: Store) -> list[tuple[str, str]]:
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name")]


def test_migrations_run_once(store: Store) -> None:
    before = schema(store)
    assert apply_migrations(store.workspace) == []
    assert schema(open_store(store.workspace.root)) == before
    with store.reading() as connection:
        assert applied(connection) == list(NAMES)


def test_many_starting_at_once_migrate_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _n: open_store(tmp_path / "w"), range(8)))
    assert len({store.workspace.key for store in stores}) == 1
    with stores[0].reading() as connection:
        assert applied(connection) == list(NAMES)


def test_every_table_is_strict(store: Store) -> None:
    with store.reading() as connection:
        tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'").fetchall()
    loose = {row["name"] for row in tables if not row["strict"]}
    assert {name for name in loose if not name.startswith(("sqlite_", "_sqlite_"))} == set()


def test_a_newer_schema_is_refused_and_left_alone(store: Store) -> None:
    with store.writing() as connection:
        connection.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('buysignal', 'm9999_future', 'later')")
    before = schema(store)
    with pytest.raises(SchemaTooNewError, match=r"m9999_future.*update BuySignal"):
        open_store(store.workspace.root)
    assert schema(store) == before


def test_a_failed_migration_leaves_nothing_half_done(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.prepare()
    with sqlite3.connect(workspace.database) as connection:
        connection.execute("CREATE TABLE client (x)")  # in the way of the first migration, after several tables of it
    connection.close()
    with pytest.raises(StoreError, match="client"):
        open_store(workspace.root)
    with sqlite3.connect(workspace.database) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert tables <= {"client", "_sqlite_migrations", "sqlite_sequence"}


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / "buysignal.db").write_text("not a database, long enough to be looked at" * 50)
    with pytest.raises(StoreError, match=r"buysignal\.db.*restore"):
        open_store(folder)


def test_everything_is_private(store: Store) -> None:
    with store.writing() as connection:
        settings.put(connection, "a", 1)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.workspace.root.iterdir()}
    assert stat.S_IMODE(store.workspace.root.stat().st_mode) == 0o700
    assert {"buysignal.db", "buysignal.db-wal", "workspace.key"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_pseudonyms_are_stable_here_and_different_elsewhere(tmp_path: Path) -> None:
    here, there = open_store(tmp_path / "a").workspace, open_store(tmp_path / "b").workspace
    assert here.pseudonym("joe") == open_store(tmp_path / "a").workspace.pseudonym("joe")
    assert here.pseudonym("joe") == here.pseudonym("Joe"), "handles are the same in any case"
    assert here.pseudonym("joe") != here.pseudonym("jo")
    assert here.pseudonym("joe") != there.pseudonym("joe")
    assert here.alias_key != there.alias_key
    assert len(here.alias_key) == 64


def test_a_cut_key_file_is_named(store: Store) -> None:
    store.workspace.key_file.write_bytes(b"short")
    with pytest.raises(WorkspaceError, match=r"workspace\.key has 5 bytes"):
        _ = open_store(store.workspace.root).workspace.key


def test_a_folder_of_others_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    tmp_path.chmod(0o755)
    open_store(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
