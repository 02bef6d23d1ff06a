"""Marking many comments at once as adverts or as the creator's own words, and taking that back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from companion.dashboard import words
from companion.dashboard.blueprint import pages
from companion.dashboard.filters import Filters
from companion.dashboard.readings import Row, load_places
from companion.intent.text import normalise
from companion.services import connection, services
from companion.store import annotators, clock, label_flags, labels, transaction
from companion.store.label_flags import GRADES, Flag
from companion.store.labels import LabelEvent
from companion.store.predictions import digest
from companion.store.unread import Place

MOST = 200
"""Comments marked in one go; a page holds fewer."""

FLAG_WORDS: dict[Flag, str] = {"spam": "spam", "creator": "creator or brand"}


@dataclass(frozen=True)
class Marked:
    """Marks given in one go that stand; `at` (ms UTC) names them."""

    at: int
    count: int
    words: str


@pages.post("/comments/flags")
def flag_comments() -> Response:
    """Mark the chosen comments, or (`flag` empty) take their marks away. The address names the filters to come back to."""
    flag, places = request.form.get("flag", ""), _chosen()
    if flag not in ("", *GRADES):
        abort(400, "flag: choose spam, creator or none")
    filters = Filters.of(request.args)
    if not places:
        flash("Nothing was marked: choose comments first.", "bad")
        return redirect(_list(filters), code=303)
    now = clock.now_ms()
    if flag == "":
        with transaction(connection("labels")) as database:
            undone = label_flags.take_back(database, label_flags.standing(database, places), now)
        flash(f"{words.count(undone, 'mark')} taken away." if undone else "None of the chosen comments had a mark.", "good")
        return redirect(_list(filters), code=303)
    rows = load_places(connection("reader"), services().model.id, places)
    with transaction(connection("labels")) as database:
        annotators.ensure_local(database)
        label_flags.take_back(database, label_flags.standing(database, places), now)
        for row in rows:
            labels.append(database, _mark(row, "spam" if flag == "spam" else "creator", now))
    return redirect(_list(filters, marked=now), code=303)


@pages.post("/comments/flags/<int:at>/undo")
def undo_flags(at: int) -> Response:
    """Take back all marks given at a time."""
    with transaction(connection("labels")) as database:
        undone = label_flags.take_back(database, label_flags.given_at(database, at), clock.now_ms())
    flash(f"{words.count(undone, 'mark')} taken back." if undone else "These marks were taken back already.", "good")
    return redirect(_list(Filters.of(request.args)), code=303)


def just_marked() -> Marked | None:
    """The marks that the address of this page names; None where there are none any more."""
    at = request.args.get("marked", type=int)
    found = label_flags.given_at(connection("reader"), at) if at else []
    return Marked(at or 0, len(found), flag_words(found[0].flags)) if found else None


@pages.app_template_filter("flag_words")
def flag_words(flags: Iterable[str]) -> str:
    """What a label marks its comment as, in words; "" where it marks nothing."""
    return " and ".join(said for flag, said in FLAG_WORDS.items() if flag in flags)


def here(filters: Filters) -> dict[str, str]:
    """The query string of the page of results on screen."""
    return filters.query(page=filters.page, after=filters.after, before=filters.before)


def _chosen() -> list[Place]:
    """The comments that the form names, each once.

    Raises:
        HTTPException: too many.
    """
    named = dict.fromkeys(request.form.getlist("comment"))
    if len(named) > MOST:
        abort(400, f"comment: choose at most {MOST} at once")
    pairs = (name.partition(":") for name in named)
    return [(platform, ident) for platform, _, ident in pairs if ident]


def _mark(row: Row, flag: Flag, now: int) -> LabelEvent:
    comment, context = row.comment, row.item.context
    kept = {"caption": context.caption, "hashtags": list(context.hashtags), "product": context.product, "parent": context.parent}
    return LabelEvent(
        uuid=label_flags.ident(now, comment.platform, comment.id),
        source="annotator",
        platform=comment.platform,
        comment_id=comment.id,
        video_id=comment.video_id,
        text=comment.text,
        text_hash=digest(normalise(comment.text)),
        guideline_version=labels.GUIDELINE,
        created_at=now,
        context={name: value for name, value in kept.items() if value},
        grade=GRADES[flag],
        signal="none",
        client_id=annotators.LOCAL,
        flags=(flag,),
    )


def _list(filters: Filters, **more: int) -> str:
    query: dict[str, str | int] = {**here(filters), **more}
    return url_for("dashboard.comments", **query)  # type: ignore[arg-type]
