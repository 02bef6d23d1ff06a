"""Where an unfinished tuning of the shop's encoder lies, and what goes from there when the user deletes searches."""

from __future__ import annotations

from pathlib import Path

from companion.store.workspace import Workspace

QUESTIONS = "run.json"
"""What an unfinished tuning learns from, searches among it."""


def home_of(workspace: Workspace) -> Path:
    """Where the progress of tunings lies, and beneath it what one works on."""
    return workspace.trainings / "retrieval"


def run_of(workspace: Workspace) -> Path:
    """What the unfinished tuning works on."""
    return home_of(workspace) / "run"


def forget_questions(workspace: Workspace) -> None:
    """Delete the questions of a tuning that was stopped: the next one gathers them anew. One under way has read them and goes on."""
    (run_of(workspace) / QUESTIONS).unlink(missing_ok=True)
