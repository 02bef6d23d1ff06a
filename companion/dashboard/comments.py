"""Comments: everything collected, as a list to search and as an inbox to work through."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import make_response, render_template, request

from companion.dashboard import flagging, words
from companion.dashboard.blueprint import pages
from companion.dashboard.filters import BANDS, BOXES, GROUPS, KINDS, LIKES, PAGE, SORTS, Filters, Option, key_of, spelled
from companion.dashboard.frame import fragment
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.readings import Row, load_places
from companion.dashboard.video_names import name_of
from companion.leads import WARNING
from companion.services import connection, services
from companion.store import StoreError, choices, clock, inbox, saved_searches, shelf, transaction
from companion.store.comments import any_stored
from companion.store.finding import Finder, Found
from companion.store.saved_searches import SavedSearch
from companion.store.wanted import Wanted

COUNTED = 1_000
"""Up to here the entries of the inbox say how many there are."""


@dataclass(frozen=True)
class Box:
    """An entry of the inbox; `count` is "" where it says nothing."""

    value: str
    label: str
    count: str


@dataclass(frozen=True)
class Choices:
    """What the folded filters offer."""

    languages: list[Option]
    videos: list[Option]
    creators: list[Option]
    hashtags: list[str]

    bands = tuple(Option(*pair) for pair in BANDS.items())
    signals = (Option("", "anything"), *(Option(*pair) for pair in words.SIGNALS.items()))
    kinds = tuple(Option(*pair) for pair in KINDS.items())
    groups = tuple(Option(*pair) for pair in GROUPS.items())
    likes = tuple(Option(*pair) for pair in LIKES.items())


@dataclass(frozen=True)
class CommentsView:
    """What the page shows: choices, the page of rows, how far the grading is. `last_visit` is ms UTC, None on the first one."""

    filters: Filters
    found: Found
    rows: list[Row]
    stored: bool
    progress: Progress
    last_visit: int | None
    boxes: list[Box]
    searches: list[SavedSearch]
    alerts: list[SavedSearch]
    choices: Choices | None
    marked: flagging.Marked | None = None

    orders = tuple(Option(*pair) for pair in SORTS.items())
    warning = WARNING

    @property
    def here(self) -> dict[str, str]:
        """Query of this page."""
        return flagging.here(self.filters)

    @property
    def last(self) -> int:
        """Number of the last comment shown."""
        return self.found.first + len(self.rows) - 1

    @property
    def total_words(self) -> str:
        """How many there are, with "at least" where not all were counted."""
        counted = words.count(self.found.total, "comment")
        return counted if self.found.exact else f"at least {counted}"

    @property
    def previous(self) -> dict[str, str]:
        """Query of the page before."""
        return self.filters.query(page=max(1, self.found.page - 1), before=spelled(self.found.keys[0]))

    @property
    def next(self) -> dict[str, str]:
        """Query of the page after."""
        return self.filters.query(page=self.found.page + 1, after=spelled(self.found.keys[-1]))


@pages.get("/comments")
def comments() -> Any:
    """The page, or only its results where htmx asks."""
    filters, model, database = Filters.of(request.args), services().model.id, connection("reader")
    last_visit = inbox.last_visit(database) if fragment() else _visited(database)
    finder = Finder(database, model, filters.wanted(last_visit), filters.order)
    found = finder.page(filters.page, PAGE, key_of(filters.after), key_of(filters.before))
    view = CommentsView(
        filters=filters,
        found=found,
        rows=load_places(database, model, found.places),
        stored=bool(found.places) or any_stored(database),
        progress=progress_of(model),
        last_visit=last_visit,
        boxes=_boxes(database, model, last_visit),
        searches=saved_searches.listed(database),
        alerts=saved_searches.raised(database),
        choices=None if fragment() else _choices(database, filters),
        marked=None if fragment() else flagging.just_marked(),
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


def _visited(database: sqlite3.Connection) -> int | None:
    """Note this visit; when the one before it was."""
    now = clock.now_ms()
    if inbox.visit_is_new(database, now):
        with suppress(StoreError):  # a busy database is no reason to show nothing
            writer = connection("writer")
            with transaction(writer):
                inbox.note_visit(writer, now)
    return inbox.last_visit(database)


def _boxes(database: sqlite3.Connection, model: str, last_visit: int | None) -> list[Box]:
    counts = {}
    if last_visit is not None:
        counts["new"] = Finder(database, model, Wanted(seen_from=last_visit)).count(COUNTED + 1)
    for state in ("later", "ignored"):
        counts[state] = Finder(database, model, Wanted(box=state)).count(COUNTED + 1)
    return [Box(value, label, _capped(counts.get(value, 0))) for value, label in BOXES.items()]


def _capped(count: int) -> str:
    return "" if not count else f"{COUNTED:,}+" if count > COUNTED else str(count)


def _choices(database: sqlite3.Connection, filters: Filters) -> Choices:
    languages = sorted(shelf.languages(database), key=lambda code: words.LANGUAGES.get(code, code))
    films = {f"{video.platform}:{video.id}": name_of(video, 60) for video in choices.videos(database, filters.video)}
    makers = {f"{creator.platform}:{creator.id}": f"@{creator.handle}" for creator in choices.creators(database, filters.creator)}
    return Choices(
        languages=[Option("", "any language"), *(Option(code, words.LANGUAGES.get(code, code)) for code in languages)],
        videos=[Option("", "any video"), *_by_name(films)],
        creators=[Option("", "any creator"), *_by_name(makers)],
        hashtags=choices.hashtags(database),
    )


def _by_name(named: dict[str, str]) -> list[Option]:
    return [Option(key, name) for key, name in sorted(named.items(), key=lambda pair: pair[1].casefold())]
