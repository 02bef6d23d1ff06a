"""From a scrubbed body to rows: what can be read is kept, what is odd is counted, nothing raises."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from companion.tiktok.asked import Asked, PageKind
from companion.tiktok.comments import comment_of, comment_rows
from companion.tiktok.creators import creator_of, tag_of
from companion.tiktok.fields import Row
from companion.tiktok.records import ReadComment, ReadCreator, ReadPage, ReadTag, ReadVideo
from companion.tiktok.refusals import refusal_in
from companion.tiktok.rendered import read_rendered
from companion.tiktok.videos import is_live, video_of, video_rows

PARSER_VERSION = "2"
"""Version of the readers' output; stored raw pages of another version are worth reading again."""

_SUBJECTS: dict[PageKind, str] = {"item": "itemInfo", "user": "userInfo", "tag": "challengeInfo"}
_MORE_KEYS = ("has_more", "hasMore", "hasMorePrevious")


@dataclass
class _Gathered:
    drift: list[str] = field(default_factory=list)
    videos: list[ReadVideo] = field(default_factory=list)
    comments: list[ReadComment] = field(default_factory=list)
    creators: list[ReadCreator] = field(default_factory=list)
    tags: list[ReadTag] = field(default_factory=list)
    rows: int = 0
    lost: int = 0

    def keep(self, row: object, into: list[Any]) -> None:
        """Count a row, and keep what was read of it."""
        self.rows += 1
        if row is None:
            self.lost += 1
        else:
            into.append(row)


def read(asked: Asked, scrubbed: object) -> ReadPage:
    """The rows of a scrubbed body. Never raises: what is missing is None in the rows and a note in `drift`."""
    if asked.kind == "rendered":
        return read_rendered(scrubbed)
    gathered = _Gathered()
    body: dict[str, Any] = scrubbed if isinstance(scrubbed, dict) else {"itemList": scrubbed} if isinstance(scrubbed, list) else {}
    refusal = refusal_in(scrubbed)
    envelope = Row("page", _envelope(body), gathered.drift)
    more = next((envelope.flag(key) for key in _MORE_KEYS if envelope.has(key)), None)
    if asked.kind in ("comments", "replies"):
        _read_comments(asked, body, gathered, refused=refusal is not None)
    elif asked.kind != "shop_product":  # a product's page has its own reader; nothing of it is a video or comment
        _read_videos(asked, body, gathered, refused=refusal is not None or more is False)
        _read_subjects(body, gathered)
        if asked.kind in _SUBJECTS and not gathered.rows and refusal is None:
            gathered.drift.append(f"page.{_SUBJECTS[asked.kind]} missing")
    return ReadPage(
        kind=asked.kind,
        videos=tuple(gathered.videos),
        comments=tuple(gathered.comments),
        creators=tuple(gathered.creators),
        tags=tuple(gathered.tags),
        cursor=_cursor(envelope),
        has_more=more,
        total=envelope.count("total"),
        refusal=refusal,
        rows=gathered.rows,
        drift=tuple(gathered.drift),
        lost=gathered.lost,
    )


def _envelope(body: dict[str, Any]) -> dict[str, Any]:
    data = body.get("data")
    return data if isinstance(data, dict) and "comments" in data else body


def _read_comments(asked: Asked, body: dict[str, Any], gathered: _Gathered, refused: bool) -> None:
    rows = comment_rows(body)
    if rows is None and not refused:
        gathered.drift.append("page.comments missing" if "comments" not in _envelope(body) else "page.comments is not a list")
    for values in rows or ():
        if not isinstance(values, dict):
            gathered.keep(None, gathered.comments)
            continue
        comment = comment_of(values, asked, gathered.drift)
        gathered.keep(comment, gathered.comments)
        for preview in Row("comment", values, gathered.drift).rows("reply_comment") or ():
            reply = comment_of(preview, asked, gathered.drift, under=comment) if comment and isinstance(preview, dict) else None
            gathered.keep(reply, gathered.comments)


def _read_videos(asked: Asked, body: dict[str, Any], gathered: _Gathered, refused: bool) -> None:
    """Videos of a list, a search or a detail. The last page of a list may have no list at all."""
    rows = video_rows(body)
    if rows is None and asked.kind in ("items", "search") and not refused and "user_list" not in body:
        gathered.drift.append("page.itemList missing")
    in_profile = body.get("userInfo")
    if rows is None and isinstance(in_profile, dict) and isinstance(in_profile.get("itemList"), list):
        rows = in_profile["itemList"]
    for values in rows or ():
        if not is_live(values):
            gathered.keep(video_of(values, gathered.drift) if isinstance(values, dict) else None, gathered.videos)


def _read_subjects(body: dict[str, Any], gathered: _Gathered) -> None:
    """The account or the hashtag that a detail page is about, and the accounts beside the items of 2023."""
    page = Row("page", body, gathered.drift)
    profile = page.part("userInfo")
    if profile.values.get("user"):
        gathered.keep(creator_of(profile.part("user"), profile.part("statsV2"), profile.part("stats")), gathered.creators)
    subject = page.part("challengeInfo")
    if subject.values.get("challenge"):
        gathered.keep(tag_of(subject.part("challenge"), subject.part("statsV2"), subject.part("stats")), gathered.tags)
    accounts = page.part("UserModule")
    users, stats = accounts.part("users"), accounts.part("stats")
    for handle in users.values:
        gathered.keep(
            creator_of(Row("user", _object(users, handle), gathered.drift), Row("stats", _object(stats, handle), gathered.drift)),
            gathered.creators,
        )


def _object(holder: Row, key: str) -> dict[str, Any]:
    value = holder.values.get(key)
    return value if isinstance(value, dict) else {}


def _cursor(envelope: Row) -> str | None:
    value = envelope.values.get("cursor")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value else None
