"""What a body of TikTok's holds, as plain rows: ids are text, times ms UTC, None means not known or not said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from companion.tiktok.asked import PageKind
from companion.tiktok.refusals import Refusal

CommerceKind = Literal["organic", "partnership", "ad", "shop", "unknown"]
"""Why a video exists: only `organic` is known to carry neither an ad, nor a paid partnership, nor a product link."""


@dataclass(frozen=True)
class ReadCreator:
    """The public account behind a video. `likes` are those received; `seller` means a shop or a business account."""

    id: str
    handle: str | None = None
    name: str | None = None
    verified: bool | None = None
    followers: int | None = None
    following: int | None = None
    likes: int | None = None
    videos: int | None = None
    seller: bool | None = None


@dataclass(frozen=True)
class ReadProduct:
    """One TikTok Shop product linked from a video.

    `price` is exact decimal text in `currency`; None where TikTok sends 0 and leaves it to the product's page.
    """

    id: str
    title: str | None = None
    seller_id: str | None = None
    source: str | None = None
    price: str | None = None
    currency: str | None = None
    url: str | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadVideo:
    """One video or photo post with its counters. `products` is None where the body does not say, () where there is none.

    `region` is the country where it was posted (ISO 3166, two capitals).
    """

    id: str
    creator: ReadCreator | None = None
    caption: str | None = None
    hashtags: tuple[str, ...] | None = None
    music_id: str | None = None
    music_title: str | None = None
    duration_ms: int | None = None
    lang: str | None = None
    created_at: int | None = None
    plays: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    reposts: int | None = None
    commerce: CommerceKind = "unknown"
    products: tuple[ReadProduct, ...] | None = None
    comments_open: bool | None = None
    region: str | None = None


@dataclass(frozen=True)
class ReadComment:
    """One comment, or a reply to one (`level` 2, then `parent_id` is the top comment and `answers_id` the reply it answers, if any).

    `author` and `author_alias` are pseudonyms of uid and handle. `text` is "" for a picture or sticker alone and None where the body
    lacks it. `by_creator` is what the label says; who truly wrote it is decided by comparing ids.
    """

    id: str
    video_id: str
    text: str | None = None
    author: str | None = None
    author_alias: str | None = None
    parent_id: str | None = None
    answers_id: str | None = None
    level: int = 1
    lang: str | None = None
    likes: int | None = None
    replies: int | None = None
    created_at: int | None = None
    pinned: bool | None = None
    liked_by_creator: bool | None = None
    tiktok_intent: bool | None = None
    by_creator: bool | None = None
    image: bool = False
    sticker: bool = False


@dataclass(frozen=True)
class ReadTag:
    """A hashtag and its public totals."""

    id: str
    name: str | None = None
    videos: int | None = None
    views: int | None = None


@dataclass(frozen=True)
class ReadPage:
    """Everything one body said.

    `creators` are those the page is about; the creator of each video stands on the video. `rows` counts the body's rows, reply previews
    included and live rooms excluded; `lost` those that had no id. `drift` holds one entry for each surprise, so that equal ones count up.
    """

    kind: PageKind
    videos: tuple[ReadVideo, ...] = ()
    comments: tuple[ReadComment, ...] = ()
    creators: tuple[ReadCreator, ...] = ()
    tags: tuple[ReadTag, ...] = ()
    cursor: str | None = None
    has_more: bool | None = None
    total: int | None = None
    refusal: Refusal | None = None
    rows: int = 0
    drift: tuple[str, ...] = ()
    lost: int = 0
