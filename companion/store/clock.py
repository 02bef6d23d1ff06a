"""The one clock: integer milliseconds UTC inside, ISO 8601 with Z outside."""

from __future__ import annotations

import time
from datetime import UTC, datetime

SECOND = 1000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE


def now_ms() -> int:
    """Milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def midnight_ms() -> int:
    """When today began on the user's own clock (ms UTC)."""
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return int(today.timestamp() * SECOND)


def iso(ms: int) -> str:
    """A stored time as text for the wire and exports.

    >>> iso(1_700_000_000_123)
    '2023-11-14T22:13:20.123Z'
    """
    moment = datetime.fromtimestamp(ms // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}Z"


def stamp(ms: int) -> str:
    """A stored time as part of a file name.

    >>> stamp(1_700_000_000_123)
    '20231114-221320-123'
    """
    return f"{datetime.fromtimestamp(ms // 1000, UTC):%Y%m%d-%H%M%S}-{ms % 1000:03d}"
