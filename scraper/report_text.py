"""A report as plain text for a terminal and as JSON for a program."""

from __future__ import annotations

from io import StringIO
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from companion.dashboard.words import count as counted
from companion.dashboard.words import local_time
from companion.store import clock
from scraper import words
from scraper.report import Count, Line, Report

WIDTH = 120
_FIGURES = ("comments", "new", "seen", "replies", "new", "seen", "promised", "TikTok says")


def text_lines(report: Report, width: int = WIDTH) -> list[str]:
    """The report, `width` characters wide; times in this computer's zone."""
    return [*_head(report), "", *_table(report, width), "", *_sum_lines(report), *_next(report)]


def as_json(report: Report) -> dict[str, Any]:
    """The report as JSON values; times as ISO 8601 with Z, shares 0-1."""
    run = report.run
    return {
        "run": run.id,
        "kind": run.kind,
        "targets": list(run.targets),
        "state": report.state,
        "reason": run.reason,
        "pace": run.pace,
        "started_at": clock.iso(run.started_at),
        "updated_at": clock.iso(run.updated_at),
        "ended_at": None if run.ended_at is None else clock.iso(run.ended_at),
        "seconds": round(report.seconds),
        "keep_days": run.keep_days,
        "videos": _count(report.sums.videos),
        "comments": _count(report.sums.comments),
        "replies": {**_count(report.sums.replies), "promised": report.sums.promised},
        "tiktok_total": {"comments": report.sums.total, "videos": report.sums.totalled},
        "tasks": {"ended": report.sums.ended, "given_up": report.sums.given_up, "waiting": report.sums.waiting},
        "pages": run.pages,
        "rows": run.rows,
        "drift": {"rows": report.drift.rows, "pages": report.drift.pages, "loud": report.drift.loud, "lost": report.drift.lost},
        "lines": [_line(line) for line in report.lines],
        "next": list(report.steps),
    }


def drift_words(report: Report) -> str:
    """How much did not look as expected; "" where all did."""
    run, drift = report.run, report.drift
    if drift.loud:
        return (
            f"TikTok's pages seem to have changed: {drift.pages:.0%} of {run.pages:,} pages and {drift.rows:.0%} of {run.rows:,} rows"
            " did not look as expected. What could be read was kept."
        )
    if run.drifted:
        return f"{drift.pages:.1%} of {run.pages:,} pages had something that did not look as expected."
    return ""


def lost_words(report: Report) -> str:
    """Rows that could not be kept; "" where there were none."""
    lost = report.drift.lost
    return (
        ""
        if not lost
        else f"{lost:,} row{' was' if lost == 1 else 's were'} lost: without an id {'it' if lost == 1 else 'they'} cannot be stored."
    )


def _head(report: Report) -> list[str]:
    run = report.run
    state = f"{report.state_words}{f': {run.reason}' if run.reason else ''}"
    lines = [f"{report.title}   {state}", f"Run {run.id}, started {local_time(run.started_at)}, {words.duration(report.seconds)}"]
    lines.append(f"Pace: {report.pace_words}")
    return [*lines, *(f"! {line}" for line in (drift_words(report), lost_words(report)) if line)]


def _table(report: Report, width: int) -> list[str]:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    longest = max((len(line.name) for line in report.lines), default=0)
    table.add_column("opened", overflow="fold", min_width=min(longest, width // 3))
    for heading in _FIGURES:
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("ended", overflow="fold", min_width=24)
    for line in report.lines:
        table.add_row(Text(line.name), *map(Text, _figures(line)), Text(line.ending))
    canvas = StringIO()
    Console(file=canvas, width=width, color_system=None, legacy_windows=False).print(table)
    return [line.rstrip() for line in canvas.getvalue().splitlines()]


def _figures(line: Line) -> list[str]:
    if not line.is_video:
        found = f"{line.videos.found:,} videos" if line.videos.found else ""
        return [found, f"{line.videos.new:,}" if found else "", f"{line.videos.seen:,}" if found else "", "", "", "", "", ""]
    comments, replies = line.comments, line.replies
    figures = (comments.found, comments.new, comments.seen, replies.found, replies.new, replies.seen, line.promised)
    return [*(f"{figure:,}" for figure in figures), "-" if line.total is None else f"{line.total:,}"]


def _sum_lines(report: Report) -> list[str]:
    sums = report.sums
    lines = [_found("Videos", sums.videos)] if sums.videos.found else []
    lines += [
        _found("Comments", sums.comments),
        f"{_found('Replies', sums.replies)}; TikTok promised {sums.promised:,} under these comments",
    ]
    if sums.totalled:
        lines.append(f"TikTok's own count, comments with replies: {sums.total:,} under {counted(sums.totalled, 'video')}")
    lines.append(f"Opened and read: {sums.ended:,}; given up: {sums.given_up:,}; not read yet: {sums.waiting:,}")
    return lines


def _found(noun: str, count: Count) -> str:
    return f"{noun}: {count.found:,} found, {count.new:,} new, {count.seen:,} seen before"


def _next(report: Report) -> list[str]:
    return ["", "What next:", *(f"  - {step}" for step in report.steps)] if report.steps else []


def _count(count: Count) -> dict[str, int]:
    return {"found": count.found, "new": count.new, "seen": count.seen}


def _line(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "key": line.key,
        "handle": line.handle,
        "state": line.state,
        "ended": line.ending,
        "tiktok_total": line.total,
        "has_more": line.has_more,
        "videos": _count(line.videos),
        "comments": _count(line.comments),
        "replies": {**_count(line.replies), "promised": line.promised},
    }
