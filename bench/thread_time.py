"""Processor time of a page's main thread by kind of work, from the browser's own trace."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

CATEGORIES = ("devtools.timeline", "v8", "v8.execute")

CALLS = ("FunctionCall", "EvaluateScript", "v8.evaluateModule")
"""A function or script of one known address runs."""

MICROTASKS = "RunMicrotasks"
"""Continuations of promises run; the trace does not say whose."""

STYLE, LAYOUT = "UpdateLayoutTree", "Layout"


@dataclass(frozen=True)
class ThreadTime:
    """Milliseconds of processor time; time inside another of these kinds counts there only.

    Attributes:
        ours: the extension's functions.
        continuations: promise continuations, the page's and the extension's together.
        style: style computation.
        layout: layout.
    """

    ours: float
    continuations: float
    style: float
    layout: float


def thread_time(trace: bytes, site: str) -> ThreadTime:
    """Read a trace (JSON) of `CATEGORIES`; the page is the process that runs scripts of `site` ("https://…").

    Raises:
        ValueError: no process ran a script of `site`, or the trace holds no processor times.
    """
    events = json.loads(trace)["traceEvents"]
    main = {(e["pid"], e["tid"]) for e in events if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"}
    pages = {e["pid"] for e in events if e["name"] in CALLS and _address(e).startswith(site)}
    wanted = [e for e in events if e["ph"] == "X" and e["pid"] in pages and (e["pid"], e["tid"]) in main and _kind(e)]
    if not any("tdur" in e for e in wanted):
        raise ValueError(f"the trace holds no processor time of a page of {site}")
    spent = {"ours": 0.0, "continuations": 0.0, "style": 0.0, "layout": 0.0, "theirs": 0.0}
    for event, own in _self_times(wanted):
        spent[_kind(event)] += own / 1000
    del spent["theirs"]
    return ThreadTime(**spent)


def _self_times(events: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], float]]:
    """Each event with its processor time less that of the events directly inside it, microseconds."""
    open_events: list[tuple[float, dict[str, Any], list[float]]] = []
    for event in sorted(events, key=lambda e: (e["pid"], e["ts"], -e.get("dur", 0))):
        while open_events and (open_events[-1][0] <= event["ts"] or open_events[-1][1]["pid"] != event["pid"]):
            yield _closed(*open_events.pop()[1:])
        if open_events:
            open_events[-1][2].append(event.get("tdur", 0))
        open_events.append((event["ts"] + event.get("dur", 0), event, []))
    while open_events:
        yield _closed(*open_events.pop()[1:])


def _closed(event: dict[str, Any], inside: list[float]) -> tuple[dict[str, Any], float]:
    return event, max(0.0, event.get("tdur", 0) - sum(inside))


def _kind(event: dict[str, Any]) -> str:
    name = event["name"]
    if name in CALLS:
        return "ours" if _address(event).startswith("chrome-extension://") else "theirs"
    return {MICROTASKS: "continuations", STYLE: "style", LAYOUT: "layout"}.get(name, "")


def _address(event: dict[str, Any]) -> str:
    arguments = event.get("args", {})
    return str(arguments.get("data", {}).get("url") or arguments.get("fileName") or "")
