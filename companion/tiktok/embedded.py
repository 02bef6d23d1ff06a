"""The data that TikTok writes into its pages, as bodies like those of its requests.

A page moved by its own router still holds the first page's data: what a block is about stands in the block, never in the address.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from companion.tiktok.asked import Asked, PageKind
from companion.tiktok.bodies import parse

_UNIVERSAL, _SIGI = "__UNIVERSAL_DATA_FOR_REHYDRATION__", "SIGI_STATE"
_KINDS: dict[str, PageKind] = {
    "webapp.video-detail": "item",
    "webapp.reflow.video.detail": "item",
    "webapp.user-detail": "user",
    "webapp.challenge-detail": "tag",
    "webapp.updated-items": "items",
}  # the others hold the visitor's own account, keys and settings, and are left alone


def embedded(html: str) -> list[tuple[Asked, object]]:
    """Each known block of a page's own data, with what it answers; [] where there is none or none can be read."""
    scripts = _Scripts()
    scripts.feed(html)
    scripts.close()
    found: list[tuple[Asked, object]] = []
    for name, text in scripts.found:
        try:
            data = parse(text)
        except ValueError:
            continue
        if isinstance(data, dict):
            found += of_universal(data) if name == _UNIVERSAL else _of_sigi(data)
    return found


class _Scripts(HTMLParser):
    """Gathers the texts of the scripts that hold data."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, str]] = []
        self._name = ""
        self._parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id")
        self._name = name if tag == "script" and name in (_UNIVERSAL, _SIGI) else ""
        self._parts = []

    def handle_data(self, data: str) -> None:
        if self._name:
            self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._name and tag == "script":
            self.found.append((self._name, "".join(self._parts)))
            self._name = ""


def of_universal(data: dict[str, Any]) -> list[tuple[Asked, object]]:
    """The known blocks of `__UNIVERSAL_DATA_FOR_REHYDRATION__`."""
    scope = data.get("__DEFAULT_SCOPE__")
    if not isinstance(scope, dict):
        return []
    return [(_asked(kind, name, scope[name]), scope[name]) for name, kind in _KINDS.items() if scope.get(name)]


def _of_sigi(data: dict[str, Any]) -> list[tuple[Asked, object]]:
    """Items with their accounts, and comments by the video they stand under."""
    found: list[tuple[Asked, object]] = []
    if data.get("ItemModule"):
        body = {key: data[key] for key in ("ItemModule", "UserModule") if isinstance(data.get(key), dict)}
        found.append((Asked("items", f"embedded/{_SIGI}"), body))
    comments = data.get("CommentItem")
    by_video: dict[str, dict[str, Any]] = {}
    for key, row in comments.items() if isinstance(comments, dict) else ():
        if isinstance(row, dict):
            by_video.setdefault(str(row.get("aweme_id") or ""), {})[key] = row
    for video_id, rows in by_video.items():
        path = f"embedded/{_SIGI}?{urlencode({'aweme_id': video_id})}"
        found.append((Asked("comments", path, video_id=video_id or None), {"CommentItem": rows}))
    return found


def _asked(kind: PageKind, name: str, block: object) -> Asked:
    """What a block answers; its subject stands in the path as a request's would."""
    video_id = _at(block, "itemInfo", "itemStruct", "id")
    subjects = {
        "itemId": video_id,
        "uniqueId": _at(block, "userInfo", "user", "uniqueId"),
        "challengeName": _at(block, "challengeInfo", "challenge", "title"),
    }
    kept = {key: value for key, value in subjects.items() if value}
    return Asked(kind, f"embedded/{name}" + (f"?{urlencode(kept)}" if kept else ""), video_id=video_id or None)


def _at(value: object, *path: str) -> str:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
