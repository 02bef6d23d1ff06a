"""A health check of the workspace: each line says how it stands and what mends it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from companion.store import clock
from companion.store.backup import listed
from companion.store.schema import SchemaTooNewError, applied, refuse_newer
from companion.store.workspace import Workspace, WorkspaceError

Status = Literal["ok", "warn", "fail"]

MB = 1024 * 1024
LARGE_WAL = 64 * MB
LITTLE_DISK = 1024 * MB
NO_DISK = 100 * MB
OLD_BACKUP_DAYS = 7


@dataclass(frozen=True)
class Finding:
    """One line of the report. `mend` is empty when all is well."""

    name: str
    status: Status
    detail: str
    mend: str = ""


def examine(workspace: Workspace, load_model: Callable[[], str]) -> Iterator[Finding]:
    """Every check, cheapest first. Reads only.

    Args:
        workspace: the folder to look at.
        load_model: loads the model and returns its name, or raises ValueError or OSError with the reason.
    """
    yield sqlite_version(sqlite3.sqlite_version_info)
    yield _privacy(workspace)
    yield _key(workspace)
    yield from _database(workspace)
    yield _disk(workspace)
    yield _backups(workspace)
    yield _model(load_model)


def sqlite_version(version: tuple[int, ...]) -> Finding:
    """Whether SQLite has the fix of the WAL-reset fault (3.51.3, also in 3.50.7 and 3.44.6).

    The fault can damage a database when two connections checkpoint at the same moment; it is rare.
    """
    name = ".".join(map(str, version))
    fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if fixed:
        return Finding("SQLite", "ok", f"{name}, with the write-ahead log fix")
    mend = "back up daily with `buysignal backup`; a Python with SQLite 3.51.3 or later ends the risk"
    return Finding("SQLite", "warn", f"{name}, without the write-ahead log fix of 3.51.3 (a rare fault)", mend)


def _privacy(workspace: Workspace) -> Finding:
    if not workspace.root.is_dir():
        return Finding("Folder", "fail", f"{workspace.root} does not exist", "start BuySignal once, or choose another --workspace")
    mode = workspace.root.stat().st_mode & 0o777
    if mode & 0o077:
        return Finding("Folder", "warn", f"{workspace.root} can be read by others (mode {mode:o})", f"chmod 700 {workspace.root}")
    return Finding("Folder", "ok", f"{workspace.root}, private")


def _key(workspace: Workspace) -> Finding:
    try:
        size = len(workspace.key)
    except WorkspaceError as error:
        return Finding("Key", "fail", str(error), "without it, commenters seen before count as new ones")
    return Finding("Key", "ok", f"{size} bytes")


def _database(workspace: Workspace) -> Iterator[Finding]:
    mend = "stop the companion and bring back a copy: buysignal restore FILE"
    if not workspace.database.exists():
        yield Finding("Database", "fail", f"{workspace.database} does not exist", "start BuySignal once; it will be made")
        return
    try:
        with closing(sqlite3.connect(f"{workspace.database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            refuse_newer(applied(connection))
            verdict = str(connection.execute("PRAGMA integrity_check").fetchone()[0]).splitlines()[0]
            broken = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    except SchemaTooNewError as error:
        yield Finding("Database", "fail", str(error), "update BuySignal")
        return
    except sqlite3.Error as error:
        yield Finding("Database", "fail", f"{workspace.database}: {error}", mend)
        return
    yield Finding("Database", "ok", "sound") if verdict == "ok" else Finding("Database", "fail", verdict, mend)
    yield Finding("References", "ok", "complete") if not broken else Finding("References", "fail", f"{broken} rows point to nothing", mend)
    yield _log_size(workspace)


def _log_size(workspace: Workspace) -> Finding:
    log = workspace.database.with_name(workspace.database.name + "-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > LARGE_WAL:
        return Finding("Write-ahead log", "warn", f"{size // MB} MB", "stop and start the companion; it folds the log in at its end")
    return Finding("Write-ahead log", "ok", f"{size / MB:.1f} MB")


def _disk(workspace: Workspace) -> Finding:
    folder = next(path for path in (workspace.root, *workspace.root.absolute().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    status: Status = "fail" if free < NO_DISK else "warn" if free < LITTLE_DISK else "ok"
    return Finding("Free disk", status, f"{free // MB} MB", "" if status == "ok" else "delete files you do not need")


def _backups(workspace: Workspace) -> Finding:
    found = listed(workspace.backups)
    if not found:
        return Finding("Backup", "warn", "none yet", "buysignal backup")
    days = (clock.now_ms() - int(found[0].stat().st_mtime * clock.SECOND)) // clock.DAY
    if days >= OLD_BACKUP_DAYS:
        return Finding("Backup", "warn", f"the latest is {days} days old", "buysignal backup")
    return Finding("Backup", "ok", found[0].name)


def _model(load_model: Callable[[], str]) -> Finding:
    try:
        return Finding("Model", "ok", load_model())
    except (ValueError, OSError) as error:
        return Finding("Model", "fail", str(error), "reinstall BuySignal")
