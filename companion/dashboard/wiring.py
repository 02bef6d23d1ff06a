"""Putting the dashboard together: frame, problem pages, navigation, pages."""

from __future__ import annotations

from flask import Flask

from companion.dashboard import (
    comments,
    creators,
    datasets,
    export,
    frame,
    inbox,
    models,
    navigation,
    problem_pages,
    progress,
    settings,
    start,
    training,
    videos,
    why,
)
from companion.dashboard.blueprint import pages

PAGES = (start, comments, inbox, progress, why, export, videos, creators, models, training, datasets, settings)
"""Every module with pages; importing them has put their routes on the blueprint."""


def register(app: Flask) -> None:
    """Add the dashboard's pages, its frame and its error pages to an app that has its services installed."""
    frame.install(app)
    problem_pages.install(app)
    for entry in navigation.OWN:
        navigation.add(app, entry)
    app.register_blueprint(pages)
