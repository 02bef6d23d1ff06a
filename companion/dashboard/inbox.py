"""Working through comments: answered, later, ignored; replies to copy; groups of creators; searches that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.dashboard.blueprint import pages
from companion.dashboard.filters import GROUPS, Filters, Option
from companion.dashboard.frame import fragment
from companion.dashboard.readings import Row, load_one
from companion.services import connection, services
from companion.store import clock, inbox, products, saved_searches, transaction
from companion.store.inbox import GroupedCreator, Template
from companion.store.saved_searches import SavedSearch

SHOWN_CREATORS = 100
NAME_LENGTH, TEXT_LENGTH = 60, 1_000
"""Of templates and searches, characters."""
MOST_OF_ALERT = {"many": 10_000, "grade": 10, "hours": 24 * 30}
"""The largest numbers an alert takes."""


@dataclass(frozen=True)
class Reply:
    """A template filled for one comment."""

    name: str
    text: str


@dataclass(frozen=True)
class InboxView:
    """What the page of replies, alerts and groups shows."""

    templates: list[Template]
    searches: list[SavedSearch]
    creators: list[GroupedCreator]

    groups = (
        Option("", "no group"),
        *(Option(key, label) for key, label in (("mine", "mine"), ("partner", "partner"), ("competitor", "competitor"))),
    )

    def words_of(self, search: SavedSearch) -> str:
        """When a search raises an alert."""
        if search.many is None:
            return "no alert"
        grade = f"grade {search.grade} or more" if (search.grade or 1) > 1 else "any grade"
        return f"alert at {search.many} new of {grade} within {search.hours} h"


@pages.post("/comments/<platform>/<comment_id>/mark")
def mark(platform: str, comment_id: str) -> Any:
    """Put a comment into a state of the inbox, or take that back."""
    state = request.form.get("state", "")
    if state not in ("", *inbox.STATES):
        abort(400, "state: choose answered, later or ignored")
    with transaction(connection("writer")) as database:
        inbox.mark(database, platform, comment_id, cast("inbox.State", state) if state else None)
    if fragment():
        return render_template("parts/comment_row.html", row=_row(platform, comment_id))
    return redirect(_back("comments"), code=303)


@pages.get("/comments/<platform>/<comment_id>/reply")
def reply(platform: str, comment_id: str) -> Any:
    """Replies to copy, as a part of the table (htmx) or as a page of its own."""
    row = _row(platform, comment_id)
    part = "parts/reply_row.html" if fragment() else "reply.html"
    answer = make_response(render_template(part, row=row, replies=_replies(row)))
    answer.vary.add("HX-Request")
    return answer


@pages.get("/comments/settings")
def inbox_page() -> str:
    """Reply templates, kept searches, groups."""
    database = connection("reader")
    view = InboxView(inbox.templates(database), saved_searches.listed(database), inbox.grouped(database, SHOWN_CREATORS))
    return render_template("inbox.html", view=view)


@pages.post("/comments/settings/template")
def save_template() -> Response:
    """Store a reply template, change or delete one."""
    ident, name, text = request.form.get("id", type=int), _text("name", NAME_LENGTH), _text("text", TEXT_LENGTH)
    with transaction(connection("writer")) as database:
        if "remove" in request.form and ident is not None:
            inbox.remove_template(database, ident)
        elif name and text:
            inbox.put_template(database, ident, name, text)
    if "remove" in request.form:
        flash("The reply is deleted.", "good")
    elif name and text:
        flash(f"The reply “{name}” is saved.", "good")
    else:
        flash("Nothing was saved: a reply needs a name and a text.", "bad")
    return redirect(url_for("dashboard.inbox_page"), code=303)


@pages.post("/comments/settings/group")
def save_group() -> Response:
    """Put a creator into a group, or out of it."""
    group, (platform, _, ident) = request.form.get("group", ""), request.form.get("creator", "").partition(":")
    if group not in GROUPS:
        abort(400, "group: choose mine, partner, competitor or none")
    with transaction(connection("writer")) as database:
        inbox.put_group(database, platform, ident, cast("inbox.Group", group) if group else None)
    flash("The group is saved.", "good")
    return redirect(url_for("dashboard.inbox_page"), code=303)


@pages.post("/comments/searches")
def keep_search() -> Response:
    """Keep the search on screen by a name, with an alert where one was asked for."""
    filters, name = Filters.of(request.args), _text("name", NAME_LENGTH)
    if not name:
        flash("Nothing was kept: give the search a name.", "bad")
        return redirect(_list(filters), code=303)
    alert = (_number("many"), _number("grade"), _number("hours")) if "alert" in request.form else None
    with transaction(connection("writer")) as database:
        saved_searches.add(database, name, {**filters.alone.query(), **({"sort": filters.sort} if filters.sort else {})}, alert)
    flash(f"The search “{name}” is kept.", "good")
    return redirect(_list(filters), code=303)


@pages.post("/comments/searches/<int:search_id>/remove")
def remove_search(search_id: int) -> Response:
    """Delete a kept search."""
    with transaction(connection("writer")) as database:
        saved_searches.remove(database, search_id)
    flash("The search is deleted.", "good")
    return redirect(url_for("dashboard.inbox_page"), code=303)


@pages.post("/comments/searches/<int:search_id>/read")
def read_alert(search_id: int) -> Response:
    """Take an alert down."""
    with transaction(connection("writer")) as database:
        saved_searches.read(database, search_id, clock.now_ms())
    return redirect(_back("comments"), code=303)


def filled(text: str, product: str, link: str) -> str:
    """A template with its slots filled; a slot that nobody knows anything for stays, so that it is seen.

    >>> filled("It is {product}: {link}", "the lamp", "")
    'It is the lamp: {link}'
    """
    return text.replace("{product}", product or "{product}").replace("{link}", link or "{link}")


def _replies(row: Row) -> list[Reply]:
    database = connection("reader")
    shown = products.of_video(database, row.video.platform, row.video.id)
    product = row.video.product or next((one.title for one in shown if one.title), "")
    link = next((one.url for one in shown if one.url), "")
    return [Reply(one.name, filled(one.text, product, link)) for one in inbox.templates(database)]


def _row(platform: str, comment_id: str) -> Row:
    row = load_one(connection("reader"), services().model.id, platform, comment_id)
    if row is None:
        abort(404)
    return row


def _text(name: str, most: int) -> str:
    return request.form.get(name, "").strip()[:most]


def _number(name: str) -> int:
    number = request.form.get(name, type=int)
    if number is None or not 1 <= number <= MOST_OF_ALERT[name]:
        abort(400, f"{name}: choose a number from 1 to {MOST_OF_ALERT[name]:,}")
    return number


def _list(filters: Filters) -> str:
    query: dict[str, Any] = dict(filters.query())
    return url_for("dashboard.comments", **query)


def _back(endpoint: str) -> str:
    """The page that sent the form, where it is one of ours; its address was checked with the form."""
    before = request.referrer or ""
    root = request.url_root
    return before.removeprefix(root.rstrip("/")) if before.startswith(root) else url_for(f"dashboard.{endpoint}")
