"""Collect: what runs now, starting a run, what came of each, and runs that come by themselves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.dashboard.start import STOP_POLLING
from companion.services import connection, services
from companion.store import clock, refreshing, runs, schedules, tasks
from companion.store.runs import Run
from companion.store.schedules import Schedule
from scraper import process, refresh_plan, terms
from scraper.blueprint import pages
from scraper.config import Limits, Settings
from scraper.cost import Cost, cost_of
from scraper.extra import SCRAPE
from scraper.order import BadOrderError, Order, order_of
from scraper.presets import presets
from scraper.process import AlreadyCollectingError, NoScreenError, Standing
from scraper.report import Report, order_again, report_of
from scraper.slots import WEEKDAYS

PLATFORM = "tiktok"
MOST_RUNS = 50
"""Runs listed."""

MOST_HANDED = 2_000
"""Characters of what another page hands to the start form."""


@dataclass(frozen=True)
class NowView:
    """What is under way. `report` is None while a process has told nothing yet; `last` is the latest run."""

    standing: Standing
    report: Report | None
    last: Report | None = None


@dataclass(frozen=True)
class Asked:
    """The start form as it was filled in, and what is wrong with it."""

    kind: str = "tag"
    targets: str = ""
    videos: str = ""
    headless: bool = False
    at: str = ""
    problem: str = ""


@dataclass(frozen=True)
class CollectView:
    """The page. `due` counts videos whose counters are due for a second look, `next_due` says when there will be one (ms UTC)."""

    now: NowView
    reports: list[Report]
    schedules: list[Schedule]
    cost: Cost
    due: int
    next_due: int | None
    has_screen: bool
    terms: tuple[str, ...]
    asked: Asked = field(default_factory=Asked)
    planned: Asked = field(default_factory=Asked)

    tools = SCRAPE
    presets = presets()
    weekdays = WEEKDAYS

    @property
    def terms_paragraphs(self) -> list[str]:
        """What is to be read before the first run."""
        return [part.replace("\n", " ") for part in "\n".join(self.terms).split("\n\n")[1:]]  # the first line only asks to read on


@pages.get("/")
def collect() -> str:
    """The page. Another page may hand over what to collect: it stands in the form, and nothing starts by itself."""
    asked = Asked(request.args.get("kind", "tag"), request.args.get("targets", "")[:MOST_HANDED])
    return render_template("scrapes/collect.html", view=view_of(asked=asked))


@pages.get("/now")
def now() -> str | tuple[str, int]:
    """What is under way, by itself: asked every few seconds until it is over."""
    view = now_of(_runs())
    shown = render_template("scrapes/now.html", now=view, asked_again=True)
    return shown if view.standing.busy else (shown, STOP_POLLING)


@pages.post("/start")
def start() -> Response | tuple[str, int]:
    """Start a run for hashtags, creators or videos."""
    form = request.form
    asked = Asked(form.get("kind", ""), form.get("targets", ""), form.get("videos", ""), "headless" in form)
    try:
        order = _order(asked)
    except BadOrderError as error:
        asked = replace(asked, problem=_sentence(error))
        return render_template("scrapes/collect.html", view=view_of(asked=asked)), 422
    _begin(order)
    return redirect(url_for("scrapes.collect"), code=303)


@pages.post("/refresh")
def refresh() -> Response:
    """Start reading counters again where they are due."""
    _begin(Order("refresh", headless="headless" in request.form))
    return redirect(url_for("scrapes.collect"), code=303)


@pages.post("/stop")
def stop() -> Response:
    """Ask the run under way to end; it goes on from there when it is started again."""
    gone = process.stop(services().store.workspace)
    flash("The run is stopped. What it read is kept." if gone else "The run ends after the step it is at. What it read is kept.", "good")
    return redirect(_back(), code=303)


@pages.post("/runs/<run_id>/go-on")
def go_on(run_id: str) -> Response:
    """Go on with a run that was paused or cut off."""
    order = order_again(_found(run_id))
    if order is None:
        flash("This version cannot go on with a run of that kind.", "bad")
    else:
        _begin(order)
    return redirect(url_for("scrapes.collect"), code=303)


def view_of(asked: Asked | None = None, planned: Asked | None = None) -> CollectView:
    """All that the page shows."""
    found, database, moment = _runs(), connection("reader"), clock.now_ms()
    standing = process.standing(services().store.workspace, _told_at(found))
    watched = refreshing.watched(database, PLATFORM, moment - refresh_plan.LATEST, moment)
    opened = tasks.opened_since(database, clock.midnight_ms())
    return CollectView(
        now=now_of(found, standing),
        reports=[report_for(run, standing) for run in found],
        schedules=schedules.listed(database),
        cost=cost_of(Settings(), Limits().videos, opened),
        due=len(refresh_plan.due(watched, moment)),
        next_due=refresh_plan.next_due(watched, moment),
        has_screen=process.has_screen(),
        terms=() if terms.accepted(services().store) else terms.TEXT,
        asked=asked or Asked(),
        planned=planned or Asked(),
    )


def now_of(found: list[Run], standing: Standing | None = None) -> NowView:
    """What is under way among these runs."""
    standing = standing or process.standing(services().store.workspace, _told_at(found))
    at_work = [run for run in found if run.state in ("running", "waiting") and standing.works_on(run.id)]
    last = report_for(found[0], standing) if found else None
    return NowView(standing, report_for(at_work[0], standing) if at_work else None, last)


def report_for(run: Run, standing: Standing) -> Report:
    """A run's report as of now."""
    return report_of(run, tasks.of_run(connection("reader"), run.id), clock.now_ms(), alive=standing.works_on(run.id))


def _runs() -> list[Run]:
    return runs.listed(connection("reader"), MOST_RUNS)


def _told_at(found: list[Run]) -> int:
    return max((run.updated_at for run in found), default=0)


def _found(run_id: str) -> Run:
    return runs.find(connection("reader"), run_id) or abort(404)


def _order(asked: Asked) -> Order:
    kind, _, preset = asked.kind.partition(":")
    text = " ".join(presets().get(preset, ())) if kind == "preset" else asked.targets
    order = order_of("tag" if kind == "preset" else kind, text, headless=asked.headless)
    return order.with_videos(asked.videos)


def _begin(order: Order) -> None:
    """Start it, or say why not."""
    store = services().store
    if not SCRAPE.installed:
        flash("The collecting tools are not installed, so nothing was started.", "bad")
        return
    if not terms.accepted(store):
        if "terms" not in request.form:
            flash("Nothing was started: please read what TikTok's terms say, and tick the box below them.", "bad")
            return
        terms.accept(store)
    try:
        process.start(store.workspace, order)
    except AlreadyCollectingError:
        flash("A run is under way already. One account, one window: wait for it, or stop it.", "bad")
    except NoScreenError:
        flash("Nothing was started: there is no screen here on which the browser window could open.", "bad")
    else:
        flash("The run has started.", "good")


def _back() -> str:
    run_id = request.form.get("run", "")
    return url_for("scrapes.run_page", run_id=run_id) if run_id else url_for("scrapes.collect")


def _sentence(error: Exception) -> str:
    words = str(error)
    return f"{words[:1].upper()}{words[1:]}."
