"""Comments: the table of stored comments with its filters."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from flask import make_response, render_template, request

from companion.dashboard import words
from companion.dashboard.blueprint import pages
from companion.dashboard.filters import BANDS, SORTS, Filters, Option, Page, chosen, page_of
from companion.dashboard.frame import fragment
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.readings import MOST, Row, load
from companion.dashboard.video_names import name_of
from companion.services import connection, services


@dataclass(frozen=True)
class CommentsView:
    """What the page shows: choices, the page of rows, how far the grading is."""

    filters: Filters
    page: Page
    stored: int
    progress: Progress
    languages: list[Option]
    videos: list[Option]

    bands = tuple(Option(*pair) for pair in BANDS.items())
    signals = (Option("", "anything"), *(Option(*pair) for pair in words.SIGNALS.items()))
    orders = tuple(Option(*pair) for pair in SORTS.items())
    most = MOST


@pages.get("/comments")
def comments() -> Any:
    """The page, or only its results where htmx asks."""
    filters = Filters.of(request.args)
    model = services().model.id
    rows = load(connection("reader"), model)
    view = CommentsView(
        filters=filters,
        page=page_of(chosen(rows, filters), filters.page),
        stored=len(rows),
        progress=progress_of(model),
        languages=_languages(rows),
        videos=_videos(rows),
    )
    answer = make_response(render_template("parts/comment_results.html" if fragment() else "comments.html", view=view))
    answer.vary.add("HX-Request")
    return answer


@pages.app_template_filter("anchor")
def anchor(row: Row) -> str:
    """An HTML id for a comment: its own may hold colons and dots."""
    key = json.dumps([row.comment.platform, row.comment.id])
    return f"c{hashlib.sha256(key.encode()).hexdigest()[:16]}"


@pages.app_template_filter("video_name")
def video_name(row: Row) -> str:
    """A short name of the comment's video."""
    return name_of(row.video, 48)


def _languages(rows: list[Row]) -> list[Option]:
    found = sorted({row.lang for row in rows} - {""}, key=lambda code: words.LANGUAGES.get(code, code))
    return [Option("", "any language"), *(Option(code, words.LANGUAGES.get(code, code)) for code in found)]


def _videos(rows: list[Row]) -> list[Option]:
    found = {f"{row.video.platform}:{row.video.id}": name_of(row.video, 60) for row in rows}
    return [Option("", "any video"), *(Option(key, name) for key, name in sorted(found.items(), key=lambda pair: pair[1].casefold()))]
