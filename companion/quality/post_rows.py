"""Rows of a table as videos: what cannot be true is left out, with the reason in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from companion.quality.counts import parse_count
from companion.quality.posts import Post

COUNTS = ("plays", "likes", "comments", "shares", "saves")
NEEDED = ("video_id", "author_key", "create_time", "followers", "plays", "likes", "comments", "shares")
"""Columns without which a table says nothing about expectations."""
OPTIONAL = frozenset({"saves"})
"""Counts that many sources do not have: their absence is no fault of the row."""
_EARLIEST_MS = int(datetime(2014, 1, 1, tzinfo=UTC).timestamp() * 1000)  # no such site was older


def post_of(values: Mapping[str, object], now: int) -> Post:
    """One row. `now` is ms UTC: nothing was posted later. Never raises; every value that was not used is named in `reasons`."""
    reasons: list[str] = []
    counts: dict[str, int | None] = {}
    for name in (*COUNTS, "followers"):
        count = parse_count(values.get(name), name)
        counts[name] = count.value
        if count.reason and not (name in OPTIONAL and values.get(name) in (None, "")):
            reasons.append(count.reason)
    created_at, wrong = _moment(values.get("create_time"), now)
    reasons += [wrong] if wrong else []
    tags = values.get("hashtags")
    tags = tags.split("|") if isinstance(tags, str) else tags if isinstance(tags, list | tuple) else ()
    return without_contradictions(
        Post(
            video_id=_text(values.get("video_id")),
            author=_text(values.get("author_key")),
            created_at=created_at,
            duration_s=_measure(values.get("duration_s")),
            hashtags=tuple(dict.fromkeys(tag for raw in tags if (tag := _text(raw).lstrip("#＃").lower()))),
            caption=_text(values.get("caption")),
            category=_text(values.get("category")),
            age_h=_measure(values.get("age_h")),
            split_time=_text(values.get("split_time")),
            split_creator=_text(values.get("split_creator")),
            reasons=tuple(reasons),
            **counts,
        )
    )


def without_contradictions(post: Post) -> Post:
    """The post without counts that contradict its plays: nobody likes or comments more often than a video was shown."""
    if post.plays is None:
        return post
    more = [name for name in ("likes", "comments", "shares", "saves") if (getattr(post, name) or 0) > post.plays]
    if not more:
        return post
    reasons = [f"{name} {getattr(post, name):,} is more than {post.plays:,} plays; not used" for name in more]
    return replace(post, reasons=(*post.reasons, *reasons), **dict[str, Any](dict.fromkeys(more)))


def _moment(written: object, now: int) -> tuple[int | None, str]:
    """ISO 8601, or seconds or milliseconds since 1970."""
    text = _text(written)
    if not text:
        return None, "the day of posting is not known"
    try:
        if text.replace(".", "", 1).isdigit():
            number = float(text)
            moment = int(number if number > 1e11 else number * 1000)
        else:
            read = datetime.fromisoformat(text)
            moment = int((read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None, f'create_time "{text[:40]}" is not a date; write 2026-01-31T12:00:00Z'
    if moment > now:
        return None, f"create_time {_day(text, moment)} lies in the future; not used"
    if moment < _EARLIEST_MS:
        return None, f"create_time {_day(text, moment)} is before the site existed; not used"
    return moment, ""


def _day(written: str, moment: int) -> str:
    """A date as it was written; a bare number as the day that it means, where there is such a day."""
    if not written.replace(".", "", 1).isdigit():
        return written[:40]
    try:
        return datetime.fromtimestamp(moment / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return written[:40]


def _measure(written: object) -> float | None:
    try:
        number = float(_text(written))
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
