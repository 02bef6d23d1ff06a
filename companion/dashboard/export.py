"""The comments on screen as a CSV file, filters applied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Response, request

from companion.dashboard import words
from companion.dashboard.blueprint import pages
from companion.dashboard.csv_cells import lines
from companion.dashboard.filters import Filters, chosen
from companion.dashboard.readings import Row, load
from companion.services import connection, services
from companion.store import clock, sample

SAMPLE_MARK = "sample (invented)"

HEADER = (
    "data", "comment", "grade", "band", "what they want", "likely from", "likely to", "not sure", "your own grade", "language",
    "likes", "written", "reply", "by the creator", "video", "caption", "model",
)  # fmt: skip


@pages.get("/comments.csv")
def export_comments() -> Response:
    """Every comment that fits the filters, not only one page. Sample rows say so in the first column."""
    model = services().model.id
    rows = chosen(load(connection("reader"), model), Filters.of(request.args))
    only_sample = bool(rows) and all(row.is_sample for row in rows)
    name = f"buysignal-{'sample-' if only_sample else ''}comments-{clock.stamp(clock.now_ms())[:8]}.csv"
    return Response(
        "".join(lines(HEADER, _cells(rows, model))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _cells(rows: Sequence[Row], model: str) -> Iterator[list[object]]:
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
