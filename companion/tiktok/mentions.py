"""Marked places of a text: mentions are taken out by their exact places, because names may hold spaces; hashtags are kept by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from companion.tiktok.masking import AT, MENTION
from companion.tiktok.people import People
from companion.tiktok.sensitive import EXTRA_KEYS, identity_of

_TEXTS = ("text", "desc", "comment")
_TAG_KEYS = ("hashtagName", "hashtag_name", "hashtagId", "hashtag_id")


def unmentioned(values: Mapping[str, Any], people: People) -> Mapping[str, Any]:
    """The object with its text free of marked mentions, and its marked places cut down to hashtags' names.

    The places of what is left would point beside it, so they go.
    """
    marked = [key for key in EXTRA_KEYS if key in values]
    if not marked:
        return values
    changed = dict(values)
    for key in marked:
        rows = values[key] if isinstance(values[key], list) else []
        mentions = list(_mentions(rows, people))
        for text_key in _TEXTS:
            if mentions and isinstance(text := changed.get(text_key), str):
                changed[text_key] = _without(text, mentions, people)
        changed[key] = [tag for row in rows if isinstance(row, dict) and (tag := _hashtag(row))]
    return changed


def _hashtag(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: row[key] for key in _TAG_KEYS if isinstance(row.get(key), str | int) and row[key]}
    return kept if any(key in kept for key in _TAG_KEYS[:2]) else {}


def _mentions(rows: list[Any], people: People) -> Iterator[tuple[int, int]]:
    """Places of mentions in UTF-16 units, the last first; who is meant is noted."""
    found: set[tuple[int, int]] = set()
    for row in rows:
        if not isinstance(row, dict) or _hashtag(row):
            continue
        for key, value in row.items():
            if part := identity_of(key):
                people.call(part, value)
        start, end = row.get("start"), row.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
            found.add((start, end))
    return iter(sorted(found, reverse=True))


def _without(text: str, places: list[tuple[int, int]], people: People) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    limit = len(units)
    for start, end in places:
        if end * 2 > limit:
            continue
        name = units[start * 2 : end * 2].decode("utf-16-le", "replace").rstrip()
        if len(name) > 1 and name[0] in AT:  # else the places belong to another text
            people.call("name", name[1:].strip())
            length = len(name.encode("utf-16-le", "surrogatepass"))
            units = units[: start * 2] + MENTION.encode("utf-16-le") + units[start * 2 + length :]
            limit = start * 2
    return units.decode("utf-16-le", "replace")
