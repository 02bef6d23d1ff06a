"""The dashboard with the scraper's pages in it, and a run process that follows a script."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from companion.store import Store
from scraper import process, terms
from tests.companion.dashboard.conftest import chromium, person, press, sampled
from tests.scraper import scripted_run

__all__ = ["chromium", "person", "press", "sampled"]

Script = Callable[..., None]


@pytest.fixture
def script(store: Store, monkeypatch: pytest.MonkeyPatch) -> Script:
    """Says what the next run process does; the terms were read, and there is a screen."""
    monkeypatch.setattr(process, "COMMAND", (str(Path(scripted_run.__file__)),))
    monkeypatch.setenv("DISPLAY", ":99")
    terms.accept(store)

    def write(**plan: Any) -> None:
        (store.workspace.root / scripted_run.SCRIPT).write_text(json.dumps(plan))

    write()
    return write
