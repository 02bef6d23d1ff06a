"""One past, and the same world as it is watched clearly."""

import pytest

from companion.quality.simulator import live_through, observe
from tests.companion.quality.simulator.scene import CLEAR


@pytest.fixture(scope="session")
def past():
    return live_through(11, videos=600, days=30)


@pytest.fixture(scope="session")
def world(past):
    return observe(past, CLEAR)
