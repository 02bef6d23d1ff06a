"""What the columns of a table of YouTube's or Instagram's numbers mean, and of which site a table is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from companion.importing.site_values import site_of_address

Site = Literal["youtube", "instagram"]
SITES: tuple[Site, ...] = get_args(Site)

_MEANINGS: dict[str, tuple[str, ...]] = {
    "video_id": (
        *("permalink", "video_url", "post_url", "url", "link", "video_id", "shortcode", "content", "post_id", "media_id", "id"),
        *("video", "yt_video_id"),
    ),
    "creator_id": ("channel_id", "account_id", "owner_id", "user_id", "creator_id", "author_id"),
    "creator": (
        *("handle", "channel_handle", "account_username", "username", "owner_username", "creator", "author", "account"),
        *("channel_title", "channel_name", "channel"),
    ),
    "creator_name": ("account_name", "channel_title", "channel_name", "full_name", "owner_full_name", "creator_name"),
    # not "subscribers" and "follows": in the sites' own exports these are the ones that a video brought
    "followers": ("followers", "follower_count", "followers_count", "owner_followers", "subscriber_count", "channel_subscriber_count"),
    "created_at": (
        *("video_publish_time", "publish_time", "published_at", "publish_date", "published", "upload_date", "posted_at", "taken_at"),
        *("date_posted", "created_at", "create_time", "created_time", "timestamp", "date"),
    ),
    "duration": ("duration", "duration_s", "duration_sec", "duration_seconds", "video_duration", "video_length", "length"),
    "hashtags": ("hashtags", "tags"),
    "caption": ("caption", "video_title", "title", "description", "text"),
    "lang": ("language", "default_audio_language", "default_language", "lang"),
    "region": ("region", "region_code", "country_code", "country", "channel_country", "account_country"),
    "plays": ("views", "view_count", "plays", "play_count", "video_views", "video_view_count", "video_play_count", "views_count"),
    "likes": ("likes", "like_count", "likes_count"),
    "comments": ("comments", "comment_count", "comments_count", "comments_added"),
    "shares": ("shares", "share_count", "shares_count"),
    "saves": ("saves", "save_count", "saves_count", "saved", "bookmarks"),
    "collected_at": ("collected_at", "retrieved_at", "scraped_at", "fetched_at", "timestamp_collected"),
}
"""For each meaning the names it goes by, the surest first."""

COUNTERS = ("plays", "likes", "comments", "shares", "saves")
_OF_SITE: dict[Site, frozenset[str]] = {
    "youtube": frozenset({"videopublishtime", "watchtimehours", "channelid", "channeltitle", "impressionsclickthroughrate"}),
    "instagram": frozenset({"permalink", "accountusername", "posttype", "ownerusername", "shortcode"}),
}
"""Columns that only tables of one site have."""
_NO_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class SiteColumns:
    """`used` leads from a meaning to the column that has it, `ignored` are the columns that mean nothing here."""

    used: dict[str, str]
    ignored: tuple[str, ...]

    @property
    def missing(self) -> str:
        """What is needed and not there, in words; "" where nothing is."""
        if "video_id" not in self.used:
            return "the video (its id or address)"
        return "" if any(name in self.used for name in COUNTERS) else "any count (views, likes, comments, shares, saves)"


def recognise(names: Iterable[str]) -> SiteColumns:
    """Each column serves one meaning, but the name of a channel, which is its creator too where nothing else says who that is."""
    found: dict[str, str] = {}
    for original in names:
        found.setdefault(_bare(original), original)
    used: dict[str, str] = {}
    for meaning, synonyms in _MEANINGS.items():
        taken = {column for other, column in used.items() if other != "creator"}
        column = next((found[bare] for name in synonyms if (bare := _bare(name)) in found and found[bare] not in taken), None)
        if column is not None:
            used[meaning] = column
    return SiteColumns(used, tuple(name for name in found.values() if name not in used.values()))


def site_of(names: Iterable[str], cells: Iterable[object]) -> Site | None:
    """The site of a table by addresses in its first rows, else by columns that only one site has; None where neither says it."""
    for cell in cells:
        if isinstance(cell, str) and (site := site_of_address(cell)):
            return site
    bare = {_bare(name) for name in names}
    fitting = [site for site in SITES if len(bare & _OF_SITE[site]) >= 2]
    return fitting[0] if len(fitting) == 1 else None


def words(columns: SiteColumns) -> Sequence[str]:
    """Each meaning with its column: `plays from "Views"`."""
    return [meaning if meaning == column else f'{meaning} from "{column}"' for meaning, column in columns.used.items()]


def _bare(name: str) -> str:
    return _NO_WORD.sub("", name.lower())
