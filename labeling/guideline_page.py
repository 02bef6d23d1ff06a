"""The labeling guide: to read and to search, its versions with what changed, and making a new one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from companion.dashboard.words import count
from companion.services import connection, services
from companion.store import adjudications, asked_again, clock, label_answers, label_items
from companion.store.adjudications import Decided
from companion.store.guidelines import Guideline
from companion.store.label_items import Item
from labeling import again, guide, people
from labeling.blueprint import pages
from labeling.guide import BadGuideError, Draft, Found, Line

LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Change:
    """A version and what it changed against the one before it."""

    guideline: Guideline
    author: str
    lines: list[Line]


@dataclass(frozen=True)
class GuideView:
    """The page: the version shown, what was searched for, and the story of all versions, newest first."""

    shown: Guideline
    current: Guideline
    html: Markup
    words: str
    found: list[Found]
    changes: list[Change]
    may_edit: bool


@dataclass(frozen=True)
class EditView:
    """The form. `gaps` are decisions that found the guide wanting, `item` the comment that led here."""

    current: Guideline
    gaps: list[Decided]
    item: Item | None
    draft: Draft
    again: frozenset[int]
    about: str = ""
    problem: str = ""


@pages.get("/guideline")
def guideline_page() -> str:
    """The guide, its search and its versions."""
    database = connection("reader")
    known = guide.history(database)
    asked = request.args.get("version", "")
    shown = next((one for one in known if one.version == asked), None) if asked else known[0]
    if shown is None:
        abort(404)
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    view = GuideView(
        shown=shown,
        current=known[0],
        html=guide.html(shown.text),
        words=words,
        found=guide.search(shown.text, words),
        changes=_changes(known),
        may_edit=people.current().may("adjudicator"),
    )
    return render_template("label/guideline.html", view=view)


@pages.get("/guideline/edit")
def edit_guideline() -> str:
    """The form for a new version."""
    return render_template("label/guideline_edit.html", view=_edit())


@pages.post("/guideline")
def keep_guideline() -> Response | tuple[str, int]:
    """Keep a new version, and ask again about the comments that it touches."""
    form, now, author = request.form, clock.now_ms(), people.current().id
    draft = Draft(form.get("base", ""), form.get("text", ""), form.get("reason", ""))
    about = form.get("about", "").strip()[:LONGEST_SEARCH]
    chosen = [int(value) for value in form.getlist("again") if value.isdecimal()]
    with services().store.writing() as writer:
        try:
            made = guide.checked(guide.history(writer), draft, author, now)
        except BadGuideError as error:
            problem = f"Nothing was kept: {error}."
            made = None
        if made:
            guide.keep(writer, made)
            touched = list(label_items.among(writer, chosen).values())
            touched += asked_again.worded(writer, about, again.MOST) if about else []
            items = list({(one.platform, one.target_id): one for one in touched}.values())[: again.MOST]
            if items:
                again.ask(writer, items, again.blank(f"Asked again by guide {made.version}", "guideline", author, now, made.version))
    if made is None:
        return render_template("label/guideline_edit.html", view=_edit(draft, frozenset(chosen), about, problem)), 422
    asked = f" {count(len(items), 'comment')} asked again, in a task of their own." if items else ""
    flash(f"Version {made.version} of the guide holds from now on; open tasks show it.{asked}", "good")
    return redirect(url_for("label.guideline_page"), code=303)


def _changes(known: list[Guideline]) -> list[Change]:
    names = label_answers.names(connection("reader"))
    before = [*known[1:], None]
    return [
        Change(one, names.get(one.author, ""), guide.differences(old.text, one.text) if old else [])
        for one, old in zip(known, before, strict=True)
    ]


def _edit(draft: Draft | None = None, chosen: frozenset[int] | None = None, about: str = "", problem: str = "") -> EditView:
    database = connection("reader")
    current = guide.current(database)
    gaps = adjudications.gaps(database, current.version)
    item_id = request.args.get("item", type=int)
    item = label_items.find(database, item_id) if item_id else None
    return EditView(
        current=current,
        gaps=gaps,
        item=item,
        draft=draft or Draft(current.version, current.text, ""),
        again=frozenset(one.item_id for one in gaps) if chosen is None else chosen,
        about=about,
        problem=problem,
    )
