"""What a video is called on screen: it has no title, so its caption without the hashtags stands in."""

from __future__ import annotations

import re

from companion.store.videos import Video

_TAG = re.compile(r"\s*#\w+")


def name_of(video: Video, length: int = 120) -> str:
    """The caption without hashtags, cut at a word; the product or the id where there is no caption."""
    caption = video.caption or ""
    name = " ".join(_TAG.sub("", caption).split()) or " ".join(caption.split()) or video.product or f"Video {video.id}"
    if len(name) <= length:
        return name
    return f"{name[:length].rsplit(' ', 1)[0].rstrip(' ,.;:')}…"
