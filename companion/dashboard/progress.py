"""How far the grading in the background has come, as pages with grades say it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from companion.dashboard.blueprint import pages
from companion.dashboard.start import STOP_POLLING
from companion.services import connection, services
from companion.store import shelf


@dataclass(frozen=True)
class Progress:
    """Comments without a grade by `model`: those that wait for it, and those on which it failed."""

    model: str
    waiting: int
    failed: int


def progress_of(model: str) -> Progress:
    """The progress of the model whose grades a page shows."""
    failed = services().grader.given_up(model)
    missing = shelf.ungraded(connection("reader"), model)
    return Progress(model, max(0, missing - failed), min(failed, missing))


@pages.get("/grading")
def grading() -> str | tuple[str, int]:
    """The banner as it stands: asked every few seconds while comments wait, until none does."""
    progress = progress_of(services().model.id)
    shown = render_template("parts/grading.html", progress=progress, asked_again=True)
    return shown if progress.waiting else (shown, STOP_POLLING)
