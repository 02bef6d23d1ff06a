"""The dashboard: server-rendered pages over the same functions as the `/v1` resources.

`register(app)` is all that the app factory calls. Other rooms add a page by registering a blueprint whose
templates extend `frame.html` and by calling `navigation.add(app, Entry(...))`.
"""

from __future__ import annotations

from flask import Flask

from companion.dashboard import comments, export, frame, models, navigation, problem_pages, settings, start, videos, why
from companion.dashboard.blueprint import pages
from companion.dashboard.navigation import Entry

__all__ = ["Entry", "navigation", "register"]

PAGES = (start, comments, why, export, videos, models, settings)
"""Every module with pages; importing them has put their routes on the blueprint."""


def register(app: Flask) -> None:
    """Add the dashboard's pages, its frame and its error pages to an app that has its services installed."""
    frame.install(app)
    problem_pages.install(app)
    for entry in navigation.OWN:
        navigation.add(app, entry)
    app.register_blueprint(pages)
