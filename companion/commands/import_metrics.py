"""Numbers of YouTube and Instagram from files into the workspace: recognised and checked as a whole, then taken in, or not at all."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

import click

from companion.commands.options import BAD_INPUT, BadInputError
from companion.commands.saying import count_of, say
from companion.importing.recognising import AmbiguousTableError, recognise
from companion.importing.site_columns import Site, words
from companion.importing.site_metrics import SiteRow, SiteTable, open_table, told_site
from companion.label_files import Place, Problem
from companion.store import SchemaTooNewError, Store, StoreError, clock, creators, forgotten, open_store, videos
from companion.store.workspace import WorkspaceError
from companion.table_files import BadFileError

SHOWN = 20
"""Lines of each kind that are shown; the others are counted."""
BATCH = 500
"""Rows stored in one write."""


@dataclass
class _Checked:
    """What the files hold. `problems` are wrong lines, `notes` values that are left out; the first SHOWN of each are kept."""

    tables: list[SiteTable] = field(default_factory=list)
    rows: int = 0
    wrong: int = 0
    noted: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def refuse(self, place: Place, message: str) -> None:
        self.wrong += 1
        if len(self.problems) < SHOWN:
            self.problems.append(Problem(place, message))

    def note(self, place: Place, message: str) -> None:
        self.noted += 1
        if len(self.notes) < SHOWN:
            self.notes.append(Problem(place, message))


def of_other_sites(files: Sequence[Path]) -> bool:
    """Whether these are tables of YouTube's or Instagram's numbers, as far as addresses or columns say it."""
    return all(not path.is_dir() and _of_other_site(path) for path in files)


def _of_other_site(path: Path) -> bool:
    try:
        if recognise(path) != "videos":  # comments under videos of other sites have addresses too
            return False
    except AmbiguousTableError:
        return False
    except BadFileError:
        pass  # no table of ours
    try:
        return told_site(path) is not None
    except BadFileError:
        return False


def import_metrics(files: Sequence[Path], site: Site | None, creator: str, workspace: Path, dry_run: bool, as_json: bool) -> None:
    """Read everything, say what was recognised, store.

    Raises:
        BadInputError: the workspace cannot be used, or could not be written to the end.
        SystemExit: status 2, after a report of the wrong lines.
    """
    checked = _check(files, site, creator)
    if not as_json:
        _show(checked)
    new = None if checked.wrong or dry_run else _store(checked, workspace)
    if as_json:
        click.echo(json.dumps(_summary(checked, new, dry_run)))
    if checked.wrong:
        _report(checked)
        sys.exit(BAD_INPUT)
    if not as_json:
        say("Nothing was written (--dry-run)." if new is None else f"New: {count_of(new, 'video')}. What was there already is up to date.")


def _check(files: Sequence[Path], site: Site | None, creator: str) -> _Checked:
    checked, now = _Checked(), clock.now_ms()
    for path in files:
        name = path.name if sum(other.name == path.name for other in files) == 1 else str(path)
        try:
            table = open_table(path, name, site, now, creator)
        except BadFileError as error:
            checked.refuse(Place(name, 1), str(error))
            continue
        checked.tables.append(table)
        before = checked.rows
        for row in table.rows():
            if isinstance(row, SiteRow):
                checked.rows += 1
                for message in row.notes:
                    checked.note(row.place, message)
            else:
                checked.refuse(*row)
        if checked.rows == before and not checked.wrong:
            checked.refuse(Place(name, 1), "the file holds no video")
    return checked


def _store(checked: _Checked, workspace: Path) -> int:
    """How many videos were not stored before."""
    try:
        store = open_store(workspace)
        return sum(_take(store, part) for table in checked.tables for part in _parts(table))
    except (StoreError, SchemaTooNewError, WorkspaceError, sqlite3.Error, BadFileError) as error:
        raise BadInputError(
            f"not everything was imported: {error}; import the same files again to go on, what is there already stays"
        ) from error


def _parts(table: SiteTable) -> Iterator[list[SiteRow]]:
    rows = _good(table)
    while part := list(islice(rows, BATCH)):
        yield part


def _good(table: SiteTable) -> Iterator[SiteRow]:
    for row in table.rows():
        if not isinstance(row, SiteRow):
            raise BadFileError(f"{row[0]} changed while it was read: {row[1]}")
        yield row


def _take(store: Store, part: Sequence[SiteRow]) -> int:
    with store.writing() as connection:
        left_out = forgotten.everyone(connection, store.workspace.pseudonym)
        rows = [row for row in part if left_out.isdisjoint(_marks(row))]
        known = {site: videos.known(connection, site, [row.video.id for row in rows]) for site in {row.video.platform for row in rows}}
        for row in rows:
            if row.creator:
                creators.save(connection, [row.creator], row.metric.at)
            videos.save(connection, [row.video], row.metric.at)
        videos.follow(connection, (row.metric for row in rows))
    return sum(row.video.id not in known[row.video.platform] for row in rows)


def _marks(row: SiteRow) -> set[str]:
    maker = forgotten.creator_marks(row.creator.id, row.creator.handle) if row.creator else set()
    return {forgotten.video_mark(row.video.id), *maker}


def _show(checked: _Checked) -> None:
    for table in checked.tables:
        say(f"{table.name}: numbers of {table.site}")
        say(f"  columns: {', '.join(words(table.columns))}")
        if table.columns.ignored:
            say(f"  not used: {', '.join(table.columns.ignored)}")
        if "created_at" in table.columns.used:
            say(f"  days such as 03/04/2026: {table.order}; times without a zone are taken as UTC")
    for note in checked.notes:
        say(f"  {note}")
    if checked.noted > len(checked.notes):
        say(f"  and {checked.noted - len(checked.notes):,} more values left out")
    if not checked.wrong:
        say(f"Recognised: {count_of(checked.rows, 'video')}, {count_of(checked.noted, 'value')} left out")


def _summary(checked: _Checked, new: int | None, dry_run: bool) -> dict[str, object]:
    files = [
        {"file": one.name, "site": one.site, "columns": one.columns.used, "ignored": list(one.columns.ignored)} for one in checked.tables
    ]
    return {
        "dry_run": dry_run,
        "files": files,
        "videos": checked.rows,
        "new": new,
        "left_out": [{**asdict(note.place), "message": note.message} for note in checked.notes],
        "further_left_out": checked.noted - len(checked.notes),
        "problems": [{**asdict(problem.place), "message": problem.message} for problem in checked.problems],
        "further_problems": checked.wrong - len(checked.problems),
    }


def _report(checked: _Checked) -> None:
    for problem in checked.problems:
        say(str(problem), err=True)
    if checked.wrong > len(checked.problems):
        say(f"and {checked.wrong - len(checked.problems):,} more", err=True)
    say(f"{count_of(checked.wrong, 'wrong line')}; nothing was imported from any file. Mend them and import again.", err=True)
