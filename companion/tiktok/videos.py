"""Videos and photo posts, in the shapes of 2023 (`SIGI_STATE`) to 2026."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from companion.tiktok.anchors import Links, links_of
from companion.tiktok.creators import creator_of, first_count
from companion.tiktok.fields import Row
from companion.tiktok.hashtags import hashtags_of
from companion.tiktok.records import CommerceKind, ReadCreator, ReadVideo

LIST_KEYS = ("itemList", "item_list")
_VIDEO_RESULT = 1  # `type` of a search result that is a video
_COMMENTS_ON = 0


def video_rows(body: dict[str, Any]) -> list[object] | None:
    """The video objects of a body, whatever list they stand in; None where it has no such list."""
    for key in LIST_KEYS:
        if isinstance(body.get(key), list):
            return list(body[key])
    if isinstance(found := body.get("ItemModule"), dict):
        return list(found.values())
    if isinstance(found := body.get("data"), list):
        return list(_results(found))
    detail = body.get("itemInfo")
    if isinstance(detail, dict):
        return [detail["itemStruct"]] if "itemStruct" in detail else []
    return None


def is_live(row: object) -> bool:
    """Whether a row is a live room; those have no comments to keep."""
    return isinstance(row, dict) and bool(row.get("liveRoomInfo"))


def video_of(values: dict[str, Any], drift: list[str]) -> ReadVideo | None:
    """One video; None without an id."""
    video = Row("video", values, drift)
    video_id = video.id("id") or video.id("aweme_id") or video.id("video_id")
    if video_id is None:
        return None
    stats = (video.part("statsV2"), video.part("stats"))
    if not any(part.values for part in stats):
        video.note("stats missing")
    links, music, length = links_of(video), video.part("music"), video.part("video")
    seconds = length.values.get("duration")
    status = video.count("itemCommentStatus")
    return ReadVideo(
        id=video_id,
        creator=_creator(video),
        caption=video.text("desc", needed=True),
        hashtags=hashtags_of(video),
        music_id=music.id("id"),
        music_title=music.text("title") or None,
        duration_ms=round(seconds * 1000) if isinstance(seconds, int | float) and 0 < seconds < 1e9 else None,
        lang=video.language("textLanguage"),
        created_at=video.moment("createTime", needed=True),
        plays=first_count("playCount", *stats),
        likes=first_count("diggCount", *stats),
        comments=first_count("commentCount", *stats),
        shares=first_count("shareCount", *stats),
        saves=first_count("collectCount", *stats),
        reposts=first_count("repostCount", *stats),
        commerce=_commerce(video, links),
        products=links.products,
        comments_open=None if status is None else status == _COMMENTS_ON,
        region=video.region("locationCreated"),
    )


def _results(rows: list[Any]) -> Iterator[object]:
    """The videos among a search's results; accounts and suggestions stand between them."""
    for row in rows:
        if isinstance(row, dict) and ("item" in row or row.get("type") == _VIDEO_RESULT):
            yield row.get("item")


def _creator(video: Row) -> ReadCreator | None:
    stats = (video.part("authorStatsV2"), video.part("authorStats"))
    if isinstance(video.values.get("author"), str):  # 2023: the author is a handle, the rest stands on the item
        user = {"id": video.values.get("authorId"), "uniqueId": video.values["author"], "nickname": video.values.get("nickname")}
        return creator_of(Row("video.author", user, video.drift), *stats)
    author = video.part("author")
    if not author.values:
        video.note("author missing")
        return None
    return creator_of(author, *stats)


def _commerce(video: Row, links: Links) -> CommerceKind:
    """Why the video exists.

    `ttSeller` does not count: it says that the account has a shop, not that this video sells; a seller's ordinary posts are
    as organic as anyone's. A link that cannot be read leaves the matter unknown, because it may well be a product's.
    """
    is_ad = video.flag("isAd")
    if is_ad:
        return "ad"
    if video.flag("adAuthorization"):
        return "partnership"
    if links.leads_to_shop or video.flag("is_ec_video"):
        return "shop"
    return "organic" if is_ad is False and links.products is not None else "unknown"
