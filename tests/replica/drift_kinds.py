"""Ways in which the site may change the shape of its rows from one day to the next, each applied to one answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

DriftKind = Literal["renamed_text", "count_as_text", "user_without_uid", "unknown_keys", "number_id", "nested_rows", "stats_as_text"]
DRIFT_KINDS: tuple[DriftKind, ...] = get_args(DriftKind)
Row = dict[str, Any]


@dataclass(frozen=True)
class Drifted:
    """One answer that had another shape: its path, the way, and the ids of the rows in it."""

    path: str
    kind: DriftKind
    ids: tuple[str, ...]


def drifted_rows(rows: list[Row], kind: DriftKind) -> list[Row]:
    """Return the rows in another shape; ``rows`` stays as it is."""
    return [_WAYS[kind](dict(row)) for row in rows]


def _renamed_text(row: Row) -> Row:
    new = {"text": "content", "desc": "description"}
    return {new.get(key, key): value for key, value in row.items()}


def _count_as_text(row: Row) -> Row:
    if "digg_count" in row:
        row["digg_count"] = str(row["digg_count"])
    return row


def _user_without_uid(row: Row) -> Row:
    if "user" in row:
        row["user"] = {key: value for key, value in row["user"].items() if key != "uid"}
    return row


def _unknown_keys(row: Row) -> Row:
    return {"mystery_rank": 3, **row, "mystery": {"nested": [1, {"user": None}], "text": "not a comment"}}


def _number_id(row: Row) -> Row:
    for key in ("cid", "id"):
        if key in row:
            row[key] = int(row[key])
    return row


def _nested_rows(row: Row) -> Row:
    return {"comment_info": row} if "cid" in row else row


def _stats_as_text(row: Row) -> Row:
    if "stats" in row:
        row["stats"] = dict.fromkeys(row["stats"], "a lot")
        row.pop("statsV2", None)
    return row


_WAYS: Mapping[DriftKind, Callable[[Row], Row]] = {
    "renamed_text": _renamed_text,
    "count_as_text": _count_as_text,
    "user_without_uid": _user_without_uid,
    "unknown_keys": _unknown_keys,
    "number_id": _number_id,
    "nested_rows": _nested_rows,
    "stats_as_text": _stats_as_text,
}
