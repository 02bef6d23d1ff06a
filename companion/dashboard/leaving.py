"""What other rooms have at work, stopped before everything is deleted."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from companion.store.workspace import Workspace

_KEY = "buysignal-leaving"

Stop = Callable[[Workspace], object]


def add(app: Flask, stop: Stop) -> None:
    """Have `stop` called with the workspace; called by the room that owns the work."""
    app.extensions.setdefault(_KEY, []).append(stop)


def stop_all(app: Flask, workspace: Workspace) -> None:
    """Stop all of it."""
    stops: list[Stop] = app.extensions.get(_KEY, [])
    for stop in stops:
        stop(workspace)
