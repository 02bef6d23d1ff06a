"""Runs that come by themselves, added and removed on the Collect page."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.services import connection, services
from companion.store import schedules, transaction
from companion.store.schedules import Schedule
from scraper import plan, slots, words
from scraper.blueprint import pages
from scraper.extra import SCRAPE
from scraper.order import BadOrderError, order_of
from scraper.pages import Asked, view_of
from scraper.scheduler import NO_SCREEN
from scraper.slots import BadTimeError

_OUTCOMES = {0: "read", 75: "paused", 2: "could not start", NO_SCREEN: "there was no screen for the window"}


@pages.app_template_filter("timetable")
def timetable(one: Schedule) -> str:
    """When a schedule comes."""
    return slots.in_words(one.timetable)


@pages.app_template_filter("planned_title")
def planned_title(one: Schedule) -> str:
    """What a schedule collects."""
    return ", ".join(words.named(one.kind, target) for target in one.targets) or words.kind_words(one.kind)


@pages.app_template_filter("outcome")
def outcome(status: int | None) -> str:
    """How a schedule's latest run ended."""
    return "under way, or not known" if status is None else _OUTCOMES.get(status, "broke off")


@pages.post("/schedules")
def add_schedule() -> Response | tuple[str, int]:
    """Add one."""
    form = request.form
    kind, targets = form.get("kind", ""), form.get("targets", "")
    if not SCRAPE.installed:
        flash("The collecting tools are not installed, so nothing would run.", "bad")
        return _back()
    try:
        order = order_of(kind, targets, headless="headless" in form)
        every = form.get("every", "day")
        when = plan.timetable_of("day" if every == "day" else "week", form.get("at", ""), "" if every == "day" else every)
    except (BadOrderError, BadTimeError) as error:
        problem = str(error)
        planned = Asked(kind, targets, at=form.get("at", ""), problem=f"{problem[:1].upper()}{problem[1:]}.")
        return render_template("scrapes/collect.html", view=view_of(planned=planned)), 422
    plan.add(services().store, order, when)
    what = ", ".join(words.named(order.kind, target) for target in order.targets) or words.kind_words(order.kind)
    flash(f"{what} comes {slots.in_words(when)} from now on.", "good")
    return _back()


@pages.post("/schedules/<int:schedule_id>/remove")
def remove_schedule(schedule_id: int) -> Response:
    """Remove one; a run of it that is under way goes on."""
    with transaction(connection("writer")) as database:
        gone = schedules.remove(database, schedule_id)
    if not gone:
        abort(404)
    flash("It does not come any more.", "good")
    return _back()


def _back() -> Response:
    return redirect(url_for("scrapes.collect"), code=303)
