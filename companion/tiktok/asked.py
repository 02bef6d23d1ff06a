"""What a page asked TikTok for: requests that are read, and the addresses of pages, without anything that identifies the asker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from companion.tiktok.masking import mask

PageKind = Literal["comments", "replies", "items", "item", "user", "tag", "search", "shop_product", "rendered"]
PlaceKind = Literal["video", "creator", "tag", "sound", "search", "shop_product", "login", "feed"]


@dataclass(frozen=True)
class Asked:
    """One request of the page. `path` keeps the allow-listed parameters only.

    `video_id` says whose comments these are, whatever is on screen; `comment_id` whose replies.
    """

    kind: PageKind
    path: str
    video_id: str | None = None
    comment_id: str | None = None
    cursor: str | None = None


@dataclass(frozen=True)
class Page:
    """A page's identity: a video's id, a creator's handle, a tag's name (both lower-case), a sound's or product's id, a search's words."""

    kind: PlaceKind
    key: str = ""
    handle: str | None = None


KEPT_PARAMETERS = (
    *("aweme_id", "item_id", "itemId", "itemID", "comment_id"),
    *("challengeID", "challengeName", "uniqueId", "keyword"),
    *("cursor", "offset", "count"),
)
"""Parameters that say what was asked. All others (tokens, signatures, device, screen, session) never enter the store."""

_KINDS: dict[str, PageKind] = {
    "comment/list": "comments",
    "comment/list/reply": "replies",
    "recommend/item_list": "items",
    "challenge/item_list": "items",
    "post/item_list": "items",
    "creator/item_list": "items",
    "related/item_list": "items",
    "explore/item_list": "items",
    "music/item_list": "items",
    "item/detail": "item",
    "user/detail": "user",
    "challenge/detail": "tag",
    "search/general/full": "search",
    "search/item/full": "search",
    "search/user/full": "search",
}  # preload/item_list is missing on purpose: it holds videos that the pointer passed over and nobody opened

_VIDEO = re.compile(r"^/@([^/]*)/(?:video|photo)/(\d{6,20})$")
_CREATOR = re.compile(r"^/@([^/]+)$")
_TAG = re.compile(r"^/tag/([^/]+)$")
_SOUND = re.compile(r"^/music/(?:[^/]*-)?(\d{6,20})$")
_PRODUCT = re.compile(r"^(?:/shop/pdp/(?:[^/]+/)?|/view/product/)(\d{6,20})$")
_PLACES: tuple[tuple[PlaceKind, re.Pattern[str]], ...] = (
    ("creator", _CREATOR),
    ("tag", _TAG),
    ("sound", _SOUND),
    ("shop_product", _PRODUCT),
)
_LANGUAGE = re.compile(r"^/[a-z]{2}(?:-[A-Za-z]{2,4})?$")
_PLACELESS_HANDLES = ("", "i")  # TikTok opens /@/video/ID and /@i/video/ID too
_ID = re.compile(r"^\d{1,20}$")


def asked_of(url: str) -> Asked | None:
    """What a request asked for, whatever its host; None: nothing that is read."""
    parts = _split(url)
    if parts is None or not parts.path.startswith("/api/"):
        return None
    kind = _KINDS.get(parts.path.removeprefix("/api/").strip("/"))
    if kind is None:
        return None
    said = dict(reversed(parse_qsl(parts.query)))
    kept = {name: mask(said[name]) if name == "keyword" else said[name] for name in KEPT_PARAMETERS if name in said}
    video = _id(kept.get("aweme_id")) or _id(kept.get("item_id")) or _id(kept.get("itemId"))
    return Asked(
        kind=kind,
        path=f"/api/{parts.path.removeprefix('/api/').strip('/')}/" + (f"?{urlencode(kept)}" if kept else ""),
        video_id=video,
        comment_id=_id(kept.get("comment_id")),
        cursor=kept.get("cursor") or kept.get("offset"),
    )


def page_of(url: str) -> Page | None:
    """Which page an address shows, without its parameters; None: none that is known."""
    parts = _split(url if "://" in url or url.startswith("/") else f"//{url}")
    if parts is None:
        return None
    path = unquote(parts.path).rstrip("/") or "/"
    if found := _VIDEO.match(path):
        return Page("video", found[2], None if found[1] in _PLACELESS_HANDLES else found[1].lower())
    for kind, pattern in _PLACES:
        if found := pattern.match(path):
            return Page(kind, found[1].lower())
    if path.startswith("/search"):
        return Page("search", dict(parse_qsl(parts.query)).get("q", "").strip())
    if path == "/login" or path.startswith("/login/"):
        return Page("login")
    return Page("feed") if path in {"/", "/foryou", "/following", "/friends", "/explore"} or _LANGUAGE.match(path) else None


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _id(value: str | None) -> str | None:
    return value if value and _ID.match(value) and value.strip("0") else None
