"""Demand by product, hashtag and video: under which of them most commenters are close to buying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from flask import Response, make_response, render_template, request, url_for

from companion.creator_demand import DEPTH
from companion.csv_cells import lines
from companion.dashboard.blueprint import pages
from companion.dashboard.counted_page import PAGE, CountedPage
from companion.dashboard.creators import DEPTHS, demand_board
from companion.dashboard.demand_board import Asked, Board
from companion.dashboard.filters import Option
from companion.dashboard.frame import fragment
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.video_kinds import KINDS
from companion.dashboard.video_names import name_of
from companion.demand_by import By
from companion.quality.demand import Demand
from companion.services import connection, services
from companion.store import clock, sample, videos

WHAT: dict[str, str] = {"product": "Products", "hashtag": "Hashtags", "video": "Videos"}
ONE: dict[str, str] = {"product": "product", "hashtag": "hashtag", "video": "video"}
SORTS = {"": "surest demand first", "share": "highest share first", "n": "most comments counted", "name": "by name"}

HEADER = (
    "data", "what", "name", "videos seen", "videos counted", "comments counted", "close to buying", "share close to buying", "likely from",
    "likely to", "first comment", "last comment", "comments of each video", "which videos", "model",
)  # fmt: skip


@dataclass(frozen=True)
class DemandChoice:
    """What the user chose; the first of each is the usual one."""

    by: str = "product"
    q: str = ""
    kind: str = ""
    depth: int = DEPTH
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str]) -> DemandChoice:
        """From a query string; a value that is not known counts as the usual one."""
        depth, page, kind, sort, by = (args.get(name, "") for name in ("depth", "page", "kind", "sort", "by"))
        return cls(
            by=by if by in WHAT else "product",
            q=args.get("q", "").strip().lstrip("#")[:60],
            kind=kind if kind in KINDS else "",
            depth=next((number for number in DEPTHS if str(number) == depth), DEPTH),
            sort=sort if sort in SORTS else "",
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 and int(page) else 1,
        )

    @property
    def kind_words(self) -> str:
        """The kinds of video that count, in words."""
        return KINDS[self.kind][0]

    def query(self, **changes: Any) -> dict[str, str]:
        """The query string's parts, those at their usual value left out."""
        chosen = replace(self, **{"page": 1, **changes})
        return {f.name: str(value) for f in fields(chosen) if (value := getattr(chosen, f.name)) != f.default}


@dataclass(frozen=True)
class DemandRow:
    """One product, hashtag or video. `link` leads to its comments or to its page."""

    platform: str
    key: str
    name: str
    link: str
    videos: int
    demand: Demand

    @property
    def is_sample(self) -> bool:
        """Whether this is invented data."""
        return self.platform == sample.PLATFORM


@dataclass(frozen=True)
class DemandView(CountedPage):
    """What the page shows. `counted_at` (ms UTC) is None while counting goes on; `aside` videos are of other kinds and left out."""

    choice: DemandChoice
    rows: list[DemandRow]
    found: int
    aside: int
    stored: bool
    counted_at: int | None
    progress: Progress

    what = WHAT
    one = ONE
    kinds = tuple(Option(value, label) for value, (label, _) in KINDS.items())
    depths = tuple(Option(str(depth), f"the first {depth}") for depth in sorted(DEPTHS))
    orders = tuple(Option(*pair) for pair in SORTS.items())


@pages.get("/demand")
def demand_page() -> Any:
    """The page, or only its results where htmx asks."""
    choice, database = DemandChoice.of(request.args), connection("reader")
    board = demand_board().answer(_asked(choice))
    found = _found(choice, board) if board else []
    choice = replace(choice, page=min(choice.page, max(1, -(-len(found) // PAGE))))
    whole = videos.count(database)
    view = DemandView(
        choice=choice,
        rows=[_row(choice.by, one, board) for one in found[(choice.page - 1) * PAGE : choice.page * PAGE] if board],
        found=len(found),
        aside=whole - videos.count(database, KINDS[choice.kind][1]),
        stored=whole > 0,
        counted_at=board.at if board else None,
        progress=progress_of(services().model.id),
    )
    answer = make_response(render_template("parts/demand_results.html" if fragment() else "demand.html", view=view))
    answer.vary.add("HX-Request")
    return answer


@pages.get("/demand.csv")
def export_demand() -> Response:
    """Everything that fits, not only one page, in the order on screen."""
    choice, model = DemandChoice.of(request.args), services().model.id
    board = demand_board().answer(_asked(choice), wait=True)
    found = _found(choice, board) if board else []
    only_sample = bool(found) and all(one.platform == sample.PLATFORM for one in found)
    name = f"buysignal-{'sample-' if only_sample else ''}demand-{choice.by}s-{clock.stamp(clock.now_ms())[:8]}.csv"

    def cells() -> Iterator[list[object]]:
        for one in found:
            share = one.share
            yield [
                "sample (invented)" if one.platform == sample.PLATFORM else one.platform,
                choice.by,
                one.creator_id,
                board.videos.get((one.platform, one.creator_id), 0) if board else 0,
                *(one.videos, share.n, one.high),
                *(round(value, 4) for value in (share.value, share.low, share.high)),
                *(clock.iso(at) if at is not None else None for at in (one.first, one.last)),
                *(choice.depth, choice.kind_words, model),
            ]

    return Response(
        "".join(lines(HEADER, cells())),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked(choice: DemandChoice) -> Asked:
    return Asked(services().model.id, choice.depth, KINDS[choice.kind][1], cast("By", choice.by))


def _found(choice: DemandChoice, board: Board) -> list[Demand]:
    """What fits, in the wanted order. A video is looked for by its id."""
    like = choice.q.casefold()
    found = [one for one in board.demand.values() if like in one.creator_id.casefold()]
    orders: dict[str, Any] = {
        "": lambda one: (-one.share.low, -one.share.n, one.creator_id),
        "share": lambda one: (-one.share.value, -one.share.n, one.creator_id),
        "n": lambda one: (-one.share.n, one.creator_id),
        "name": lambda one: one.creator_id.casefold(),
    }
    return sorted(found, key=orders[choice.sort])


def _row(by: str, one: Demand, board: Board) -> DemandRow:
    key, name, link = one.creator_id, one.creator_id, ""
    if by == "hashtag":
        name, link = f"#{key}", url_for("dashboard.comments", hashtag=key)
    elif by == "video":
        video = videos.find(connection("reader"), one.platform, key)
        name, link = name_of(video) if video else key, url_for("dashboard.video", platform=one.platform, video_id=key)
    return DemandRow(one.platform, key, name, link, board.videos.get((one.platform, key), 0), one)
