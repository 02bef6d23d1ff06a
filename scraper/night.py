"""Whether anybody sits at the computer: a run that pauses at night leaves a notice for the morning."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from companion import notices
from companion.store import clock
from scraper.report import Report

BEGINS, ENDS = 23, 7
"""Hours on the user's own clock."""


def at_night(moment: int, zone: tzinfo | None = None) -> bool:
    """Whether a moment (ms UTC) lies between 23:00 and 07:00, in `zone` or on this computer's clock."""
    hour = datetime.fromtimestamp(moment / clock.SECOND, UTC).astimezone(zone).hour
    return hour >= BEGINS or hour < ENDS


def words(report: Report, moment: int, zone: tzinfo | None = None) -> str:
    """The notice of a run that paused at night, "" for any other: no handle stands in it, because lock screens show notices."""
    if report.run.state != "paused" or not at_night(moment, zone):
        return ""
    why = f": {report.run.reason}" if report.run.reason else ""
    return f"Collecting was paused{why}. {report.sums.comments.new:,} new comments so far are kept, and the same command goes on."


def tell(report: Report, moment: int) -> bool:
    """Show that notice; whether there was one to show and a program to show it. Never raises."""
    said = words(report, moment)
    return bool(said) and notices.notify(said)
