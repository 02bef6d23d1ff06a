"""Creators: whose comments hold the most buyers, compared at equal depth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from flask import Response, current_app, make_response, render_template, request

from companion.creator_demand import DEPTH
from companion.csv_cells import lines
from companion.dashboard import creator_scores
from companion.dashboard.blueprint import pages
from companion.dashboard.counted_page import PAGE, CountedPage
from companion.dashboard.creator_scores import ListedScore
from companion.dashboard.demand_board import Asked, Board, DemandBoard
from companion.dashboard.filters import Option
from companion.dashboard.frame import fragment
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.video_kinds import KINDS
from companion.quality.demand import Demand
from companion.quality_learning import QualityLearner
from companion.services import connection, services
from companion.store import clock, creators, first_comments, quality_learned, quality_shortlist, sample
from companion.store.creators import Creator
from companion.store.videos import Commerce

DEPTHS = (DEPTH, 10, 50, 100)
"""First comments of each video that count, the usual one first."""

BANDS: dict[str, tuple[str, int, float]] = {
    "": ("any number", 0, math.inf),
    "nano": ("under 10,000", 0, 10_000),
    "micro": ("10,000 to 100,000", 10_000, 100_000),
    "mid": ("100,000 to 1 million", 100_000, 1_000_000),
    "large": ("over 1 million", 1_000_000, math.inf),
}
"""Followers by the value in an address: words, from, below. Creators whose followers are not known are in none but the first."""

SORTS = {
    "": "surest demand first",
    "share": "highest share first",
    "score": "best score first",
    "n": "most comments counted",
    "videos": "most videos seen",
    "followers": "most followers",
    "last": "latest comment first",
    "handle": "by name",
}

HEADER = (
    "data", "creator", "name", "followers", "videos seen", "videos counted", "comments counted", "close to buying", "share close to buying",
    "likely from", "likely to", "first comment", "last comment", "comments of each video", "which videos", "model",
    "place by demand", "place by followers", "score", "score is partial",
)  # fmt: skip

_BOARD, _LEARNER = "buysignal-demand", "buysignal-quality"


@dataclass(frozen=True)
class Choice:
    """What the user chose; the first of each is the usual one."""

    q: str = ""
    kind: str = ""
    depth: int = DEPTHS[0]
    band: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Choice:
        """From a query string; a value that is not known counts as the usual one."""
        depth, page, kind, sort, band = (args.get(name, "") for name in ("depth", "page", "kind", "sort", "band"))
        return cls(
            q=args.get("q", "").strip().lstrip("@")[:60],
            kind=kind if kind in KINDS else "",
            depth=next((number for number in DEPTHS if str(number) == depth), DEPTHS[0]),
            band=band if band in BANDS else "",
            sort=sort if sort in SORTS else "",
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 and int(page) else 1,
        )

    @property
    def kinds(self) -> tuple[Commerce, ...]:
        """The kinds of video that count."""
        return KINDS[self.kind][1]

    @property
    def kind_words(self) -> str:
        """The same in words."""
        return KINDS[self.kind][0]

    def query(self, **changes: Any) -> dict[str, str]:
        """The query string's parts, those at their usual value left out."""
        chosen = replace(self, **{"page": 1, **changes})
        return {f.name: str(value) for f in fields(chosen) if (value := getattr(chosen, f.name)) != f.default}


@dataclass(frozen=True)
class CreatorRow:
    """One creator. `demand` is None while none of the comments that count is graded.

    `by_demand` and `by_followers` are places among all that the same videos and comments are counted for, 1 the first, None where
    not known. `score` is None where it was not worked out yet.
    """

    creator: Creator
    videos: int
    demand: Demand | None
    score: ListedScore | None
    by_demand: int | None = None
    by_followers: int | None = None
    listed: bool = False

    @property
    def place(self) -> tuple[str, str]:
        """(platform, id)."""
        return self.creator.platform, self.creator.id

    @property
    def key(self) -> str:
        """The value by which other pages choose this creator."""
        return ":".join(self.place)

    @property
    def name(self) -> str:
        """What the creator is called on screen."""
        return f"@{self.creator.handle}" if self.creator.handle else self.creator.name or self.creator.id

    @property
    def is_sample(self) -> bool:
        """Whether this is invented data."""
        return self.creator.platform == sample.PLATFORM


@dataclass(frozen=True)
class CreatorsView(CountedPage):
    """What the page shows. `counted_at` (ms UTC) is None while counting goes on; `aside` videos are of other kinds and left out."""

    choice: Choice
    rows: list[CreatorRow]
    found: int
    stored: bool
    aside: int
    counted_at: int | None
    progress: Progress

    kinds = tuple(Option(value, label) for value, (label, _) in KINDS.items())
    depths = tuple(Option(str(depth), f"the first {depth}") for depth in sorted(DEPTHS))
    orders = tuple(Option(*pair) for pair in SORTS.items())
    bands = tuple(Option(value, label) for value, (label, *_) in BANDS.items())


@pages.get("/creators")
def creators_page() -> Any:
    """The page, or only its results where htmx asks."""
    choice = Choice.of(request.args)
    board = demand_board().answer(_asked(choice))
    found = _rows(choice, board) if board else []
    choice = replace(choice, page=min(choice.page, max(1, -(-len(found) // PAGE))))
    by_kind = first_comments.videos_by_kind(connection("reader"))
    learner().wake(services().model.id)
    view = CreatorsView(
        choice=choice,
        rows=found[(choice.page - 1) * PAGE : choice.page * PAGE],
        found=len(found),
        stored=bool(by_kind),
        aside=sum(count for kind, count in by_kind.items() if kind not in choice.kinds),
        counted_at=board.at if board else None,
        progress=progress_of(services().model.id),
    )
    answer = make_response(render_template("parts/creator_results.html" if fragment() else "creators.html", view=view))
    answer.vary.add("HX-Request")
    return answer


@pages.get("/creators.csv")
def export_creators() -> Response:
    """Every creator that fits, not only one page, in the order on screen."""
    choice, model = Choice.of(request.args), services().model.id
    board = demand_board().answer(_asked(choice), wait=True)
    rows = _rows(choice, board) if board else []
    only_sample = bool(rows) and all(row.is_sample for row in rows)
    name = f"buysignal-{'sample-' if only_sample else ''}creators-{clock.stamp(clock.now_ms())[:8]}.csv"
    return Response(
        "".join(lines(HEADER, _cells(rows, choice, model))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked(choice: Choice) -> Asked:
    return Asked(services().model.id, choice.depth, choice.kinds)


def _rows(choice: Choice, board: Board) -> list[CreatorRow]:
    """All creators that fit, in the wanted order."""
    database, asked = connection("reader"), _asked(choice)
    [placed] = services().kept.many(("creator rows", asked), [board.at], lambda _: {board.at: _placed(choice, board)}).values()
    found = sorted((row for row in placed if _fits(row.creator, choice)), key=_ORDER[choice.sort])
    made = creator_scores.made_now(database, services().model.id, (row.place for row in found if not row.score))
    whole = [row if row.score else replace(row, score=made.get(row.place)) for row in found]
    return sorted(whole, key=_ORDER["score"]) if made and choice.sort == "score" else whole


def _placed(choice: Choice, board: Board) -> list[CreatorRow]:
    """All creators whose videos count, each with its place by demand and by followers."""
    database = connection("reader")
    scores = quality_learned.latest_scores(database)
    chosen = {(entry.platform, entry.creator_id) for entry in quality_shortlist.listed(database)}
    rows = [
        CreatorRow(
            creator,
            board.videos.get(place, 0),
            board.demand.get(place),
            creator_scores.of_stored(scores[place]) if place in scores else None,
            listed=place in chosen,
        )
        for creator in creators.with_videos(database, choice.kinds)
        for place in [(creator.platform, creator.id)]
    ]
    by_demand = _places(row for row in sorted(rows, key=_ORDER[""]) if row.demand)
    by_followers = _places(row for row in sorted(rows, key=_ORDER["followers"]) if row.creator.followers is not None)
    return [replace(row, by_demand=by_demand.get(row.key), by_followers=by_followers.get(row.key)) for row in rows]


def _fits(creator: Creator, choice: Choice) -> bool:
    like = choice.q.casefold()
    if like and like not in (creator.handle or "").casefold() and like not in (creator.name or "").casefold():
        return False
    _, least, below = BANDS[choice.band]
    return not choice.band or (creator.followers is not None and least <= creator.followers < below)


def _places(rows: Iterable[CreatorRow]) -> dict[str, int]:
    return {row.key: place for place, row in enumerate(rows, 1)}


def learner() -> QualityLearner:
    """The app's own; made on first use."""
    known: QualityLearner = current_app.extensions.setdefault(_LEARNER, QualityLearner(services().store))
    return known


def demand_board() -> DemandBoard:
    """The app's own; made on first use."""
    known: DemandBoard = current_app.extensions.setdefault(_BOARD, DemandBoard(services().store))
    return known


def _cells(rows: list[CreatorRow], choice: Choice, model: str) -> Iterator[list[object]]:
    for row in rows:
        creator, found = row.creator, row.demand
        figures: list[object] = [None] * 8
        if found:
            share = found.share
            figures = [found.videos, share.n, found.high, round(share.value, 4), round(share.low, 4), round(share.high, 4)]
            figures += [clock.iso(at) if at is not None else None for at in (found.first, found.last)]
        yield [
            "sample (invented)" if row.is_sample else creator.platform,
            creator.handle or creator.id,  # without the "@", which would be guarded as a formula
            creator.name,
            creator.followers,
            row.videos,
            *figures,
            choice.depth,
            choice.kind_words,
            model,
            row.by_demand,
            row.by_followers,
            round(row.score.value, 1) if row.score and row.score.value is not None else None,
            ("yes" if row.score.partial else "no") if row.score and row.score.value is not None else None,
        ]


def _by(value: Callable[[CreatorRow], float]) -> Callable[[CreatorRow], tuple[object, ...]]:
    """Largest first; who has no figures comes last, equal ones by name."""
    return lambda row: (row.demand is None, -value(row), row.name.casefold(), row.key)


_ORDER: dict[str, Callable[[CreatorRow], tuple[object, ...]]] = {
    "": _by(lambda row: row.demand.share.low if row.demand else 0.0),
    "share": _by(lambda row: row.demand.share.value if row.demand else 0.0),
    "score": lambda row: (-(row.score.value or 0) if row.score and row.score.value is not None else 1, row.name.casefold(), row.key),
    "n": _by(lambda row: row.demand.share.n if row.demand else 0),
    "videos": lambda row: (-row.videos, row.name.casefold(), row.key),
    "followers": lambda row: (-(row.creator.followers or 0), row.name.casefold(), row.key),
    "last": _by(lambda row: (row.demand.last or 0) if row.demand else 0),
    "handle": lambda row: (row.name.casefold().lstrip("@"), row.key),
}
