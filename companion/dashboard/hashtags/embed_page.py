"""The panel that an advertising system can frame: the hashtags of a category, and the same as JSON."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.category_page import category_rows
from companion.dashboard.hashtags.choice import Choice, level_of
from companion.dashboard.hashtags.tables import COLUMNS, TagRow
from companion.hashtag_atlas import without_sample
from companion.hashtag_keeper import keeper
from companion.hashtags import Category, Taxonomy
from companion.security import embedding
from companion.security.problems import RefusalError
from companion.services import services
from companion.store import settings

SHOWN = 10
MOST = 50


@pages.get("/embed/hashtags")
def hashtag_panel() -> str:
    """The panel, without anything to press but links that open nothing of the user's."""
    choice, category, rows = _asked()
    return render_template("hashtags/panel.html", category=category, rows=rows, choice=choice)


@pages.get("/embed/hashtags.json")
def hashtag_feed() -> Response:
    """The same as JSON; `ready` is false while hashtags are being read."""
    choice, category, rows = _asked()
    names = [column.name for column in COLUMNS]
    body: dict[str, Any] = {
        "category": {"id": category.id, "path": list(category.path)},
        "strategy": choice.strategy,
        "ready": rows is not None,
        "hashtags": [dict(zip(names, row.values, strict=True)) for row in rows or ()],
    }
    return jsonify(body)


@pages.post("/settings/panels")
def list_panel_origins() -> AnyResponse:
    """Store which sites may frame the panel; none closes it."""
    try:
        origins = embedding.origins_of(request.form.get("origins", ""))
    except ValueError as error:
        flash(str(error), "bad")
        return redirect(url_for("dashboard.settings_page"), 303)
    with services().store.writing() as database:
        settings.put(database, embedding.KEY, origins)
    flash("These sites may show the hashtag panel now." if origins else "No site may show the hashtag panel.", "good")
    return redirect(url_for("dashboard.settings_page"), 303)


def _asked() -> tuple[Choice, Category, tuple[TagRow, ...] | None]:
    choice = Choice.of(request.args)
    tree = choice.taxonomy
    category = _category(tree, request.args.get("category", ""))
    if category is None:
        raise RefusalError(404, "category", "There is no such category; give its id or its path, with “ > ” between levels.")
    top, atlas = request.args.get("top", ""), keeper().ready(tree, level_of(tree, category), choice.strategy)
    number = min(MOST, int(top)) if top.isascii() and top.isdigit() and 0 < len(top) < 4 and int(top) else SHOWN
    return choice, category, None if atlas is None else category_rows(without_sample(atlas), category, tree, choice, number)


def _category(tree: Taxonomy, text: str) -> Category | None:
    """By id, or by path as people write it."""
    found = tree.get(text)
    if found:
        return found
    path = tuple(part.strip().casefold() for part in text.split(">"))
    return next((one for one in tree.categories if tuple(name.casefold() for name in one.path) == path), None)
