"""The comments on screen as a CSV file, filters applied."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from flask import Response, request

from companion import leads
from companion.csv_cells import lines
from companion.dashboard import words
from companion.dashboard.blueprint import pages
from companion.dashboard.filters import Filters
from companion.dashboard.readings import Row, load_places
from companion.services import connection, services
from companion.store import clock, inbox, sample
from companion.store.finding import Finder
from companion.store.unread import Place
from companion.store.wanted import Wanted

SAMPLE_MARK = "sample (invented)"

AT_ONCE = 500
"""Comments read together while a file is written."""

HEADER = (
    "data", "comment", "grade", "band", "what they want", "likely from", "likely to", "not sure", "your own grade", "language",
    "likes", "written", "reply", "by the creator", "video", "caption", "model",
)  # fmt: skip


@pages.get("/comments.csv")
def export_comments() -> Response:
    """Every comment that fits the filters, not only one page. Sample rows say so in the first column."""
    model = services().model.id

    def written(database: sqlite3.Connection, filters: Filters, wishes: Wanted) -> Iterator[str]:
        places = Finder(database, model, wishes, filters.order).every()
        return lines(HEADER, _cells(_rows(database, model, places), model))

    return _file("comments", written)


@pages.get("/leads.csv")
def export_leads() -> Response:
    """Those that fit the filters and are close to buying, without their words: for a seller's own list."""
    model = services().model.id

    def written(database: sqlite3.Connection, filters: Filters, wishes: Wanted) -> Iterator[str]:
        found = leads.leads(database, model, wishes, filters.order)
        cells = ([lead.link, lead.grade, words.SIGNALS[lead.signal], lead.product, lead.video] for lead in found)
        return lines(leads.COLUMNS, cells)

    return _file("leads", written)


def _file(what: str, written: Callable[[sqlite3.Connection, Filters, Wanted], Iterator[str]]) -> Response:
    """A file that is sent while it is written, over a connection of its own."""
    filters, store, database = Filters.of(request.args), services().store, connection("reader")
    wishes = filters.wanted(inbox.last_visit(database))
    only_sample = Finder(database, services().model.id, wishes).only_of(sample.PLATFORM)

    def sent() -> Iterator[str]:
        with store.reading() as own:
            yield from written(own, filters, wishes)

    name = f"buysignal-{'sample-' if only_sample else ''}{what}-{clock.stamp(clock.now_ms())[:8]}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(sent(), content_type="text/csv; charset=utf-8", headers=headers)


def _rows(database: sqlite3.Connection, model: str, places: Iterator[Place]) -> Iterator[Row]:
    while some := list(islice(places, AT_ONCE)):
        yield from load_places(database, model, some)


def _cells(rows: Iterable[Row], model: str) -> Iterator[list[object]]:
    for row in rows:
        comment, reading = row.comment, row.reading
        graded: list[object] = [None] * 6
        if reading:
            graded = [round(reading.grade, 1), reading.band_words, reading.signal_words, *reading.interval, reading.unsure]
        yield [
            SAMPLE_MARK if comment.platform == sample.PLATFORM else comment.platform,
            comment.text,
            *graded,
            bool(reading and reading.yours),
            words.LANGUAGES.get(row.lang, row.lang),
            comment.likes,
            clock.iso(comment.created_at) if comment.created_at else None,
            row.parent_text is not None,
            comment.is_creator_reply,
            row.video.id,
            row.video.caption,
            None if reading is None or reading.yours else model,
        ]
