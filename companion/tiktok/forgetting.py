"""Taking people out of a scrubbed body who asked to be left out."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

_BY_HANDLE = ("users", "stats")


def without_people(scrubbed: object, who: Container[str]) -> tuple[object, int]:
    """The body without what these people wrote or made, and how many entries were taken out.

    Args:
        scrubbed: what `companion.tiktok.scrub` returned.
        who: pseudonyms of commenters' uids or handles; creators as "creator:" with the id or with "@" and the handle;
            videos as "video:" with the id.
    """
    if isinstance(scrubbed, dict):
        if _is(scrubbed, who):
            return {}, 1
        kept: dict[str, Any] = {}
        gone = 0
        for key, whole in scrubbed.items():
            named = _named_by_key(whole, who) if key in _BY_HANDLE and isinstance(whole, dict) else []
            value = {handle: account for handle, account in whole.items() if handle not in named} if named else whole
            gone += len(named)
            if isinstance(value, dict) and _by(value, who):
                kept[key], fewer = {}, 1
            else:
                kept[key], fewer = without_people(value, who)
            gone += fewer
        return kept, gone
    if isinstance(scrubbed, list):
        rows = [without_people(item, who) for item in scrubbed if not _by(item, who)]
        return [row for row, _ in rows], sum(fewer for _, fewer in rows) + len(scrubbed) - len(rows)
    return scrubbed, 0


def _named_by_key(accounts: dict[str, Any], who: Container[str]) -> list[str]:
    """Pages of 2023 hold accounts, and their counters, by handle."""
    return [handle for handle, account in accounts.items() if isinstance(account, dict) and f"creator:@{handle.lower()}" in who]


def _by(entry: object, who: Container[str]) -> bool:
    """Whether an entry is one of these people or their videos, or names one as its writer."""
    return isinstance(entry, dict) and (_is(entry, who) or any(_is(value, who) for value in entry.values()))


def _is(value: object, who: Container[str]) -> bool:
    return isinstance(value, dict) and any(mark in who for mark in _marks(value))


def _marks(value: dict[str, Any]) -> list[str]:
    marks = [mark for key in ("uid", "unique_id") if isinstance(mark := value.get(key), str)]
    if value.get("id"):
        marks += [f"creator:{value['id']}", f"video:{value['id']}"]
    if isinstance(handle := value.get("uniqueId"), str):
        marks.append(f"creator:@{handle.lower()}")
    if isinstance(author := value.get("author"), str):
        marks.append(f"creator:@{author.lower()}")
    if isinstance(author_id := value.get("authorId"), str | int):
        marks.append(f"creator:{author_id}")
    return marks
