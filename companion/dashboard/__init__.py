"""The dashboard: server-rendered pages over the same functions as the `/v1` resources.

`register(app)` is all that the app factory calls. Other rooms add a page by registering a blueprint whose
templates extend `frame.html` and by calling `navigation.add(app, Entry(...))`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["register"]


def register(app: Flask) -> None:
    """Add the dashboard's pages, its frame and its error pages to an app that has its services installed."""
    from companion.dashboard.wiring import register as wire  # every page: a command that needs one word does not wait for them

    wire(app)
