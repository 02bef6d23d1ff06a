"""The agreement report as JSON and CSV, with people by name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from companion.csv_cells import cell
from companion.store import clock
from labeling.agreement import Figure, Pair, Summary
from labeling.agreement_counting import left_out
from labeling.agreement_report import PersonFigures, Report
from labeling.agreement_words import MEASURES

COLUMNS = ("about", "part", "measure", "value", "low", "high", "n", "why")

_PAIR = ("binary_kappa", "quadratic_kappa", "distance", "within_one", "same", "bias")


def plain_of(report: Report, names: Mapping[str, str], invented: int = 0) -> dict[str, Any]:
    """The report as JSON takes it; `invented` answers on sample comments are not in it."""
    return {
        "counted_at": clock.iso(report.at),
        "of": report.kind,
        "answers": report.answers,
        "skipped": report.skipped,
        "sample_answers_left_out": invented,
        "parts": [_part(part) for part in report.parts],
        "pairs": [_pair(pair, names) for pair in report.pairs],
        "people": [_person(one, names) for one in report.people],
        "over_time": [
            {"from": clock.iso(one.start), "items": one.shared, "alpha": _figure(one.sides), "distance": _figure(one.distance)}
            for one in report.periods
        ],
        "a_day": [{"from": clock.iso(one.start), "high": one.high, "rest": one.rest} for one in report.days],
        "values": {str(value): n for value, n in report.spread.items()},
        "suggestion_effect": {
            "within_one": _figure(report.led.within_one),
            "same_side": _figure(report.led.same_side),
            "in_words": report.led.says,
        },
    }


def csv_of(report: Report, names: Mapping[str, str], invented: int = 0) -> str:
    """The report as CSV: a figure a row; a last one where `invented` answers on sample comments are not in it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for about, part, measure, figure in _rows(report, names):
        writer.writerow([about, cell(part), measure, figure.value, figure.low, figure.high, figure.n, figure.why])
    if invented:
        writer.writerow(["sample", "", "answers left out", invented, None, None, invented, left_out(invented)])
    return out.getvalue()


def _rows(report: Report, names: Mapping[str, str]) -> Iterator[tuple[str, str, str, Figure]]:
    for part in report.parts:
        for measure in MEASURES:
            yield part.by, part.stratum, measure.field, measure.of(part)
    for pair in report.pairs:
        for name in _PAIR:
            yield "pair", f"{names.get(pair.one, pair.one)} / {names.get(pair.other, pair.other)}", name, getattr(pair, name)
    for one in report.people:
        for name, figure in _of_person(one).items():
            yield "person", names.get(one.id, one.id), name, figure
    for period in report.periods:
        yield "over time", clock.iso(period.start), "alpha", period.sides
        yield "over time", clock.iso(period.start), "distance", period.distance
    yield "suggestion", "", "within_one", report.led.within_one
    yield "suggestion", "", "same_side", report.led.same_side


def _of_person(one: PersonFigures) -> dict[str, Figure]:
    return {
        "bias": one.bias,
        "known_within_one": one.right.within_one,
        "known_same_side": one.right.same_side,
        "known_distance": one.right.distance,
        "known_bias": one.right.bias,
        "self_within_one": one.twice.within_one,
        "self_same_side": one.twice.same_side,
        "self_distance": one.twice.distance,
        "too_fast": one.pace.too_fast_share,
    }


def _part(part: Summary) -> dict[str, Any]:
    figures = {measure.field: _figure(measure.of(part)) for measure in MEASURES}
    return {"by": part.by, "part": part.stratum, "items": part.items, "shared": part.shared, "people": part.people, **figures}


def _pair(pair: Pair, names: Mapping[str, str]) -> dict[str, Any]:
    people = {"one": names.get(pair.one, pair.one), "other": names.get(pair.other, pair.other)}
    return {**people, **{name: _figure(getattr(pair, name)) for name in _PAIR}}


def _person(one: PersonFigures, names: Mapping[str, str]) -> dict[str, Any]:
    changes = [change.says for change in (one.over_time.bias, one.over_time.accuracy) if change]
    return {
        "name": names.get(one.id, one.id),
        "answers": one.answers,
        "skipped": one.skipped,
        "seconds": one.pace.median_seconds,
        "an_hour": one.pace.an_hour,
        "hurried": one.pace.hurried,
        "drift": changes or [one.over_time.why or "no change"],
        **{name: _figure(figure) for name, figure in _of_person(one).items()},
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"value": figure.value, "low": figure.low, "high": figure.high, "n": figure.n, "why": figure.why}
