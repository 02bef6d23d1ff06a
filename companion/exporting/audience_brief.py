"""A targeting brief as a page of Markdown or as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from companion.leads import link_of
from companion.shop.audience import Brief, Promotable
from companion.shop.demand import Need
from companion.store.also import NAMELESS

_HANDLE = re.compile(r"[\w.]+")


def as_markdown(brief: Brief) -> str:
    """The brief for people. Headings stand also where nothing was found, so that nobody wonders what is missing."""
    return "\n".join(_lines(brief)) + "\n"


def as_json(brief: Brief) -> str:
    """The brief for programs: one object."""
    content: dict[str, Any] = {
        "product": {"id": brief.product.id, "title": brief.product.title, "category": list(brief.product.category)},
        "similar": [{"id": one.id, "title": one.title} for one in brief.similar],
        "comments": brief.comments,
        "close_to_buying": brief.high,
        "needs": [{"name": one.name, "asking": one.asking, "people": one.people, "close_to_buying": one.high} for one in brief.needs],
        "hashtags": [{"name": one.name, "videos": one.videos, "close_to_buying": one.high} for one in brief.hashtags],
        "interests": [name for name, _ in brief.interests],
        "creator_categories": [name for name, _ in brief.creator_categories],
        "creators": [{"handle": one.handle, "videos": one.videos, "close_to_buying": one.high} for one in brief.creators],
        "languages": [{"code": code, "close_to_buying": count} for code, count in brief.languages],
        "search_words": list(brief.search_words),
        "videos": [
            {"platform": one.video.platform, "id": one.video.id, "link": link(one), "comments": one.comments, "close_to_buying": one.high}
            for one in brief.videos
        ],
        "note": brief.note,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def link(one: Promotable) -> str:
    """Address of a video, "" where it has none."""
    handle = one.video.handle if _HANDLE.fullmatch(one.video.handle) else ""
    return link_of(one.video.platform, handle, one.video.id, NAMELESS)


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# Targeting brief: {_plain(brief.product.title)}"
    yield ""
    if not brief.comments:
        yield "Nobody asked for a product of this kind in the comments that are stored. Collect videos that show one, then try again."
    else:
        yield f"{brief.comments:,} comments are about products of this kind, {brief.high:,} of them by people close to buying."
    needs = (f"{_plain(one.name)}: {one.people:,} people ask, {one.high:,} comments close to buying{_prices(one)}" for one in brief.needs)
    yield from _section("What people ask for", needs)
    yield from _section("Interests", (name for name, _ in brief.interests))
    yield from _section("Creator categories", (name for name, _ in brief.creator_categories))
    yield from _section("Hashtags", (f"#{_plain(one.name)}: {one.high:,} in {one.videos:,} videos" for one in brief.hashtags))
    yield from _section("Creators", (f"@{_plain(one.handle)}: {one.high:,} in {one.videos:,} videos" for one in brief.creators))
    yield from _section("Languages", (f"{code}: {count:,}" for code, count in brief.languages))
    yield from _section("Search words", (_plain(word) for word in brief.search_words))
    yield from _section("Organic videos worth promoting (ask their creators first)", (_video(one) for one in brief.videos))
    yield from _section("Similar products looked at", (_plain(one.title) for one in brief.similar))
    yield ""
    yield "## Why there is no customer list"
    yield ""
    yield brief.note


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    listed = [f"- {item}" for item in items]
    yield from listed or ["Nothing found."]


def _prices(need: Need) -> str:
    said = sorted({f"{price.amount:g} {price.currency}".strip() for price in need.prices})
    return f", prices named: {', '.join(said)}" if said else ""


def _video(one: Promotable) -> str:
    where = link(one) or f"{one.video.platform} {one.video.id}"
    span = f"{100 * one.share.low:.0f} to {100 * one.share.high:.0f} %"
    return f"{where}: {one.high:,} of {one.comments:,} comments close to buying ({span} with 95 % confidence)"


def _plain(text: str) -> str:
    """Strangers' words without what Markdown would read as markup."""
    return " ".join("".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text).split())
