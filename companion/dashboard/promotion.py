"""Whether a video says itself that it was paid for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Promotion = Literal["paid", "unknown"]

WORDS: dict[Promotion, str] = {"paid": "says it is paid", "unknown": "not marked as paid"}
"""A missing mark proves nothing, so no video is called organic."""

_TAGS = {
    "ad", "ads", "advert", "advertisement", "sponsored", "paidpartnership", "paidpromotion", "gifted", "prgifted", "brandpartner",
    "anzeige", "werbung", "publicidad", "publi", "publicidade", "pub", "collaborationcommerciale", "endorsement", "iklan",
}  # fmt: skip
_PHRASES = re.compile(r"\b(?:paid partnership|paid promotion|sponsored by|in partnership with|ad for|this is an ad)\b|^ad[:\s]", re.I)
_TAG = re.compile(r"#(\w+)")


def promotion_of(caption: str, hashtags: Iterable[str]) -> Promotion:
    """Whether caption or hashtags declare a payment: "paid", else "unknown"."""
    tags = {tag.lstrip("#").lower() for tag in hashtags} | {tag.lower() for tag in _TAG.findall(caption)}
    denied = re.search(r"\bnot (?:an ad|sponsored)\b|\bunsponsored\b", caption, re.I)
    declared = bool(tags & _TAGS) or (not denied and bool(_PHRASES.search(caption)))
    return "paid" if declared else "unknown"
