"""What every page shares: the frame's variables, words as template filters, versioned assets."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, session, url_for
from markupsafe import Markup, escape

from companion.dashboard import navigation, words
from companion.services import connection
from companion.store import clock, sample, saved_searches

STATIC = Path(__file__).parent / "static"


def install(app: Flask) -> None:
    """Give templates their filters, globals and the frame's variables."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        ago=lambda ms: words.ago(ms, clock.now_ms()),
        count=words.count,
        iso=clock.iso,
        local_day=words.local_day,
        local_time=words.local_time,
        minutes=words.minutes,
        percent=words.percent,
        size=words.size,
        ticks=ticks,
        spelled=" ".join,
    )
    app.jinja_env.globals["asset"] = asset
    app.context_processor(_variables)


def asset(name: str) -> str:
    """Address of a static file; it changes with the content, so that an update is never served from a cache."""
    return url_for("dashboard.static", filename=name, v=_version(name))


def ticks(text: str) -> Markup:
    """Text in which `backticks` become code; everything else is escaped."""
    parts = str(escape(text)).split("`")
    odd = len(parts) % 2 == 1  # an unpaired tick stays a tick
    if not odd:
        return Markup("`").join(Markup(part) for part in parts)  # noqa: S704 - escaped above
    return Markup("".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts)))  # noqa: S704


def fragment() -> bool:
    """Whether htmx asks for a part of a page (and not for a whole one after the browser's Back)."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


@cache
def _version(name: str) -> str:
    path = STATIC / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "missing"


def _variables() -> dict[str, Any]:
    entered = bool(session.get("entered"))
    endpoint = (request.endpoint or "").removeprefix("dashboard.")
    invented = entered and sample.present(connection("reader"))
    return {
        "has_session": entered,
        "navigation": navigation.entries(current_app) if entered else [],
        "nav_counts": {"comments": len(saved_searches.raised(connection("reader")))} if entered else {},
        "here": _HOME.get(endpoint, endpoint),
        "sample_present": invented,
        "sample_labels": sample.labelled(connection("reader")) if invented else 0,
    }


_HOME = {
    "videos_page": "videos",
    **dict.fromkeys(("video", "groups_page", "budget_page"), "videos"),
    **dict.fromkeys(("creators_page", "creator_page", "creator_card", "compare_page"), "creators"),
    **dict.fromkeys(("shortlist_page", "demand_page", "reports_page", "report_page"), "creators"),
    **dict.fromkeys(("hashtags_page", "hashtag_page", "hashtag_category_page", "hashtag_compare_page"), "hashtags"),
    **dict.fromkeys(("hashtag_plan_page", "hashtag_saved_plan"), "hashtags"),
    **dict.fromkeys(("shop_page", "shop_product_page", "shop_demand_page", "shop_brief_page"), "shop"),
    **dict.fromkeys(("shop_catalogue_page", "shop_profile_page"), "shop"),
    "why": "comments",
    "reply": "comments",
    "inbox_page": "comments",
    "settings_page": "settings",
    "models_page": "models",
    "model_page": "models",
    "dataset_page": "models",
}
"""Pages below an entry, by endpoint."""
