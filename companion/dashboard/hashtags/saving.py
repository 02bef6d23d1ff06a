"""Tables of hashtags as files: what is on screen, all of it, in the same order."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence

from flask import Response, request

from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.category_page import MOST, asked, category_rows
from companion.dashboard.hashtags.choice import Choice, level_of
from companion.dashboard.hashtags.numbers import largest
from companion.dashboard.hashtags.overview import FOUND
from companion.dashboard.hashtags.picture import picture_of
from companion.dashboard.hashtags.tables import COLUMNS, TagRow, tag_rows
from companion.exporting.tables import Column, Value
from companion.exporting.writers import WRITERS
from companion.hashtag_keeper import keeper
from companion.hashtags import clean_tag
from companion.security.problems import RefusalError
from companion.store import clock

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
"""Media type of each format."""

FOUND_COLUMNS = (Column("kind"), Column("id"), Column("name"), Column("closeness", "number"), Column("videos", "integer"))
BESIDE_COLUMNS = (Column("hashtag"), Column("videos_in_common", "integer"), Column("videos", "integer"), Column("leads_to"))

BUILDING = "Hashtags are still being read; try again in a moment."


@pages.get("/hashtags.<kind>")
def save_hashtags(kind: str) -> Response:
    """The largest tags of the store."""
    atlas = keeper().answer()
    if atlas is None:
        raise RefusalError(503, "busy", BUILDING, retry_after=2)
    return file_of("hashtags", kind, COLUMNS, _values(tag_rows(largest(atlas, MOST))))


@pages.get("/hashtags/category.<kind>")
def save_category(kind: str) -> Response:
    """The tags of a category."""
    choice, category, tree = asked()
    atlas = keeper().ready(tree, level_of(tree, category), choice.strategy)
    if atlas is None:
        raise RefusalError(503, "busy", BUILDING, retry_after=2)
    rows = category_rows(atlas, category, tree, choice, MOST)
    return file_of(f"hashtags-{category.name}", kind, COLUMNS, _values(rows))


@pages.get("/hashtags/found.<kind>")
def save_found(kind: str) -> Response:
    """What a search found."""
    choice = Choice.of(request.args)
    tree = choice.taxonomy
    atlas = keeper().ready(tree, strategy=choice.strategy)
    if atlas is None:
        raise RefusalError(503, "busy", BUILDING, retry_after=2)
    hits = atlas.search(choice.q, tree, FOUND, choice.strategy)
    rows: list[list[Value]] = [
        ["hashtag" if hit.kind == "tag" else "category", hit.id, hit.text, hit.similarity, hit.videos if hit.kind == "tag" else None]
        for hit in hits
    ]
    return file_of("hashtags-found", kind, FOUND_COLUMNS, rows)


@pages.get("/hashtags/beside.<kind>")
def save_beside(kind: str) -> Response:
    """The hashtags that share most videos with the one in `tag`."""
    atlas = keeper().answer()
    if atlas is None:
        raise RefusalError(503, "busy", BUILDING, retry_after=2)
    tag = request.args.get("tag", "")
    around = picture_of(atlas.neighbourhood(tag, Choice.of(request.args).taxonomy))
    rows: list[list[Value]] = [[dot.tag, dot.shared, dot.videos, dot.department or None] for dot in around.dots[1:]] if around else []
    return file_of(f"hashtags-beside-{clean_tag(tag)}", kind, BESIDE_COLUMNS, rows)


def file_of(name: str, kind: str, columns: tuple[Column, ...], rows: Sequence[list[Value]]) -> Response:
    """A table as a file of one of `TYPES`; another kind is a page that does not exist."""
    if kind not in TYPES:
        raise RefusalError(404, "not-found", f"There is no file of the kind {kind}; there are: {', '.join(TYPES)}.")
    out = io.BytesIO()
    if kind == "json":
        names = [column.name for column in columns]
        out.write(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=1).encode("utf-8", "replace"))
    else:
        WRITERS[kind](out, columns, rows, "hashtags")
    plain = "".join(char if char.isascii() and (char.isalnum() or char == "-") else "-" for char in name.lower())
    file = f"buysignal-{plain}-{clock.stamp(clock.now_ms())[:8]}.{kind}"
    return Response(out.getvalue(), content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{file}"'})


def _values(rows: Iterable[TagRow]) -> list[list[Value]]:
    return [row.values for row in rows]
