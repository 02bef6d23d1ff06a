"""Adding a schedule: the same checks for the terminal and the page."""

from __future__ import annotations

from companion.store import Store, clock, schedules
from companion.store.schedules import Planned, Timetable
from scraper import slots
from scraper.order import Order
from scraper.slots import WEEKDAYS, BadTimeError


def timetable_of(every: str, at: str, on: str = "") -> Timetable:
    """From what a person wrote: every "day" or "week", at "HH:MM", on a weekday (a weekly one without it comes on today's).

    Raises:
        BadTimeError: naming the part that does not fit.
    """
    minute = slots.minute_of(at)
    if every == "day":
        if on:
            raise BadTimeError(f"every day and on {on} do not go together; say every week")
        return Timetable(minute)
    if every != "week":
        raise BadTimeError(f"“{every[:20]}” is no rhythm; say day or week")
    weekday = slots.weekday_of(on) if on else slots.today()
    if weekday is None:
        raise BadTimeError(f"“{on[:20]}” is no weekday; write one of {', '.join(WEEKDAYS)}")
    return Timetable(minute, weekday)


def add(store: Store, order: Order, when: Timetable) -> int:
    """Store a schedule; returns its id."""
    now = clock.now_ms()
    planned = Planned(order.kind, order.targets, when, order.headless)
    with store.writing() as connection:
        return schedules.add(connection, planned, slots.next_at(when, now), now)
