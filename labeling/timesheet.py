"""Hours a day from spans of work. Pure: spans in, days out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Protocol


class Worked(Protocol):
    """A span of work (ms UTC)."""

    @property
    def task_id(self) -> str:
        """The task that was worked on."""

    @property
    def began_at(self) -> int:
        """Its begin."""

    @property
    def ended_at(self) -> int:
        """Its end."""


@dataclass(frozen=True)
class Entry:
    """Work on one task without a pause, on one local day; `ms` is how long, also where the clocks were changed in between."""

    day: date
    task_id: str
    began: datetime
    ended: datetime
    ms: int


@dataclass(frozen=True)
class Day:
    """A day's sum (ms)."""

    day: date
    ms: int


def entries(spans: Iterable[Worked], zone: tzinfo | None = None) -> list[Entry]:
    """Spans on the person's own calendar, cut at midnight; spans of no length are left out.

    Args:
        spans: in any order.
        zone: the local zone of this computer unless given.
    """
    found = []
    for span in spans:
        began = span.began_at
        while began < span.ended_at:
            start = _local(began, zone)
            until = min(span.ended_at, round(_midnight_after(start, zone).timestamp() * 1000))
            found.append(Entry(start.date(), span.task_id, start, _local(until, zone), until - began))
            began = until
    return found


def days(found: Iterable[Entry]) -> list[Day]:
    """Sums by day, latest first."""
    sums: dict[date, int] = {}
    for entry in found:
        sums[entry.day] = sums.get(entry.day, 0) + entry.ms
    return [Day(day, sums[day]) for day in sorted(sums, reverse=True)]


def spoken(ms: int) -> str:
    """A length of time as people say it.

    >>> spoken(59_000), spoken(3_600_000), spoken(27_660_000)
    ('under a minute', '1 h 00 min', '7 h 41 min')
    """
    minutes = ms // 60_000
    if minutes < 1:
        return "under a minute" if ms else "0 min"
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"


def _local(ms: int, zone: tzinfo | None) -> datetime:
    return datetime.fromtimestamp(ms / 1000, zone).astimezone(zone)


def _midnight_after(moment: datetime, zone: tzinfo | None) -> datetime:
    following = datetime.combine(moment.date() + timedelta(days=1), datetime.min.time())
    return following.replace(tzinfo=zone) if zone else following.astimezone()
