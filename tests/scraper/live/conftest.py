from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import empty_store
from tests.replica import Replica
from tests.scraper.live.collector import Collector


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as running:
        yield running


@pytest.fixture
def collector(replica: Replica, migrated: Path, tmp_path: Path) -> Collector:
    """Over an empty workspace: the first run need not make the tables, which takes as long as its start."""
    return Collector(replica, empty_store(migrated, tmp_path / "workspace").workspace.root)


@pytest.fixture
def newcomer(replica: Replica, tmp_path: Path) -> Collector:
    """Over a workspace that does not exist yet."""
    return Collector(replica, tmp_path / "workspace")
