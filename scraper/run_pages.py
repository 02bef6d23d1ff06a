"""A run's page: its report, and its progress while it is at work."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from flask import abort, make_response, render_template, request
from werkzeug.wrappers import Response

from companion.dashboard.start import STOP_POLLING
from companion.services import connection, services
from companion.store import runs
from scraper import process
from scraper.blueprint import pages
from scraper.pages import report_for
from scraper.report import Report
from scraper.report_text import as_json, drift_words, lost_words

MOVED = "run-moved"
"""The event at which the page asks for the table anew: another task began or ended."""


@dataclass(frozen=True)
class RunView:
    """What the page shows. `goes_on`: whether the run's command would take up this very run."""

    report: Report
    goes_on: bool
    log: Path

    @property
    def drift(self) -> str:
        """What did not look as expected, in words."""
        return drift_words(self.report)

    @property
    def lost(self) -> str:
        """What could not be kept, in words."""
        return lost_words(self.report)

    @property
    def mark(self) -> str:
        """Changes whenever the table does by more than figures."""
        sums = self.report.sums
        current = self.report.current
        return f"{self.report.state}.{len(self.report.lines)}.{sums.ended}.{sums.given_up}.{current.key if current else ''}"


@pages.get("/runs/<run_id>")
def run_page(run_id: str) -> str:
    """The page."""
    return render_template("scrapes/run.html", view=_view(run_id))


@pages.get("/runs/<run_id>/panel")
def run_panel(run_id: str) -> Response:
    """How far it is, by itself: asked every three seconds while it is under way."""
    view = _view(run_id)
    answer = make_response(render_template("scrapes/panel.html", view=view), 200 if view.report.under_way else STOP_POLLING)
    if request.args.get("mark") != view.mark:
        answer.headers["HX-Trigger"] = MOVED
    return answer


@pages.get("/runs/<run_id>/lines")
def run_lines(run_id: str) -> str:
    """The table by itself."""
    return render_template("scrapes/lines.html", view=_view(run_id))


@pages.get("/runs/<run_id>.json")
def run_report(run_id: str) -> Response:
    """The report for a program, as a file."""
    view = _view(run_id)
    answer = Response(json.dumps(as_json(view.report), ensure_ascii=False, indent=1), content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="run-{view.report.run.id}.json"'
    return answer


def _view(run_id: str) -> RunView:
    database, workspace = connection("reader"), services().store.workspace
    run = runs.find(database, run_id) or abort(404)
    report = report_for(run, process.standing(workspace, run.updated_at))
    taken_up = runs.resumable(database, run.kind, run.targets) if report.resumable else None
    log = process.logs(workspace).absolute() / f"scrape-{run.id}.jsonl"
    return RunView(report, taken_up is not None and taken_up.id == run.id, log)
