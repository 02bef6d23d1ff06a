"""What the columns of a table mean: names guessed from the words in use, so that a file need not be renamed first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

TableKind = Literal["comments", "videos"]

_MEANINGS: dict[TableKind, dict[str, tuple[str, ...]]] = {
    "comments": {
        "id": ("comment_id", "cid", "id"),
        "text": ("text", "comment_text", "comment", "comment_body", "body", "content", "message"),
        "video_id": ("video_id", "aweme_id", "post_id", "item_id", "video", "video_url", "video_link", "post_url"),
        "author_id": ("author_id", "user_id", "uid", "user_uid", "commenter_id", "author_uid"),
        "author": (
            *("handle", "author_handle", "username", "user_name", "unique_id", "user_unique_id", "author_username"),
            *("author_unique_id", "commenter", "author", "user"),
        ),
        "create_time": (
            *("create_time", "created_at", "comment_time", "unix_timestamp", "timestamp", "published_at", "posted_at"),
            *("created", "datetime", "date", "time"),
        ),
        "likes": ("likes", "like_count", "likes_count", "digg_count", "comment_likes"),
        "replies": ("replies", "reply_count", "replies_count", "reply_comment_total", "total_reply", "comment_replies"),
        "parent_id": ("parent_id", "parent_comment_id", "reply_to_id", "reply_id", "in_reply_to", "reply_to", "parent", "thread_id"),
        "lang": ("lang", "language", "comment_language", "language_guess"),
        "pinned": ("pinned", "is_pinned", "author_pin"),
        "liked_by_creator": ("liked_by_creator", "is_author_digged"),
        "by_creator": ("by_creator", "is_creator_reply", "is_creator"),
        "collected_at": ("collected_at", "timestamp_collected", "retrieved_at", "scraped_at", "last_seen"),
    },
    "videos": {
        "video_id": ("video_id", "aweme_id", "item_id", "post_id", "id", "video_url", "tiktok_url", "video_link", "url", "video"),
        "author_key": ("author_key", "author_id", "creator_id", "account_id", "user_id", "author_uid"),
        "author": (
            *("handle", "creator_handle", "author_handle", "unique_id", "author_unique_id", "username", "user_name"),
            *("author_username", "creator", "author", "user"),
        ),
        "author_name": ("author_name", "creator_name", "nickname", "author_nickname", "author_full", "display_name"),
        "verified": ("verified", "is_verified", "author_verified"),
        "create_time": (
            *("create_time", "created_at", "unix_timestamp", "timestamp", "published_at", "posted_at", "upload_date"),
            *("created", "datetime", "date", "time"),
        ),
        "followers": ("followers", "follower_count", "author_followers", "creator_followers", "author_stats_follower_count"),
        "duration_s": ("duration_s", "duration_seconds", "video_duration", "duration", "length"),
        "hashtags": ("hashtags", "hashtag_names", "challenges", "tags"),
        "caption": ("caption", "desc", "description", "video_description", "video_caption", "title", "body", "text"),
        "lang": ("lang", "language", "text_language"),
        # of videos alone: where a comment's writer is is nobody's business
        "region": ("region", "region_code", "location_created", "country_code", "country"),
        "plays": ("plays", "views", "view_count", "play_count", "stats_play_count", "views_count"),
        "likes": ("likes", "like_count", "likes_count", "digg_count", "stats_digg_count"),
        "comments": ("comments", "comment_count", "comments_count", "stats_comment_count"),
        "shares": ("shares", "share_count", "shares_count", "stats_share_count"),
        "saves": ("saves", "collect_count", "favorites_count", "bookmarks", "saves_count", "stats_collect_count"),
        "reposts": ("reposts", "repost_count", "stats_repost_count"),
        "music_id": ("music_id",),
        "music_title": ("music_title", "music_name"),
        "commerce": ("commerce",),
        "is_ad": ("is_ad",),
        "is_partnership": ("is_paid_partnership", "paid_partnership", "ad_authorization"),
        "collected_at": ("collected_at", "timestamp_collected", "retrieved_at", "scraped_at", "last_seen"),
        "age_h": ("age_h",),
    },
}
"""For each meaning the names it goes by, the surest first."""

NEEDED: dict[TableKind, tuple[str, ...]] = {"comments": ("id", "text", "video_id"), "videos": ("video_id",)}
"""Meanings without which a row says nothing."""

_COUNTERS = {"plays", "shares", "saves", "duration_s", "followers", "caption"}
_COUNTS_OF_VIDEOS = {"plays", "shares", "saves", "reposts", "duration_s"}
_OF_VIDEOS = _COUNTS_OF_VIDEOS | {
    "comments",
    "hashtags",
    "region",
    "music_id",
    "music_title",
    "commerce",
    "is_ad",
    "is_partnership",
    "age_h",
}
"""What no table of comments has that lacks their videos; followers may be their writers'."""
_LABEL_KEYS = {"grade", "signal", "sentiment"}
_OF_A_MODEL = "p_high"
"""A table with this column holds what a model said, not what people said."""

_NO_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Columns:
    """What was recognised: `used` leads from a meaning to the column that has it, `ignored` are the columns that mean nothing here."""

    kind: TableKind
    used: dict[str, str]
    ignored: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        """Meanings that are needed and not there."""
        return [meaning for meaning in NEEDED[self.kind] if meaning not in self.used]


def recognise(names: Iterable[str], kind: TableKind) -> Columns:
    """The columns of a table of this kind. Each column serves one meaning, each meaning has one column."""
    found: dict[str, str] = {}
    for original in names:
        found.setdefault(_bare(original), original)
    used: dict[str, str] = {}
    for meaning, synonyms in _MEANINGS[kind].items():
        column = next((found[bare] for name in synonyms if (bare := _bare(name)) in found and found[bare] not in used.values()), None)
        if column is not None:
            used[meaning] = column
    return Columns(kind, used, tuple(name for name in found.values() if name not in used.values()))


def kind_of(names: Iterable[str]) -> TableKind | Literal["labels", "either"] | None:
    """What a table with these columns holds: "either" where they may be comments' or videos', None where they are nobody's."""
    names = list(names)
    plainly = {_plain(name) for name in names}
    comments, videos = recognise(names, "comments"), recognise(names, "videos")
    if {"id", "text"} <= plainly and plainly & _LABEL_KEYS and _OF_A_MODEL not in plainly:
        return "labels"
    is_videos = not videos.missing and bool(_COUNTERS & videos.used.keys())
    if is_videos and _may_be_comments(comments, videos):
        return "either"
    if not comments.missing:
        return "comments"
    return "videos" if is_videos else None


def _may_be_comments(comments: Columns, videos: Columns) -> bool:
    """Whether a table that reads as videos has texts that comments may be: none stands as `caption`, and nothing else decides.

    Without all that comments need, what only videos have says videos. With it, `comment_id` and its like say comments, and so does
    `id` where no counts of videos stand beside it.
    """
    text = comments.used.get("text")
    if text is None or videos.used.get("caption", text) != text:
        return False
    if comments.missing:
        return not _OF_VIDEOS & videos.used.keys()
    return _bare(comments.used["id"]) == "id" and bool(_COUNTS_OF_VIDEOS & videos.used.keys())


def flat(values: Mapping[str, object]) -> dict[str, object]:
    """Values with those of objects inside beside them: `{"user": {"uid": 1}}` has the column "user.uid" too."""
    found: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found.update({f"{name}.{inner}": part for inner, part in value.items() if not isinstance(part, Mapping | list)})
        else:
            found[name] = value
    return found


def _plain(name: str) -> str:
    return _NO_WORD.sub("_", name.lower()).strip("_")


def _bare(name: str) -> str:
    """A name without all that spellings differ in: "createTime", "Create time" and "create_time" are one."""
    return _NO_WORD.sub("", name.lower())
