"""The videos of every second creator, read once."""

import pytest

from tests.companion.quality.measured.scene import CREATORS, table


@pytest.fixture(scope="module")
def known():
    return table(CREATORS, 2)
