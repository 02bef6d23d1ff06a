"""How far people agree, how everybody is doing, and both as files."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Response, abort, current_app, render_template, request

from companion.dashboard.frame import fragment
from companion.dashboard.words import LANGUAGES
from companion.services import connection, services
from companion.store import clock, label_answers, label_tasks, own_answers
from companion.store.label_answers import Task
from companion.store.label_tasks import Task as LabelTask
from labeling import agreement_words, people
from labeling.agreement import Figure, Pair, Summary
from labeling.agreement_counting import counted, left_out
from labeling.agreement_files import csv_of, plain_of
from labeling.agreement_report import PersonFigures, Report, only
from labeling.agreement_words import MEASURES, Measure
from labeling.blueprint import pages
from labeling.kept import Held, Kept

_KEY = "buysignal-agreement"

HEADLINES = ("binary_alpha", "ordinal_alpha", "distance")
"""The three to read together."""


@dataclass(frozen=True)
class AgreementView:
    """The page. `report` is None while it is counted for the first time; `current` is whether it holds the latest answers.

    `own` is whether only the asking person's figures are shown. `invented` answers on sample comments are left out; they stand under
    the `sample_tasks`.
    """

    task: str
    tasks: list[Task]
    report: Report | None
    current: bool
    own: bool
    names: dict[str, str]
    invented: int
    sample_tasks: list[tuple[str, str]]

    left_out = staticmethod(left_out)
    measures = MEASURES
    words = agreement_words

    @property
    def headlines(self) -> list[tuple[Measure, Figure]]:
        """The three figures on top."""
        return [(one, one.of(self._report.everything)) for one in MEASURES if one.field in HEADLINES]

    @property
    def rows(self) -> list[tuple[Measure, Figure]]:
        """All measures on everything."""
        return [(one, one.of(self._report.everything)) for one in MEASURES]

    @property
    def parts(self) -> list[Summary]:
        """Languages and samplers."""
        return list(self._report.parts[1:])

    @property
    def missing(self) -> list[str]:
        """Why figures on the page have no value."""
        shown = [figure for part in self._report.parts for figure in (part.binary_alpha, part.ordinal_alpha, part.distance)]
        return agreement_words.reasons([*(figure for _, figure in self.rows), *shown])

    @property
    def people(self) -> list[str]:
        """Everybody in the matrix, by id."""
        return sorted({name for pair in self._report.pairs for name in (pair.one, pair.other)}, key=self.name)

    def pair(self, one: str, other: str) -> Pair | None:
        """Two people's figures, in whatever order."""
        return next((pair for pair in self._report.pairs if {pair.one, pair.other} == {one, other} and one != other), None)

    def name(self, person: str) -> str:
        """A person's name."""
        return self.names.get(person, person)

    def part_name(self, part: Summary) -> str:
        """A stratum in words."""
        if part.by == "language":
            return LANGUAGES.get(part.stratum, part.stratum)
        return SAMPLERS.get(part.stratum, part.stratum.replace("_", " "))

    def has_gold(self, person: PersonFigures) -> bool:
        """Whether this person answered items with known answers."""
        return person.right.within_one.value is not None

    @property
    def over_time(self) -> str:
        """The series of the chart as label-charts.js reads them."""
        periods = [one for one in self._report.periods if one.sides.value is not None]
        rows = [[one.start // 1000, one.sides.value, one.sides.low, one.sides.high] for one in periods]
        return json.dumps({"points": [list(column) for column in zip(*rows, strict=True)]}) if len(rows) > 1 else ""

    @property
    def a_day(self) -> str:
        """Answers a day as the dashboard's chart.js reads them."""
        days = self._report.days
        if len(days) < 2:
            return ""
        columns = {"starts": [d.start // 1000 for d in days], "high": [d.high for d in days], "rest": [d.rest for d in days]}
        return json.dumps({"step": clock.DAY // 1000, **columns})

    @property
    def most_common(self) -> int:
        """Answers with the most common value."""
        return max(1, *self._report.spread.values())

    @property
    def _report(self) -> Report:
        assert self.report is not None  # noqa: S101 - the template asks first
        return self.report


SAMPLERS = {
    "ordinal_uncertainty": "where the model is unsure",
    "diversity": "for variety",
    "random": "at random",
    "plain_random": "at random",
    "overlap": "to compare people",
    "gold": "with a known answer",
    "again": "asked again",
    "filler": "to fill up",
}
"""How an item was chosen."""


@pages.get("/agreement")
def agreement_page() -> str:
    """The page; of an annotator only their own figures."""
    view = _view()
    return render_template("label/agreement_results.html" if fragment() else "label/agreement.html", view=view)


@pages.get("/agreement.json")
def agreement_json() -> Response:
    """All figures as JSON."""
    body = json.dumps(plain_of(_whole(), _names(), _invented()), indent=2, ensure_ascii=False)
    return _file(body + "\n", "application/json", "json")


@pages.get("/agreement.csv")
def agreement_csv() -> Response:
    """All figures as CSV, one a row."""
    return _file(csv_of(_whole(), _names(), _invented()), "text/csv; charset=utf-8", "csv")


def _view() -> AgreementView:
    tasks, task, person = _tasks(), _task(), people.current()
    held = _held(task)
    own = not person.may("adjudicator")
    report = held.value if held else None
    return AgreementView(
        task=task,
        tasks=tasks,
        report=only(report, person.id) if report and own else report,
        current=bool(held and held.current),
        own=own,
        names=_names(),
        invented=_invented(person.id if own else ""),
        sample_tasks=[(one.id, one.name) for one in label_tasks.listed(connection("reader")) if _on_sample(one)],
    )


def _on_sample(task: LabelTask) -> bool:
    return bool(task.source.get("sample")) and not task.practice


def _invented(person: str = "") -> int:
    """Answers on sample comments that the figures of all tasks leave out, of one person or of all."""
    return 0 if _task() else own_answers.on_sample(connection("reader"), person)


def _whole() -> Report:
    held = _held(_task(), wait=True)
    assert held is not None  # noqa: S101 - it waited
    return held.value


def _held(task: str, *, wait: bool = False) -> Held[Report] | None:
    version = label_answers.newest(connection("reader"))
    store = services().store
    found: Kept[str, Report] = current_app.extensions.setdefault(_KEY, Kept(lambda asked: counted(store, asked), "agreement"))
    return found.answer(task, version, wait=wait)


def _tasks() -> list[Task]:
    return [one for one in label_answers.tasks(connection("reader")) if not one.practice]


def _task() -> str:
    asked = request.args.get("task", "")
    if asked and asked not in {one.id for one in _tasks()}:
        abort(404)
    return asked


def _names() -> dict[str, str]:
    return label_answers.names(connection("reader"))


def _file(body: str, kind: str, ending: str) -> Response:
    name = f"agreement-{clock.stamp(clock.now_ms())}.{ending}"
    return Response(body, mimetype=None, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
