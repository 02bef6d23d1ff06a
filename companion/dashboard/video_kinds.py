"""Which videos count where creators or videos are ranked, in words and as they are marked: organic ones unless the user says otherwise."""

from __future__ import annotations

from companion.dashboard.promotion import WORDS, promotion_of
from companion.store.first_comments import KINDS as EVERY
from companion.store.videos import Commerce, Video

KINDS: dict[str, tuple[str, tuple[Commerce, ...]]] = {
    "": ("organic videos only", ("organic",)),
    "open": ("organic and not known", ("organic", "unknown")),
    "all": ("all, paid ones too", EVERY),
}
"""By the value in an address."""

_MARKED: dict[Commerce, str] = {"ad": "advert", "partnership": "paid partnership", "shop": "shop product linked"}


def kind_words(video: Video) -> str:
    """What is known of a video's being paid for: what TikTok marks, then what the video says itself."""
    if video.commerce in _MARKED:
        return _MARKED[video.commerce]
    promotion = promotion_of(video.caption or "", video.hashtags or ())
    return "organic" if promotion == "unknown" and video.commerce == "organic" else WORDS[promotion]
