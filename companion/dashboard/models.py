"""Models: all there are, which is in use, choosing another, going back, and each one's own account."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import abort, flash, redirect, render_template, url_for
from markdown_it import MarkdownIt
from markupsafe import Markup
from werkzeug.wrappers import Response

from companion.dashboard.blueprint import pages
from companion.dashboard.datasets import has_report
from companion.dashboard.model_card import Card, read_card
from companion.dashboard.model_table import Change, ModelRow, changes_of, rows_of, title_of
from companion.dashboard.own_labels import LabelCounts, counted
from companion.dashboard.training import TrainingView, training_view
from companion.registry import SHIPPED_NAME, BadModelError, Entry, Registry, UnknownModelError
from companion.services import connection, services
from companion.store import model_events

MOST_CHANGES = 10
"""Changes listed; the rest is counted."""

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])
"""Raw HTML stays text and pictures stay out: a card may come with a model that somebody else trained."""


@dataclass(frozen=True)
class ModelsView:
    """What the page shows.

    Attributes:
        problem: why the chosen model was refused, "" where it serves.
        previous: the model that "Go back" leads to, "" where there is none.
        earlier: how many changes are not listed.
    """

    rows: list[ModelRow]
    problem: str
    previous: str
    changes: list[Change]
    earlier: int
    labels: LabelCounts
    training: TrainingView

    @property
    def settled(self) -> bool:
        """Whether the chosen model grades already, or never will."""
        return bool(self.problem) or any(row.chosen and row.serving for row in self.rows)

    @property
    def serving(self) -> str:
        """The model that grades now."""
        return next((row.title for row in self.rows if row.serving), "another model")

    @property
    def measured_on(self) -> ModelRow | None:
        """A row whose figures say on what all of them were measured."""
        return next((row for row in self.rows if row.measured), None)


@dataclass(frozen=True)
class ModelView:
    """One model; `card` and `prose` are None where it brought none."""

    row: ModelRow
    card: Card | None
    prose: Markup | None
    has_report: bool


@pages.get("/models")
def models_page() -> str:
    """The page."""
    database = connection("reader")
    history, previous = model_events.history(database), model_events.before(database, SHIPPED_NAME)
    view = ModelsView(
        rows=rows_of(_registry().entries(), services().model.id),
        problem=services().live.problem,
        previous=title_of(previous) if previous else "",
        changes=changes_of(history, MOST_CHANGES),
        earlier=max(0, len(history) - MOST_CHANGES),
        labels=counted(database),
        training=training_view(),
    )
    return render_template("models.html", view=view)


@pages.get("/models/<name>")
def model_page(name: str) -> str:
    """One model's account of itself."""
    entries = _registry().entries()
    entry = _named(name, entries)
    row = next(row for row in rows_of(entries, services().model.id) if row.name == name)
    card = read_card(entry.folder / "card.json")
    known = card is not None and has_report(services().store.workspace.datasets, card.dataset)
    view = ModelView(row=row, card=card, prose=_prose(entry.folder / "MODEL_CARD.md"), has_report=known)
    return render_template("model.html", view=view)


@pages.post("/models/<name>/use")
def use_model(name: str) -> Response:
    """Put a model into use; one that cannot be served is refused, and nothing changes."""
    try:
        _registry().use(_named(name, _registry().entries()).name)
    except (BadModelError, UnknownModelError) as error:
        _refused(title_of(name), error)
    else:
        flash(f"“{title_of(name)}” is in use. It takes over within a few seconds.", "good")
    return _back()


@pages.post("/models/in-use/previous")
def go_back() -> Response:
    """Go back to the model that was in use before."""
    previous = model_events.before(connection("reader"), SHIPPED_NAME)
    if previous is None:
        flash("No other model was in use before, so there is none to go back to.", "bad")
        return _back()
    try:
        entry = _registry().rollback()
    except (BadModelError, UnknownModelError) as error:
        _refused(title_of(previous), error)
    else:
        flash(f"Back to “{title_of(entry.name)}”. It takes over within a few seconds.", "good")
    return _back()


def _refused(title: str, error: Exception) -> None:
    why = "it is not there any more" if isinstance(error, UnknownModelError) else str(error)
    flash(f"“{title}” cannot be used: {why}. The model that was in use goes on grading.", "bad")


def _registry() -> Registry:
    return Registry(services().store)


def _named(name: str, entries: list[Entry]) -> Entry:
    """The entry of exactly this name: a part of an id is good enough for the command line, not for an address."""
    found = next((entry for entry in entries if entry.name == name), None)
    return found or abort(404)


def _back() -> Response:
    return redirect(url_for("dashboard.models_page"), code=303)


def _prose(path: Path) -> Markup | None:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    body = text.split("\n", 1)[1] if text.startswith("# ") else text  # the page has its own heading
    return Markup(_MARKDOWN.render(body))  # noqa: S704 - markdown-it escapes raw HTML (html: False)
