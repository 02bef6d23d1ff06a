"""The labeling room's pages, found by the entry point `buysignal.blueprints`.

Whoever works alone comes in with the dashboard's session; people with accounts by a login of their own (`access.admit`).
"""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Flask, session
from flask.blueprints import BlueprintSetupState

from companion.dashboard import navigation
from companion.dashboard.navigation import Entry
from companion.lan.door import on_lan
from companion.security import door
from labeling import access, people

ENTRY = Entry("labeling", "Label", "label.tasks")

pages = Blueprint("label", __name__, url_prefix="/label", template_folder="templates", static_folder="static", static_url_path="/assets")


@pages.record_once
def _join(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    navigation.add(app, ENTRY)
    door.entrance(app, access.PREFIX, access.admit)


@pages.context_processor
def _frame() -> dict[str, Any]:
    """Every page of this room stands below its one entry; people with accounts see this room only."""
    person = people.known()
    alone = bool(session.get("entered")) and not on_lan()
    return {"here": ENTRY.id, "person": person, "on_lan": on_lan(), **({} if alone else _FOR_COLLEAGUES)}


_FOR_COLLEAGUES = {"has_session": True, "navigation": [], "sample_present": False, "home": access.PREFIX}
