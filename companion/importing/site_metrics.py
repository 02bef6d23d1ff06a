"""Tables of YouTube's and Instagram's numbers -> videos, creators and readings of their counters.

A value that cannot be true (below zero, no number, in the future) is left out and named with its line; the rest of the row counts. A row
without a usable id is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from companion import cell_values
from companion.importing.columns import flat
from companion.importing.site_columns import COUNTERS, Site, SiteColumns, recognise, site_of
from companion.importing.site_values import DayOrder, day_order, moment, seconds, video_id
from companion.importing.tables import column_names, modified_ms
from companion.label_files import Place
from companion.quality.counts import parse_count
from companion.store.creators import Creator, id_of_name
from companion.store.videos import Metric, Video
from companion.table_files import BadFileError, read_rows

FIRST = 50
"""Rows whose addresses say of which site a table is."""


@dataclass(frozen=True)
class SiteRow:
    """One row: the video, who made it (None where nobody says), its counters; `notes` name what was left out."""

    place: Place
    video: Video
    creator: Creator | None
    metric: Metric
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SiteTable:
    """A file whose site and columns were recognised. `creator` is whose videos they are, where the file does not say; "" else."""

    path: Path
    name: str
    site: Site
    columns: SiteColumns
    order: DayOrder
    now: int
    creator: str = ""

    def rows(self) -> Iterator[SiteRow | tuple[Place, str]]:
        """Its rows in file order, or the place and what is wrong there; the line of sums that YouTube writes first is left out."""
        seen = modified_ms(self.path)
        lines: dict[str, int] = {}
        for row in read_rows(self.path):
            place = Place(self.name, row.line)
            values = flat(row.values)
            if row.error:
                yield place, row.error
            elif str(values.get(self.columns.used["video_id"], "")).strip().casefold() != "total":
                try:
                    found = _row(self, values, place, seen)
                except ValueError as error:
                    yield place, str(error)
                    continue
                first = lines.setdefault(found.video.id, row.line)
                if first != row.line:
                    yield place, f"the video {found.video.id} stands in line {first} already; keep one of the two"
                else:
                    yield found


def open_table(path: Path, name: str, site: Site | None, now: int, creator: str = "") -> SiteTable:
    """Look at the columns and the first rows.

    Raises:
        BadFileError: the file cannot be read, its site is not known, or a needed column is missing.
    """
    names = column_names(path)
    site = site or told_site(path)
    if site is None:
        raise BadFileError("neither an address nor a column says of which site these numbers are; say so with --site")
    columns = recognise(names)
    if columns.missing:
        raise BadFileError(f"no column was found for {columns.missing}; rename yours (see `buysignal import -h`)")
    days = columns.used.get("created_at")
    order = day_order(flat(row.values).get(days) for row in read_rows(path)) if days else "month first"
    return SiteTable(path, name, site, columns, order, now, creator)


def told_site(path: Path) -> Site | None:
    """Of which site a table is, by the addresses of its videos or its columns; None where neither says it."""
    names = column_names(path)
    column = recognise(names).used.get("video_id")
    return site_of(names, (flat(row.values).get(column) for row in islice(read_rows(path), FIRST)) if column else ())


@dataclass
class _Reading:
    """Reads one row and gathers what was left out."""

    values: dict[str, object]
    columns: SiteColumns
    notes: list[str] = field(default_factory=list)

    def given(self, meaning: str) -> object:
        value = self.values.get(self.columns.used.get(meaning, ""))
        return None if value is None or not str(value).strip() else value

    def count(self, meaning: str) -> int | None:
        value = self.given(meaning)
        if value is None:
            return None
        found = parse_count(value, self.columns.used[meaning])
        if found.reason:
            self.notes.append(f"{found.reason}; left out")
        return found.value

    def text(self, meaning: str) -> str | None:
        value = self.given(meaning)
        return None if value is None else str(value).strip()

    def name(self, meaning: str) -> str | None:
        value = self.given(meaning)
        try:
            return None if value is None else cell_values.name(value)
        except ValueError as error:
            self.left_out(meaning, error)
            return None

    def region(self) -> str | None:
        value = self.given("region")
        try:
            return None if value is None else cell_values.region(value)
        except ValueError as error:
            self.left_out("region", error)
            return None

    def left_out(self, meaning: str, error: ValueError) -> None:
        self.notes.append(f'"{self.columns.used[meaning]}" {error}; left out')


def _row(table: SiteTable, values: dict[str, object], place: Place, seen: int) -> SiteRow:
    read = _Reading(values, table.columns)
    shown = table.columns.used["video_id"]
    if (given := read.given("video_id")) is None:
        raise ValueError(f'"{shown}" is missing or empty')
    try:
        ident = video_id(given, table.site)
    except ValueError as error:
        raise ValueError(f'"{shown}" {error}') from error
    created, collected = _time(read, "created_at", table), _time(read, "collected_at", table)
    creator = _creator(read, table)
    length = None
    if (duration := read.given("duration")) is not None:
        try:
            length = round(seconds(duration) * 1000)
        except ValueError as error:
            read.left_out("duration", error)
    tags = read.text("hashtags")
    video = Video(
        platform=table.site,
        id=ident,
        creator_id=creator.id if creator else None,
        caption=read.text("caption"),
        hashtags=None if tags is None else cell_values.hashtags(tags),
        duration_ms=length,
        lang=(read.text("lang") or "").partition("-")[0].lower() or None,
        created_at=created,
        region=read.region(),
    )
    counts = {name: read.count(name) for name in COUNTERS}
    return SiteRow(place, video, creator, Metric(table.site, ident, collected or seen, **counts), tuple(read.notes))


def _time(read: _Reading, meaning: str, table: SiteTable) -> int | None:
    value = read.given(meaning)
    if value is None:
        return None
    try:
        found = moment(value, table.order)
    except ValueError as error:
        read.left_out(meaning, error)
        return None
    if found > table.now:
        read.notes.append(f'"{table.columns.used[meaning]}" {cell_values.shown(value)} lies in the future; left out')
        return None
    return found


def _creator(read: _Reading, table: SiteTable) -> Creator | None:
    """Known by its number at the site, else by its handle ("@" before it), else by its name."""
    said, name, key = (read.name("creator") or table.creator).lstrip("@"), read.name("creator_name"), read.name("creator_id")
    handle = said if said and not any(char.isspace() or char == "/" for char in said) else None
    name = name or (said if said and not handle else None)
    ident = key or (f"@{handle.lower()}" if handle else id_of_name(name) if name else None)
    followers = read.count("followers")
    return Creator(table.site, ident, handle, name, followers=followers) if ident else None
