"""The scraper room's pages in the dashboard, found by the entry point `buysignal.blueprints`.

They stand behind the same door as the dashboard's own: whatever is not `/v1` asks for a session and every form for its token.
"""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

from companion.dashboard import leaving, navigation
from companion.dashboard.navigation import Entry
from scraper import process, words

ENTRY = Entry("scrapes", "Collect", "scrapes.collect")

pages = Blueprint(
    "scrapes", __name__, url_prefix="/collect", template_folder="templates", static_folder="static", static_url_path="/assets"
)


pages.add_app_template_filter(words.duration, "taken")


@pages.record_once
def _join(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    navigation.add(app, ENTRY)
    leaving.add(app, process.stop)


@pages.context_processor
def _here() -> dict[str, str]:
    """Every page of this room stands below its one entry."""
    return {"here": ENTRY.id}
