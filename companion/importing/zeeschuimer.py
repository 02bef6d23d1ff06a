"""Lines of the browser extension Zeeschuimer: what it saw on TikTok, one comment or video a line.

A line is `{"item_id", "source_platform", "source_url", "timestamp_collected", "data": {...}, ...}`, where `data` is TikTok's
own object; in files that came through 4CAT the object itself with all else under "__import_meta"; or the object alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from companion import cell_values as cells
from companion.importing.pieces import Entry, Piece
from companion.importing.tables import modified_ms
from companion.label_files import Place
from companion.table_files import read_rows
from companion.tiktok import Asked

_META = "__import_meta"


@dataclass(frozen=True)
class Lines:
    """A file of such lines."""

    path: Path
    name: str

    def pieces(self) -> Iterator[Piece]:
        """Its lines, in file order."""
        seen = modified_ms(self.path)
        for row in read_rows(self.path):
            place = Place(self.name, row.line)
            try:
                yield Piece(place, error=row.error) if row.error else Piece(place, entry_of(row.values, seen))
            except ValueError as error:
                yield Piece(place, error=str(error))


def is_line(values: Mapping[str, object]) -> bool:
    """Whether this is such a line, of whatever platform."""
    if isinstance(values.get("data"), Mapping) and isinstance(values.get("source_platform"), str):
        return True
    return isinstance(values.get(_META), Mapping) or _is_comment(values) or is_video(values)


def entry_of(values: Mapping[str, object], at: int) -> Entry:
    """The comment or video of a line; `at` (ms UTC) is when it was seen, where the line does not say.

    Raises:
        ValueError: it is of another platform, or holds neither.
    """
    item, meta = _parts(values)
    collected = meta.get("timestamp_collected")
    if isinstance(collected, int | float | str) and not isinstance(collected, bool):
        at = cells.moment(collected)
    if _is_comment(item):
        return _comment(item, at)
    if is_video(item):
        return Entry(Asked("items", "zeeschuimer"), at, dict(item), "itemList")
    platform = meta.get("source_platform")
    if isinstance(platform, str) and "tiktok" not in platform:
        raise ValueError(f'"source_platform" is {cells.shown(platform)}; only TikTok is read, so export TikTok alone')
    raise ValueError("neither a TikTok comment nor a TikTok video; export comments or posts from TikTok")


def _parts(values: Mapping[str, object]) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """TikTok's object, and what was noted about it."""
    data, meta = values.get("data"), values.get(_META)
    if isinstance(data, Mapping):
        return data, values
    return {key: value for key, value in values.items() if key != _META}, meta if isinstance(meta, Mapping) else {}


def _comment(item: Mapping[str, object], at: int) -> Entry:
    video, parent = str(item["aweme_id"]), str(item.get("reply_id") or "0")
    if parent == "0":
        return Entry(Asked("comments", "zeeschuimer", video), at, dict(item), "comments")
    return Entry(Asked("replies", "zeeschuimer", video, parent), at, dict(item), "comments")


def _is_comment(item: Mapping[str, object]) -> bool:
    return "cid" in item and bool(item.get("aweme_id")) and "text" in item


def is_video(item: Mapping[str, object]) -> bool:
    """Whether an object is a video as TikTok writes it."""
    told = isinstance(item.get("author"), Mapping | str) or isinstance(item.get("stats"), Mapping)
    return "id" in item and "createTime" in item and "desc" in item and told
