"""When a schedule comes next: a time of day in this computer's zone, every day or on one weekday."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from companion.store.schedules import Timetable

if TYPE_CHECKING:
    from apscheduler.triggers.base import BaseTrigger

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class BadTimeError(ValueError):
    """No time of day; the message names the value and the mend."""


def minute_of(text: str) -> int:
    """Minutes after midnight.

    >>> minute_of("06:30")
    390

    Raises:
        BadTimeError: it is no time of day.
    """
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise BadTimeError(f"“{text[:20]}” is no time of day; write it as HH:MM, such as 06:30")
    return int(found[1]) * 60 + int(found[2])


def in_words(when: Timetable) -> str:
    """A timetable as people say it.

    >>> in_words(Timetable(390)), in_words(Timetable(1200, 0))
    ('every day at 06:30', 'every Monday at 20:00')
    """
    day = "every day" if when.weekday is None else f"every {WEEKDAYS[when.weekday]}"
    return f"{day} at {when.minute // 60:02d}:{when.minute % 60:02d}"


def trigger(when: Timetable, zone: tzinfo | None = None) -> BaseTrigger:
    """The same for the scheduler, whose own cron loses a week where the clocks change within it."""
    from apscheduler.triggers.base import BaseTrigger

    class Slots(BaseTrigger):  # type: ignore[misc]
        def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
            after = max(now, previous_fire_time) if previous_fire_time else now
            return datetime.fromtimestamp(next_at(when, int(after.timestamp() * 1000), zone) / 1000, zone or local_zone())

    return Slots()


def next_at(when: Timetable, now: int, zone: tzinfo | None = None) -> int:
    """The first moment after `now` at which it comes (both ms UTC). A time that the clocks jump over comes as much later."""
    zone = zone or local_zone()
    today = datetime.fromtimestamp(now / 1000, zone).date()
    at = time(when.minute // 60, when.minute % 60)
    days = (today + timedelta(days=ahead) for ahead in range(9))
    moments = (datetime.combine(day, at, zone) for day in days if when.weekday in (None, day.weekday()))
    return next(ms for moment in moments if (ms := int(moment.timestamp()) * 1000) > now)


def local_zone() -> tzinfo:
    """This computer's time zone, with its changes of clocks."""
    from tzlocal import get_localzone

    return get_localzone()


def today() -> int:
    """Today's weekday in this computer's zone."""
    return datetime.now(local_zone()).weekday()


def weekday_of(text: str, names: Sequence[str] = WEEKDAYS) -> int | None:
    """A weekday's number by its name or its first three letters; None for none.

    >>> weekday_of("mon"), weekday_of("Sunday"), weekday_of("day")
    (0, 6, None)
    """
    found = [number for number, name in enumerate(names) if text.strip().lower() in (name.lower(), name[:3].lower())]
    return found[0] if found else None
