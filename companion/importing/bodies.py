"""Answers and pages of TikTok as they came, in files or folders of files: the question is read off the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.importing.documents import LINES, PAGES, document, inside, kind_of_name, text_of
from companion.importing.pieces import Entry, Piece
from companion.importing.tables import modified_ms
from companion.importing.zeeschuimer import is_video
from companion.label_files import Place
from companion.table_files import BadFileError, read_rows
from companion.tiktok import Asked, PageKind, asked_of, embedded
from companion.tiktok.bodies import parse
from companion.tiktok.parsed_thread import thread_bodies

_KINDS: dict[str, PageKind] = {
    "itemList": "items",
    "item_list": "search",
    "itemInfo": "item",
    "userInfo": "user",
    "challengeInfo": "tag",
    "data": "search",
}
"""What was asked, by the key that holds the answer."""

_NOTHING = "nothing of TikTok's that is read here; pages, comment lists, video lists and parsed threads are"


@dataclass(frozen=True)
class Bodies:
    """A file or folder; `name` is what it is called in reports."""

    path: Path
    name: str

    def pieces(self) -> Iterator[Piece]:
        """Every answer of every file, in the order of the files' names."""
        if not self.path.is_dir():
            yield from _of_file(self.path, self.name)
            return
        for path in inside(self.path):
            yield from _of_file(path, f"{self.name}/{path.relative_to(self.path)}")


def entries_of(value: object, at: int) -> list[Entry]:
    """The answers in a JSON value; [] where there are none. `at` (ms UTC) is when they came, where they do not say."""
    if isinstance(value, list):
        return _of_list(value, at)
    if not isinstance(value, Mapping):
        return []
    if threads := thread_bodies(value):
        return [Entry(asked, at, body) for asked, body in threads]
    if isinstance(value.get("url"), str) and (asked := asked_of(str(value["url"]))) is not None:
        return _recorded(asked, value, at)
    return _of_object(value, at)


def _of_object(value: Mapping[str, Any], at: int) -> list[Entry]:
    inner = value.get("data")
    body = inner if isinstance(inner, Mapping) and "comments" in inner else value
    if isinstance(body.get("comments"), list):
        return _comments(dict(body), _now(body, at))
    if isinstance(value.get("user"), Mapping) and isinstance(value.get("stats"), Mapping):
        return [Entry(Asked("user", "file"), at, {"userInfo": dict(value)})]
    kind = next((kind for key, kind in _KINDS.items() if value.get(key)), None)
    return [Entry(Asked(kind, "file"), _now(value, at), dict(value))] if kind else []


def _of_list(values: list[object], at: int) -> list[Entry]:
    """A list of videos is one answer; else each part is looked at by itself."""
    if values and all(isinstance(value, Mapping) and is_video(value) for value in values):
        return [Entry(Asked("items", "file"), at, {"itemList": values})]
    return [entry for value in values if isinstance(value, Mapping) for entry in entries_of(value, at)]


def _of_file(path: Path, name: str) -> Iterator[Piece]:
    at = modified_ms(path)
    if kind_of_name(path) in LINES:
        for row in read_rows(path):
            yield from _pieces(Place(name, row.line), [] if row.error else entries_of(row.values, at), row.error)
        return
    place = Place(name, 1)
    try:
        if kind_of_name(path) in PAGES:
            found = [Entry(asked, at, body) for asked, body in embedded(text_of(path))]
        else:
            found = entries_of(document(path), at)
    except BadFileError as error:
        yield Piece(place, error=str(error))
        return
    yield from _pieces(place, found, "")


def _pieces(place: Place, entries: list[Entry], error: str) -> Iterator[Piece]:
    if not entries:
        yield Piece(place, error=error or _NOTHING)
    for entry in entries:
        yield Piece(place, entry)


def _recorded(asked: Asked, value: Mapping[str, Any], at: int) -> list[Entry]:
    """A request kept with its answer: `{"url", "body"}`, the body as JSON or as its text."""
    body = next((value[key] for key in ("body", "response", "data") if key in value), None)
    if isinstance(body, str):
        try:
            body = parse(body)
        except ValueError:
            return []
    return [Entry(asked, _now(body, at), body)] if isinstance(body, Mapping) else []


def _comments(body: dict[str, Any], at: int) -> list[Entry]:
    """A comment list, one entry a video and thread: what was asked stands in the comments themselves."""
    grouped: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for comment in body["comments"]:
        if isinstance(comment, Mapping) and comment.get("aweme_id"):
            grouped.setdefault((str(comment["aweme_id"]), str(comment.get("reply_id") or "0")), []).append(comment)
    found = []
    for (video, parent), comments in grouped.items():
        asked = Asked("comments", "file", video) if parent == "0" else Asked("replies", "file", video, parent)
        found.append(Entry(asked, at, {**body, "comments": comments}))
    return found


def _now(body: object, at: int) -> int:
    """The moment at which TikTok answered, where it says so."""
    extra = body.get("extra") if isinstance(body, Mapping) else None
    now = extra.get("now") if isinstance(extra, Mapping) else None
    return now if isinstance(now, int) and 1_400_000_000_000 < now < 4_000_000_000_000 else at
