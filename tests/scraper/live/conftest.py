from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replica import Replica
from tests.scraper.live.collector import Collector


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as running:
        yield running


@pytest.fixture
def collector(replica: Replica, tmp_path: Path) -> Collector:
    return Collector(replica, tmp_path / "workspace")
