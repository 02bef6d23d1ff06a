"""The agreement report on what a workspace holds now."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TypeVar

from companion.dashboard.words import count
from companion.store import Store, clock, label_answers, own_answers
from labeling.agreement import Figure
from labeling.agreement_report import Report, report_of

T = TypeVar("T")


def counted(store: Store, task: str = "") -> Report:
    """The report of one task, or of all tasks about comments."""
    with store.reading() as database:
        given = label_answers.given(database, task)
        invented = 0 if task else own_answers.on_sample(database)
    report = report_of(given if task else [one for one in given if one.kind == "comment"], clock.now_ms())
    return report if report.answers or not invented else _instead_of_nothing(report, left_out(invented))


def left_out(invented: int) -> str:
    """Why so many answers are not in the figures.

    >>> left_out(1)
    'Sample labels are not counted here: 1 answer on invented comments is left out.'
    """
    are = "is" if invented == 1 else "are"
    return f"Sample labels are not counted here: {count(invented, 'answer')} on invented comments {are} left out."


def _instead_of_nothing(report: Report, why: str) -> Report:
    """The report with the true reason for having no figures."""
    return replace(report, parts=tuple(_because(part, why) for part in report.parts), led=_because(report.led, why))


def _because(holder: T, why: str) -> T:
    found = {one.name: getattr(holder, one.name) for one in fields(holder)}  # type: ignore[arg-type]
    empty = {name: replace(value, why=why) for name, value in found.items() if isinstance(value, Figure) and value.value is None}
    return replace(holder, **empty)  # type: ignore[type-var]
