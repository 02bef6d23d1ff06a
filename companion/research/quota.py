"""What a day allows: counted in the workspace, by UTC days, before each request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from companion.store import Store, clock, settings

REQUESTS = 1_000
RECORDS = 100_000
"""A day's requests and records of the video and comment APIs, says TikTok's FAQ of 2026-09-01; both begin anew at 00:00 UTC."""

_KEY = "research.used"


class QuotaUsedError(RuntimeError):
    """Nothing more may be asked today; the message says when it goes on."""


@dataclass(frozen=True)
class Used:
    """What was used on a UTC day ("2026-11-28")."""

    day: str
    requests: int = 0
    records: int = 0


def used(store: Store, now: int | None = None) -> Used:
    """What was used today."""
    day = _day(clock.now_ms() if now is None else now)
    with store.reading() as connection:
        found = settings.get(connection, _KEY, {})
    return Used(**found) if found.get("day") == day else Used(day)


def count_request(store: Store, now: int | None = None) -> None:
    """Note a request that is about to be sent.

    Raises:
        QuotaUsedError: it would be one too many; it is not noted and must not be sent.
    """
    now = clock.now_ms() if now is None else now
    with store.writing() as connection:
        before = _used(settings.get(connection, _KEY, {}), _day(now))
        if before.requests >= REQUESTS or before.records >= RECORDS:
            raise QuotaUsedError(
                f"today's quota is used up ({before.requests:,} of {REQUESTS:,} requests, {before.records:,} of {RECORDS:,} records); "
                f"go on after {_next_day(now)} with the same command"
            )
        settings.put(connection, _KEY, vars(Used(before.day, before.requests + 1, before.records)))


def count_records(store: Store, number: int, now: int | None = None) -> None:
    """Note records that came."""
    with store.writing() as connection:
        before = _used(settings.get(connection, _KEY, {}), _day(clock.now_ms() if now is None else now))
        settings.put(connection, _KEY, vars(Used(before.day, before.requests, before.records + number)))


def _used(found: dict[str, object], day: str) -> Used:
    return Used(**found) if found.get("day") == day else Used(day)  # type: ignore[arg-type]


def _day(now: int) -> str:
    return f"{datetime.fromtimestamp(now / 1000, UTC):%Y-%m-%d}"


def _next_day(now: int) -> str:
    return f"{datetime.fromtimestamp(now / 1000, UTC) + timedelta(days=1):%Y-%m-%d} 00:00 UTC"
