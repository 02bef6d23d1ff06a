"""Scenes for the journeys: the built extension, a replica with a captured thread, a companion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stack import EXTENSION, Companion, companion
from tests.replica import Replica

CAPTURES = Path(__file__).parents[3] / "shared" / "data" / "captures"
CAPTURE = CAPTURES / "web_comment_list_2026-02-05_ur" / "response.json"


@pytest.fixture(scope="session")
def extension() -> Path:
    """The built Chromium extension."""
    assert (EXTENSION / "manifest.json").is_file(), "build the extension first: make test does"
    return EXTENSION


@pytest.fixture
def replica() -> Iterator[Replica]:
    """A local TikTok."""
    with Replica() as running:
        yield running


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Companion]:
    """A companion with an empty workspace."""
    with companion(tmp_path / "workspace") as made:
        yield made
