"""The agreement report on what a workspace holds now."""

from __future__ import annotations

from companion.store import Store, clock, label_answers
from labeling.agreement_report import Report, report_of


def counted(store: Store, task: str = "") -> Report:
    """The report of one task, or of all tasks about comments."""
    with store.reading() as database:
        given = label_answers.given(database, task)
    return report_of(given if task else [one for one in given if one.kind == "comment"], clock.now_ms())
