"""Groups of videos beside each other: by subject, language and site, how many buyers they have and how engagement goes with views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import render_template, request

from companion.creator_demand import DEPTH
from companion.dashboard.blueprint import pages
from companion.dashboard.creators import demand_board, learner
from companion.dashboard.demand_board import Asked, Board
from companion.dashboard.filters import Option
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.video_kinds import KINDS
from companion.dashboard.video_words import site_words, subject_words
from companion.dashboard.words import LANGUAGES
from companion.demand_by import By
from companion.quality.demand import Demand
from companion.services import connection, services
from companion.store import quality_looks, sample, videos

WHAT = {"subject": "Subjects", "language": "Languages", "site": "Sites"}


@dataclass(frozen=True)
class GroupRow:
    """One group. `elastic` is None where it was not looked at; `demand` None where no comment that counts is graded."""

    name: str
    link: dict[str, str]
    videos: int
    demand: Demand | None
    elastic: Mapping[str, Any] | None
    is_sample: bool


@dataclass(frozen=True)
class GroupsView:
    """The page. `counted` is False while comments are being counted, `compared_at` (ms UTC) None before the first comparison."""

    by: str
    kind: str
    rows: list[GroupRow]
    counted: bool
    compared_at: int | None
    comparing: bool
    stored: bool
    progress: Progress

    what = WHAT
    depth = DEPTH
    kinds = tuple(Option(value, label) for value, (label, _) in KINDS.items())

    @property
    def kind_words(self) -> str:
        """Which videos count for the demand."""
        return KINDS[self.kind][0]


@pages.get("/videos/groups")
def groups_page() -> str:
    """Groups of one kind, those with the surest demand first."""
    database, model = connection("reader"), services().model.id
    comparing = learner().wake(model)
    by = by if (by := request.args.get("by", "")) in WHAT else "subject"
    kind = kind if (kind := request.args.get("kind", "")) in KINDS else ""
    board = demand_board().answer(Asked(model, DEPTH, KINDS[kind][1], cast("By", by)))
    known = quality_looks.groups(database)
    view = GroupsView(
        by=by,
        kind=kind,
        rows=_rows(by, board, known.elasticity.get(by, {}) if known else {}),
        counted=board is not None,
        compared_at=known.at if known else None,
        comparing=comparing,
        stored=videos.count(database) > 0,
        progress=progress_of(model),
    )
    return render_template("video_groups.html", view=view)


def _rows(by: str, board: Board | None, elastic: Mapping[str, Mapping[str, Any]]) -> list[GroupRow]:
    """Groups of a site each, and those of which only engagement is known; the surest demand first."""
    found: dict[tuple[str, str], GroupRow] = {}
    for place in {*board.demand, *board.videos} if board else ():
        platform, key = place
        is_sample = platform == sample.PLATFORM
        own = None if is_sample else elastic.get(key)
        found[place] = GroupRow(
            _name(by, key, platform), _link(by, key, platform), board.videos.get(place, 0) if board else 0,
            board.demand.get(place) if board else None, own, is_sample,
        )  # fmt: skip
    named = {key for _, key in found}
    for key, one in elastic.items():
        if key not in named:
            found["", key] = GroupRow(_name(by, key, ""), _link(by, key, ""), int(one["n"]), None, one, False)
    return sorted(found.values(), key=lambda row: (-(row.demand.share.low if row.demand else -1.0), -row.videos, row.name))


def _name(by: str, key: str, platform: str) -> str:
    if by == "site":
        return site_words(key)
    name = subject_words(key).capitalize() if by == "subject" else LANGUAGES.get(key, key)
    return name if platform in ("", "tiktok", sample.PLATFORM) else f"{name}, {site_words(platform)}"


def _link(by: str, key: str, platform: str) -> dict[str, str]:
    """What to choose on the page of videos to see them; {} where it cannot be chosen."""
    if by == "language" or platform == sample.PLATFORM:
        return {}
    return {by: key, "kind": "all"}
