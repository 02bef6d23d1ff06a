"""The tables that can be exported: their columns, and their rows in a stable order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from companion import creator_demand, demand_by
from companion.leads import leads
from companion.quality.demand import Demand
from companion.store import exported
from companion.store.labels import LabelEvent
from companion.store.quality_first import Counting
from companion.store.sample import PLATFORM as SAMPLE

Kind = Literal["text", "integer", "number", "flag", "time", "list", "object"]
"""text and ids; whole numbers; fractions; yes or no; moments (ms UTC); several texts; JSON as text."""

Value: TypeAlias = "str | int | float | bool | list[str] | None"


@dataclass(frozen=True)
class Column:
    """A column's name and what stands in it."""

    name: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Table:
    """One entity a row. `rows` gives the values in the order of the columns, with what the named model said."""

    columns: tuple[Column, ...]
    rows: Callable[[sqlite3.Connection, str], Iterator[list[Value]]]


def _columns(text: str) -> tuple[Column, ...]:
    """Columns out of words such as "id likes:integer"."""
    kinds: dict[str, Kind] = {"i": "integer", "n": "number", "f": "flag", "t": "time", "l": "list", "o": "object"}
    found = []
    for word in text.split():
        name, _, kind = word.partition(":")
        found.append(Column(name, kinds[kind] if kind else "text"))
    return tuple(found)


_COMMENT_COLUMNS = _columns(
    "platform id video_id parent_id level:i author_pseudonym handle_pseudonym text context:o lang likes:i replies:i create_time:t"
    " by_creator:f pinned:f liked_by_creator:f tiktok_intent:f image:f sticker:f door first_seen:t last_seen:t missing_since:t"
    " grade:n p_high:n signal sentiment interval_low:n interval_high:n unsure:f model"
    " label_grade:i label_signal label_sentiment label_source label_annotator label_time:t"
)
_VIDEO_COLUMNS = _columns(
    "platform video_id author_key handle create_time:t followers:i duration_s:n hashtags:l caption plays:i likes:i comments:i shares:i"
    " saves:i reposts:i collected_at:t commerce product lang region music_id music_title comments_open:f first_seen:t last_seen:t"
    " missing_since:t comments_seen:i"
)
_LABEL_COLUMNS = _columns(
    "platform id text grade:i signal sentiment context video annotator label_source guideline label_time:t model suggested_grade:n"
    " suggested_p_high:n suggestion_shown:f uuid"
)
_CREATOR_COLUMNS = _columns(
    "platform id handle name verified:f followers:i following:i likes:i videos:i seller:f first_seen:t last_seen:t videos_seen:i"
    " organic_videos_counted:i comments_counted:i close_to_buying:i intent_rate:n intent_rate_low:n intent_rate_high:n"
    " first_comment:t last_comment:t model"
)
_DEMANDED = (
    " organic_videos_counted:i comments_counted:i close_to_buying:i intent_rate:n intent_rate_low:n intent_rate_high:n"
    " first_comment:t last_comment:t model"
)
_HASHTAG_COLUMNS = _columns(f"platform hashtag videos:i organic_videos:i comments_seen:i first_video:t last_video:t{_DEMANDED}")
_PRODUCT_COLUMNS = _columns(f"platform product organic_videos:i{_DEMANDED}")

_LEAD_COLUMNS = _columns("link grade:n signal product_asked_for video")

_FLAGS = {
    "is_creator_reply",
    "pinned",
    "liked_by_creator",
    "tiktok_intent",
    "image",
    "sticker",
    "unsure",
    "comments_open",
    "verified",
    "seller",
}


def _comments(connection: sqlite3.Connection, model: str) -> Iterator[list[Value]]:
    for row, label in exported.comments(connection, model):
        yield [*_values(row), *_said(label)]


def _said(label: LabelEvent | None) -> list[Value]:
    if label is None:
        return [None] * 6
    return [label.grade, label.signal, label.sentiment, label.source, label.client_id or None, label.created_at]


def _videos(connection: sqlite3.Connection, _model: str) -> Iterator[list[Value]]:
    for row in exported.videos(connection):
        values = dict(zip(row.keys(), _values(row), strict=True))
        values["duration_ms"] = None if row["duration_ms"] is None else row["duration_ms"] / 1000
        values["hashtags"] = json.loads(row["hashtags"])
        yield list(values.values())


def _labels(connection: sqlite3.Connection, _model: str) -> Iterator[list[Value]]:
    for row in exported.label_votes(connection):
        yield [
            row["platform"],
            row["comment_id"],
            row["text"],
            row["grade"],
            row["signal"],
            row["sentiment"],
            row["context"] if json.loads(row["context"]) else None,
            row["video_id"] or None,
            row["client_id"] or None,
            row["source"],
            row["guideline_version"],
            row["created_at"],
            row["model"],
            row["suggested_grade"],
            row["suggested_p_high"],
            bool(row["suggestion_shown"]),
            row["uuid"],
        ]


def _creators(connection: sqlite3.Connection, model: str) -> Iterator[list[Value]]:
    found = creator_demand.count(connection, model)
    for row in exported.creators(connection):
        yield [*_values(row), *_demanded(found.get((row["platform"], row["id"])), model)]


def _demanded(demand: Demand | None, model: str) -> list[Value]:
    if demand is None:
        return [None] * 9
    share = demand.share
    return [demand.videos, share.n, demand.high, share.value, share.low, share.high, demand.first, demand.last, model]


def _leads(connection: sqlite3.Connection, model: str) -> Iterator[list[Value]]:
    for lead in leads(connection, model):
        if not lead.video.startswith(f"{SAMPLE} "):
            yield [lead.link or None, lead.grade, lead.signal, lead.product or None, lead.video or None]


def _hashtags(connection: sqlite3.Connection, model: str) -> Iterator[list[Value]]:
    found = demand_by.count(connection, Counting(model, creator_demand.DEPTH, creator_demand.ORGANIC), "hashtag").demand
    for row in exported.hashtags(connection):
        yield [*_values(row), *_demanded(found.get((row["platform"], row["hashtag"])), model)]


def _products(connection: sqlite3.Connection, model: str) -> Iterator[list[Value]]:
    found = demand_by.count(connection, Counting(model, creator_demand.DEPTH, creator_demand.ORGANIC), "product")
    for platform, title in sorted(found.videos):
        if platform != SAMPLE:
            yield [platform, title, found.videos[platform, title], *_demanded(found.demand.get((platform, title)), model)]


def _values(row: sqlite3.Row) -> list[Value]:
    return [bool(value) if name in _FLAGS and value is not None else value for name, value in zip(row.keys(), row, strict=True)]


TABLES: Mapping[str, Table] = {
    "comments": Table(_COMMENT_COLUMNS, _comments),
    "videos": Table(_VIDEO_COLUMNS, _videos),
    "labels": Table(_LABEL_COLUMNS, _labels),
    "creators": Table(_CREATOR_COLUMNS, _creators),
    "hashtags": Table(_HASHTAG_COLUMNS, _hashtags),
    "products": Table(_PRODUCT_COLUMNS, _products),
    "leads": Table(_LEAD_COLUMNS, _leads),
}
"""By the name that is asked for."""
