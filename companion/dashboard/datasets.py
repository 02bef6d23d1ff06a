"""The cleaning report of a data set: what was left out before a training and why, and what that changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import abort, render_template, request
from pydantic import TypeAdapter, ValidationError

from companion.cleaning_report import NEAR_REPEAT, REPEAT, UNREADABLE, CleaningReport, Removed
from companion.dashboard import words
from companion.dashboard.blueprint import pages
from companion.services import services

PER_PAGE = 25

_ID = re.compile(r"[0-9a-f]{12}")
_MANIFEST = "manifest.json"

_REASONS = {
    REPEAT: ("Repeat", "the same comment about the same video is there already"),
    NEAR_REPEAT: ("Near repeat", "nearly the same as another comment of the same video or thread"),
    UNREADABLE: ("Unreadable", "nothing is left of it but signs that say nothing"),
}
"""A name and what it means."""

_ORIGINS = {
    "seed": "came with BuySignal",
    "badge": "your corrections",
    "annotator": "your labels",
    "import": "imported labels",
    "adjudication": "settled labels",
}


@dataclass(frozen=True)
class Report:
    """A data set version; `blind` labels were kept aside to check with."""

    id: str
    blind: int
    cleaning: CleaningReport


@dataclass(frozen=True)
class Reason:
    """Why comments were left out (`key` as the report has it), and how many."""

    key: str
    count: int

    @property
    def name(self) -> str:
        """A word or two."""
        return reason_name(self.key)

    @property
    def meaning(self) -> str:
        """A line, "" where the name says it all."""
        return _REASONS.get(self.key, ("", ""))[1]


@dataclass(frozen=True)
class Spread:
    """Comments of one kind before and after the cleaning."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class DatasetView:
    """What the page shows: `removed` is one page of those with the chosen reason ("" for all), `found` how many there are."""

    report: Report
    reasons: list[Reason]
    grades: list[Spread]
    languages: list[Spread]
    origins: list[Spread]
    reason: str
    removed: list[Removed]
    found: int
    page: int

    @property
    def first(self) -> int:
        """Number of the first comment shown."""
        return (self.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        """Number of the last comment shown."""
        return self.first + len(self.removed) - 1


_FORM: TypeAdapter[Report] = TypeAdapter(Report)


@pages.get("/models/datasets/<ident>")
def dataset_page(ident: str) -> str:
    """The page."""
    report = report_of(services().store.workspace.datasets, ident)
    if report is None:
        abort(404)
    cleaning, reason = report.cleaning, request.args.get("reason", "")
    fitting = [one for one in cleaning.removed if reason in ("", one.reason)]
    page = min(max(1, request.args.get("page", default=1, type=int)), max(1, -(-len(fitting) // PER_PAGE)))
    view = DatasetView(
        report=report,
        reasons=[Reason(key, count) for key, count in cleaning.counts.items()],
        grades=_spread(cleaning.before.grades, cleaning.after.grades, {}, [str(grade) for grade in range(1, 11)]),
        languages=_spread(cleaning.before.languages, cleaning.after.languages, words.LANGUAGES),
        origins=_spread(cleaning.before.origins, cleaning.after.origins, _ORIGINS),
        reason=reason,
        removed=fitting[(page - 1) * PER_PAGE : page * PER_PAGE],
        found=len(fitting),
        page=page,
    )
    return render_template("dataset.html", view=view)


def report_of(folder: Path, ident: str) -> Report | None:
    """The report of a data set version; None for what is no id, is not there or cannot be read."""
    if not has_report(folder, ident):
        return None
    try:
        return _FORM.validate_json((folder / ident / _MANIFEST).read_bytes())
    except (OSError, ValidationError):
        return None


def has_report(folder: Path, ident: str) -> bool:
    """Whether `ident` is the id of a data set version that is there."""
    return _ID.fullmatch(ident) is not None and (folder / ident / _MANIFEST).is_file()


@pages.app_template_filter("removal_reason")
def reason_name(key: str) -> str:
    """Why a comment was left out, in a word or two."""
    return _REASONS[key][0] if key in _REASONS else key[:1].upper() + key[1:]


@pages.app_template_filter("label_origin")
def origin_words(origin: str) -> str:
    """Where a graded comment came from."""
    return _ORIGINS.get(origin, origin)


def _spread(before: Mapping[str, int], after: Mapping[str, int], names: Mapping[str, str], order: list[str] | None = None) -> list[Spread]:
    keys = order or sorted(before, key=lambda key: -before[key])
    return [Spread(names.get(key, key), before.get(key, 0), after.get(key, 0)) for key in keys]
