"""Creators and hashtags: the accounts and subjects that a page is about."""

from __future__ import annotations

from companion.tiktok.fields import Row
from companion.tiktok.records import ReadCreator, ReadTag


def creator_of(user: Row, *stats: Row) -> ReadCreator | None:
    """The account of a user object with its counters, the exact ones first; None without an id."""
    creator_id = user.id("id", needed=True)
    if creator_id is None:
        return None
    return ReadCreator(
        id=creator_id,
        handle=user.text("uniqueId") or None,
        name=user.text("nickname") or None,
        verified=user.flag("verified"),
        followers=first_count("followerCount", *stats),
        following=first_count("followingCount", *stats),
        likes=first_count("heartCount", *stats) if any(part.has("heartCount") for part in stats) else first_count("heart", *stats),
        videos=first_count("videoCount", *stats),
        seller=_seller(user),
    )


def tag_of(challenge: Row, *stats: Row) -> ReadTag | None:
    """A hashtag with its totals; None without an id."""
    tag_id = challenge.id("id", needed=True)
    if tag_id is None:
        return None
    name = (challenge.text("title") or "").lstrip("#").lower() or None
    return ReadTag(tag_id, name, first_count("videoCount", *stats), first_count("viewCount", *stats))


def first_count(key: str, *stats: Row) -> int | None:
    """The first of several counters that is readable; `statsV2` comes before `stats`, which is rounded."""
    for part in stats:
        if (count := part.count(key)) is not None:
            return count
    return None


def _seller(user: Row) -> bool | None:
    """Whether the account has a TikTok Shop or is a business account; None where neither is said."""
    said = [user.flag("ttSeller"), user.part("commerceUserInfo").flag("commerceUser")]
    known = [flag for flag in said if flag is not None]
    return any(known) if known else None
