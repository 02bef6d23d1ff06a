"""Figures of TikTok Studio on a creator's page: the file is read at once, and what became of it stands on the page until the next."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from flask import abort, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from companion import studio_import
from companion.dashboard.blueprint import pages
from companion.services import connection, services
from companion.store import StoreError, clock, creators
from companion.studio_import import StudioReport
from companion.table_files import BadFileError

_REPORTS = "buysignal-studio-reports"
KEPT = 20
"""Reports that are kept while the companion runs, one a creator."""


@pages.post("/creators/<platform>/<creator_id>/studio")
def take_studio_file(platform: str, creator_id: str) -> Response:
    """Take the figures in; the page says row by row what was not used."""
    creator = creators.find(connection("reader"), platform, creator_id)
    if creator is None:
        abort(404)
    file = request.files.get("file")
    if file is None or not file.filename:
        flash("Choose the file from TikTok Studio first.", "bad")
        return _back(platform, creator_id)
    name = Path(file.filename.replace("\\", "/")).name[:120]
    store = services().store
    with tempfile.TemporaryDirectory(prefix=".studio-", dir=store.workspace.root) as folder:
        path = Path(folder, "studio.csv")
        try:
            if not name.lower().endswith(".csv"):
                raise BadFileError("it must be a CSV file; save a workbook as “CSV (UTF-8)” first")
            file.save(path)
            report = studio_import.take(store, creator, path, clock.now_ms(), name)
        except BadFileError as error:
            flash(f"Nothing was taken from {name}: {error}.", "bad")
        except (StoreError, sqlite3.Error, OSError) as error:
            flash(f"Nothing was taken from {name}: the workspace could not be written ({error}).", "bad")
        else:
            _keep((platform, creator_id), report)
    return _back(platform, creator_id)


def report_of(platform: str, creator_id: str) -> StudioReport | None:
    """What became of the last file of this creator, since the companion was started."""
    return _reports().get((platform, creator_id))


def _keep(place: tuple[str, str], report: StudioReport) -> None:
    kept = _reports()
    kept.pop(place, None)
    kept[place] = report
    for old in list(kept)[:-KEPT]:
        del kept[old]


def _reports() -> dict[tuple[str, str], StudioReport]:
    found: dict[tuple[str, str], StudioReport] = current_app.extensions.setdefault(_REPORTS, {})
    return found


def _back(platform: str, creator_id: str) -> Response:
    return redirect(url_for("dashboard.creator_page", platform=platform, creator_id=creator_id, _anchor="studio"), code=303)
