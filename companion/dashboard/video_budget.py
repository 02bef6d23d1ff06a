"""A creator budget split by demand and by what people find good, so that creators show whom followers alone would leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, current_app, render_template, request, url_for

from companion.budget import HOW, STEPS, UNCLEAR, Part, Point, Standing, standing, suggest
from companion.budget_tables import COURSE_HEADER, SPLIT_HEADER, course_cells, split_cells
from companion.creator_demand import DEPTH, ORGANIC
from companion.csv_cells import lines
from companion.dashboard.blueprint import pages
from companion.dashboard.creators import demand_board, learner
from companion.dashboard.creators_money import money
from companion.dashboard.creators_seen import line_of
from companion.dashboard.demand_board import Asked
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.video_words import subject_words
from companion.quality.high_quality import LEAST
from companion.quality.multiplier import LEAST as LOWEST
from companion.quality.multiplier import MOST as HIGHEST
from companion.services import connection, services
from companion.store import clock, comments

USUAL = 1_000.0
LARGEST = 1e12
_AMOUNT = re.compile(r"([0-9]+|[0-9]{1,3}(?:[.,][0-9]{3})+)(?:[.,]([0-9]{1,2}))?")


@dataclass(frozen=True)
class Course:
    """The multiplier of one subject: now, and over time as points of an SVG line ("" with fewer than three weeks)."""

    subject: str
    points: tuple[Point, ...]

    @property
    def name(self) -> str:
        """In words."""
        return subject_words(self.subject)

    @property
    def line(self) -> str:
        """Between its bounds."""
        return line_of([(point.at, point.multiplier.value) for point in self.points], ends=(LOWEST, HIGHEST))


@dataclass(frozen=True)
class BudgetView:
    """The page. `parts` is None while comments are being counted; where `standing` has no multiplier they follow demand alone."""

    standing: Standing
    budget: float
    currency: str
    wrong: str
    parts: list[Part] | None
    progress: Progress
    comparing: bool
    label_link: str
    stored: bool

    how = HOW
    least = LEAST
    weeks = STEPS
    depth = DEPTH
    bounds = LOWEST, HIGHEST
    money = staticmethod(money)
    subject_words = staticmethod(subject_words)

    def cents(self, amount: float) -> str:
        """An amount of a column: all with two decimals."""
        return f"{amount:,.2f} {self.currency}".strip()

    @property
    def courses(self) -> list[Course]:
        """Those with the highest multiplier first; the unclear ones last."""
        found = [Course(name, points) for name, points in self.standing.courses.items()]
        return sorted(found, key=lambda one: (one.subject == UNCLEAR, -one.points[-1].multiplier.value, one.subject))


@pages.get("/budget")
def budget_page() -> str:
    """The split and the multipliers; without labels the split by demand alone, and how to get multipliers."""
    model = services().model.id
    comparing = learner().wake(model)
    found = standing(connection("reader"), clock.now_ms())
    budget, currency, wrong = _asked()
    label = "label.new_task" if "label.new_task" in current_app.view_functions else ""
    view = BudgetView(
        standing=found,
        budget=budget,
        currency=currency,
        wrong=wrong,
        parts=_parts(budget, found, wait=False),
        progress=progress_of(model),
        comparing=comparing,
        label_link=url_for(label) if label else "",
        stored=comments.any_stored(connection("reader")),
    )
    return render_template("video_budget.html", view=view)


@pages.get("/budget.csv")
def export_budget() -> Response:
    """The split as on screen; the multiplier is left empty where there is none."""
    found = standing(connection("reader"), clock.now_ms())
    budget, currency, _ = _asked()
    parts = _parts(budget, found, wait=True) or []
    return _csv("budget", SPLIT_HEADER, split_cells(parts, currency, services().model.id))


@pages.get("/budget/multipliers.csv")
def export_multipliers() -> Response:
    """The multiplier of every subject, week by week."""
    return _csv("multipliers", COURSE_HEADER, course_cells(standing(connection("reader"), clock.now_ms())))


def _parts(budget: float, found: Standing, *, wait: bool) -> list[Part] | None:
    board = demand_board().answer(Asked(services().model.id, DEPTH, ORGANIC), wait=wait)
    return suggest(connection("reader"), budget, board.demand, found.now) if board else None


def _asked() -> tuple[float, str, str]:
    """The budget, its currency, and what was wrong with the budget."""
    currency = request.args.get("currency", "").strip()[:8]
    written = "".join(request.args.get("budget", "").split())[:30]
    if not written:
        return USUAL, currency, ""
    budget = _amount(written)
    if not 0 < budget <= LARGEST:
        return USUAL, currency, f'The budget "{written}" is no amount above 0; write one such as 1500.'
    return budget, currency, ""


def _amount(written: str) -> float:
    """The amount that somebody typed, 0 where it is none. One or two digits behind the last mark are a fraction, three are thousands.

    >>> _amount("1500"), _amount("1,500.5"), _amount("1.500,50"), _amount("1e3")
    (1500.0, 1500.5, 1500.5, 0.0)
    """
    found = _AMOUNT.fullmatch(written)
    return float(f"{re.sub(r'[.,]', '', found[1])}.{found[2] or 0}") if found else 0.0


def _csv(what: str, header: tuple[str, ...], rows: Iterable[list[object]]) -> Response:
    name = f"buysignal-{what}-{clock.stamp(clock.now_ms())[:8]}.csv"
    return Response(
        "".join(lines(header, rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
