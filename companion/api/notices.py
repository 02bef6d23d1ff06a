"""`/v1/notices`: alerts of kept searches, for the extension's popup. Names and numbers only, never a comment."""

from __future__ import annotations

from flask import Blueprint, Response

from companion.api import wire
from companion.security.guard import door
from companion.security.requests import accept, answer
from companion.services import connection
from companion.store import clock, saved_searches

blueprint = Blueprint("notices", __name__)

MOST = 20
"""Alerts told at a time, the newest first."""


@blueprint.post("/v1/notices")
@door(scope="score")
def notices() -> Response:
    """The alerts that nobody has read yet."""
    accept(wire.NoticesRequest)
    raised = saved_searches.raised(connection("reader"))[:MOST]
    told = [wire.Notice(name=search.name, count=search.found, since=clock.iso(search.raised_at or 0)) for search in raised]
    return answer(wire.NoticesAnswer(notices=told))
