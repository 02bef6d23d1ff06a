"""A TikTok Studio file of one creator into the workspace: figures beside stored videos, counts as one more look at them."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from companion.quality.studio_rows import COUNTS, StudioRow, meanings, studio_rows
from companion.store import Store, forgotten, studio, videos
from companion.store.creators import Creator
from companion.store.studio import Studio
from companion.store.videos import Metric, Video
from companion.table_files import BadFileError, header, read_rows

MAX_ROWS = 5_000
"""Rows that are read of a file: no account has more videos that anybody looks at, and whoever else writes waits for them all."""


@dataclass(frozen=True)
class StudioReport:
    """What became of a file: `taken` videos, `new` of them not stored before; `problems` name what was not used, with their lines."""

    file: str
    taken: int
    new: int
    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    problems: tuple[str, ...]


def take(store: Store, creator: Creator, path: Path, now: int, name: str = "") -> StudioReport:
    """Read the file, and store what it says of this creator's videos; all or nothing. `name`: what the user calls the file.

    Raises:
        BadFileError: it is no such file; the message says what is needed. Nothing was written.
        StoreError, sqlite3.Error: nothing was written.
    """
    names = [column for column in header(path) if column]
    columns = meanings(names)
    if "video" not in columns.values():
        seen = ", ".join(names[:8])[:120] or "none"
        raise BadFileError(f'no column names the videos; it needs "Video link" (columns found: {seen}). Choose the file of your posts')
    if not set(columns.values()) - {"video", "title", "at", "created_at"}:
        raise BadFileError('nothing but addresses and titles in it; it needs a column such as "Total views" or "Watched full video"')
    reader = read_rows(path)
    found, problems = studio_rows(islice(reader, MAX_ROWS), columns, now)
    if (left := next(reader, None)) is not None:
        problems.append(f"from line {left.line:,} on nothing was read, since the file has more than {MAX_ROWS:,} rows; split it")
    with store.writing() as connection:
        left_out = forgotten.everyone(connection, store.workspace.pseudonym)
        kept = [row for row in found if forgotten.video_mark(row.video_id) not in left_out]
        foreign = {row.video_id: wrong for row in kept if (wrong := _foreign(connection, creator, row))}
        problems += foreign.values()
        own = [row for row in kept if row.video_id not in foreign]
        known = videos.known(connection, creator.platform, [row.video_id for row in own])
        _save(connection, creator, own, now)
    if len(kept) < len(found):
        problems.append(f"{len(found) - len(kept):,} {'row was' if len(found) - len(kept) == 1 else 'rows were'} left out, as asked before")
    problems.sort(key=_line)
    ignored = tuple(column for column in names if column not in columns)
    return StudioReport(name or path.name, len(own), len(own) - len(known), tuple(columns), ignored, tuple(problems))


def _line(problem: str) -> float:
    """The line that a problem names; those of the whole file come last."""
    found = re.match(r"line (\d+):", problem)
    return int(found[1]) if found else math.inf


def _foreign(connection: sqlite3.Connection, creator: Creator, row: StudioRow) -> str:
    """Why a row does not belong to the creator; "" where it may."""
    if row.handle and creator.handle and row.handle != creator.handle.lower():
        return f"line {row.line}: the video is one of @{row.handle}, not of @{creator.handle}; row skipped"
    maker = videos.creator_of(connection, creator.platform, row.video_id)
    if maker is not None and maker != creator.id:
        return f"line {row.line}: the video {row.video_id[:40]} is stored as another creator's; row skipped"
    return ""


def _video(stored: Video | None, creator: Creator, row: StudioRow) -> Video:
    """The video with what was not known of it: the file's title is cut and its day has no hour, so what is stored goes before."""
    told = Video(creator.platform, row.video_id, creator_id=creator.id)
    if stored is None or not stored.caption:
        told = replace(told, caption=row.title or None)
    return told if stored is not None and stored.created_at is not None else replace(told, created_at=row.created_at)


def _save(connection: sqlite3.Connection, creator: Creator, rows: Sequence[StudioRow], now: int) -> None:
    place = creator.platform
    videos.save(connection, [_video(videos.find(connection, place, row.video_id), creator, row) for row in rows], now)
    counted = [row for row in rows if any(getattr(row, name) is not None for name in COUNTS)]
    videos.follow(
        connection,
        [Metric(place, row.video_id, row.at or now, **{name: getattr(row, name) for name in COUNTS}) for row in counted],
    )
    told = [row for row in rows if row.traffic or (row.completion, row.watched_s, row.new_followers) != (None, None, None)]
    studio.put(
        connection,
        [Studio(place, row.video_id, row.at or now, row.completion, row.watched_s, row.new_followers, dict(row.traffic)) for row in told],
    )
