"""Groups of videos as the page and its file list them: by subject, language, country or site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from companion.dashboard.demand_board import Board
from companion.dashboard.video_words import site_words, subject_words
from companion.dashboard.words import LANGUAGES
from companion.quality.demand import Demand
from companion.regions import region_words
from companion.store import clock, sample
from companion.store.video_list import NO_REGION

HEADER = (
    "data", "what", "group", "code", "videos", "usual views", "videos counted", "comments counted", "close to buying",
    "share close to buying", "likely from", "likely to", "first comment", "last comment", "1 % more views go with more (%)",
    "more from (%)", "more to (%)", "videos compared", "creators compared", "why not compared", "comments of each video", "which videos",
    "model",
)  # fmt: skip


@dataclass(frozen=True)
class GroupRow:
    """One group; `key` is a subject, a language's or country's code or a site, "" where nobody knows the country.

    `views` is the middle one of its videos' last known views. `elastic` is None where it was not looked at; `demand` None where no
    comment that counts is graded.
    """

    name: str
    key: str
    platform: str
    link: dict[str, str]
    videos: int
    views: int | None
    demand: Demand | None
    elastic: Mapping[str, Any] | None

    @property
    def is_sample(self) -> bool:
        """Whether this is invented data."""
        return self.platform == sample.PLATFORM

    @property
    def compared(self) -> bool:
        """Whether it is a group that is looked at together; sample data and what nobody knows are none."""
        return bool(self.key) and not self.is_sample


def rows_of(by: str, board: Board | None, elastic: Mapping[str, Mapping[str, Any]]) -> list[GroupRow]:
    """Groups of a site each, and those of which only engagement is known; the surest demand first, what nobody knows last."""
    found: list[GroupRow] = []
    for platform, key in {*board.demand, *board.videos} if board else ():
        own = None if platform == sample.PLATFORM else elastic.get(key)
        found.append(_row(by, key, platform, board, own))
    named = {row.key for row in found}
    found += [_row(by, key, "", board, one) for key, one in elastic.items() if key not in named]
    return sorted(found, key=lambda row: (not row.key, -(row.demand.share.low if row.demand else -1.0), -row.videos, row.name))


def cells_of(by: str, rows: Iterable[GroupRow], depth: int, kinds: str, model: str) -> Iterator[list[object]]:
    """The same as cells under HEADER; `kinds` says in words which videos count."""
    for row in rows:
        yield [
            "sample (invented)" if row.is_sample else row.platform,
            *(by, row.name, row.key if by in ("language", "region") else None, row.videos, row.views),
            *_demanded(row.demand),
            *_compared(row.elastic or {}),
            *(depth, kinds, model),
        ]


def _demanded(demand: Demand | None) -> list[object]:
    if demand is None:
        return [0, 0, 0, *[None] * 5]
    share = demand.share
    dates = (clock.iso(at) if at is not None else None for at in (demand.first, demand.last))
    return [demand.videos, share.n, demand.high, *(round(part, 4) for part in (share.value, share.low, share.high)), *dates]


def _compared(one: Mapping[str, Any]) -> list[object]:
    known = one.get("value") is not None
    slope = (round(float(one[end]), 4) if known else None for end in ("value", "low", "high"))
    return [*slope, one.get("n"), one.get("creators"), None if known else one.get("reason")]


def _row(by: str, key: str, platform: str, board: Board | None, elastic: Mapping[str, Any] | None) -> GroupRow:
    place = (platform, key)
    if board is None or not platform:
        videos, views, demand = int(elastic["n"]) if elastic else 0, None, None
    else:
        videos, views, demand = board.videos.get(place, 0), board.views.get(place), board.demand.get(place)
    return GroupRow(_name(by, key, platform), key, platform, _link(by, key, platform), videos, views, demand, elastic)


def _name(by: str, key: str, platform: str) -> str:
    if by == "site":
        return site_words(key)
    words = {"subject": subject_words(key).capitalize(), "region": region_words(key)}
    name = words.get(by, LANGUAGES.get(key, key))
    return name if platform in ("", "tiktok", sample.PLATFORM) else f"{name}, {site_words(platform)}"


def _link(by: str, key: str, platform: str) -> dict[str, str]:
    """What to choose on the page of videos to see them; {} where it cannot be chosen."""
    if by == "language" or platform == sample.PLATFORM:
        return {}
    elsewhere = {"site": platform} if by == "region" and platform not in ("", "tiktok") else {}
    return {by: key or NO_REGION, "kind": "all"} | elsewhere
