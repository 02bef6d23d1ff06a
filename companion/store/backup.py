"""Copies of the database: made while it is in use, checked before they count, brought back with care."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from companion.store import clock
from companion.store.connection import StoreError, open_store, transaction
from companion.store.schema import applied, migrate, refuse_newer
from companion.store.workspace import Workspace

KEEP = 7
"""Backups kept in the workspace: a week of daily ones."""

_PREFIX = "buysignal-"

_STANDING = (
    (
        "SELECT revoked_at, id FROM client WHERE revoked_at IS NOT NULL",
        "UPDATE client SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?",
    ),
    ("SELECT who, at FROM forgotten", "INSERT INTO forgotten (who, at) VALUES (?, ?) ON CONFLICT DO NOTHING"),
    ("SELECT password, role, disabled_at, id FROM annotator", "UPDATE annotator SET password = ?, role = ?, disabled_at = ? WHERE id = ?"),
)
"""What a restore must not undo: how it is read from the present database, and how it is written into the restored one."""


def backup(workspace: Workspace, folder: Path | None = None, keep: int = KEEP) -> Path:
    """Copy the database into a new file named by time, check the copy, then drop all but the newest `keep`.

    Raises:
        StoreError: the copy could not be made or is not sound; no older backup was removed.
    """
    folder = folder or workspace.backups
    target = folder / f"{_PREFIX}{clock.stamp(clock.now_ms())}.db"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy(workspace.database, target)
        check(target)
    except (OSError, sqlite3.Error, StoreError) as error:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise StoreError(f"backup {target} could not be made ({error}); free some disk space or choose another --to folder") from error
    for old in listed(folder)[keep:]:
        old.unlink()
    return target


def listed(folder: Path) -> list[Path]:
    """Backups in a folder, newest first."""
    return sorted(folder.glob(f"{_PREFIX}*.db"), reverse=True)


def restore(workspace: Workspace, source: Path) -> Path | None:
    """Make a backup the workspace's database. The caller has stopped the companion.

    What stood there is kept beside it; its name is returned. Browsers revoked since stay revoked, people who asked to be left
    out since stay on that list (`companion.forget.forget_again` deletes what came back of them), accounts keep the password,
    role and switch that they have now, and old one-time links and logins stay void.

    Raises:
        StoreError: the file is not a sound BuySignal database; nothing was changed.
        SchemaTooNewError: a newer BuySignal wrote it; nothing was changed.
    """
    check(source)
    workspace.prepare()
    draft = workspace.root / f"{workspace.database.name}.restoring"
    draft.unlink(missing_ok=True)
    standing = _standing(workspace.database)
    copy(source, draft)
    _keep_standing(draft, standing)
    aside = _set_aside(workspace)
    draft.replace(workspace.database)
    open_store(workspace.root)
    return aside


def copy(source: Path, target: Path) -> None:
    """Copy a database with SQLite's backup API; safe while others write to it. The copy is private (0600) and on disk."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as read, closing(sqlite3.connect(target)) as write:
        read.backup(write)
        write.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    with target.open("rb") as stream:
        os.fsync(stream.fileno())


def check(path: Path) -> None:
    """Open a database file and check it whole.

    Raises:
        StoreError: missing, damaged, or not BuySignal's.
        SchemaTooNewError: from a newer BuySignal.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
            done = applied(connection)
    except sqlite3.Error as error:
        raise StoreError(f"{path} is not a readable database ({error}); choose another backup") from error
    if verdict != "ok":
        raise StoreError(f"{path} is damaged ({verdict.splitlines()[0]}); choose another backup")
    if not done:
        raise StoreError(f"{path} is a database, but not one of BuySignal's; choose another file")
    refuse_newer(done)


def _standing(database: Path) -> list[list[tuple[object, ...]]]:
    """Rows of each part of `_STANDING`; none of a part that cannot be read: the present database may be why a restore is needed."""
    found: list[list[tuple[object, ...]]] = []
    for asked, _ in _STANDING:
        try:
            with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                found.append(connection.execute(asked).fetchall())
        except sqlite3.Error:
            found.append([])
    return found


def _keep_standing(draft: Path, standing: list[list[tuple[object, ...]]]) -> None:
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        migrate(connection)
        with transaction(connection):
            for (_, told), rows in zip(_STANDING, standing, strict=True):
                connection.executemany(told, rows)
            connection.execute("DELETE FROM door_key")
            connection.execute("DELETE FROM annotator_session")


def _set_aside(workspace: Workspace) -> Path | None:
    if workspace.database.stat().st_size == 0:
        return None
    aside = workspace.root / f"{workspace.database.name}.before-{clock.stamp(clock.now_ms())}"
    for suffix in ("-wal", "-shm", ""):  # the log belongs to its database and keeps its name
        part = workspace.database.with_name(workspace.database.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    return aside
