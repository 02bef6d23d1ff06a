"""The board of needs: what commenters ask for, everywhere or below a video, under a hashtag, with a creator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from flask import Response, render_template, request

from companion.dashboard.blueprint import pages
from companion.dashboard.filters import Option
from companion.dashboard.hashtags.saving import file_of
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.shop.board import Board, Group, Scope
from companion.dashboard.shop.keeper import shared
from companion.dashboard.shop.needs import COLUMNS, NeedRow, rows_of
from companion.dashboard.shop.search_page import OPENING
from companion.exporting.tables import Column, Value
from companion.security.problems import RefusalError
from companion.services import connection, services
from companion.store import comments

PAGE = 25
BY = {"": "Needs", "video": "Videos", "hashtag": "Hashtags", "creator": "Creators"}
SORTS = {"": "most people first", "buyers": "most close to buying first", "new": "asked last first"}
HELD = {"": "all needs", "no": "asked but not in your catalogue", "yes": "in your catalogue"}

GROUP_COLUMNS = (
    Column("key"),
    Column("name"),
    *(Column(name, "integer") for name in ("comments_asking", "comments_about")),
    *(Column(name, "number") for name in ("share_close_to_buying", "share_low", "share_high")),
    Column("videos", "integer"),
    Column("needs", "list"),
)


@dataclass(frozen=True)
class DemandChoice:
    """What stands in the address; `video` and `creator` are "platform:id"."""

    by: str = ""
    q: str = ""
    video: str = ""
    hashtag: str = ""
    creator: str = ""
    held: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str]) -> DemandChoice:
        """From a query string; a value that is not known counts as the usual one."""
        page = args.get("page", "")
        return cls(
            by=_known(args.get("by", ""), BY),
            q=args.get("q", "").strip()[:100],
            video=_place(args.get("video", "")),
            hashtag=args.get("hashtag", "").strip().lstrip("#").lower()[:100],
            creator=_place(args.get("creator", "")),
            held=_known(args.get("held", ""), HELD),
            sort=_known(args.get("sort", ""), SORTS),
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 and int(page) else 1,
        )

    def query(self, **changes: Any) -> dict[str, str]:
        """The query string's parts, those at their usual value left out."""
        chosen = replace(self, **changes)
        return {f.name: str(value) for f in fields(chosen) if (value := getattr(chosen, f.name)) != f.default}

    @property
    def scope(self) -> Scope:
        """Below which videos."""
        return Scope(self.video, self.hashtag, self.creator)

    @property
    def scoped(self) -> bool:
        """Whether it is not everywhere."""
        return self.scope != Scope()


@dataclass(frozen=True)
class DemandView:
    """What the page shows; `board` is None while comments are being counted. Either `rows` or `groups` stand on it."""

    choice: DemandChoice
    stored: bool
    progress: Progress
    demo: bool = False
    board: Board | None = None
    at: int = 0
    old: bool = False
    found: int = 0
    rows: tuple[NeedRow, ...] = ()
    groups: tuple[Group, ...] = ()
    scope_name: str = ""

    by = BY
    sorts = tuple(Option(value, label) for value, label in SORTS.items())
    helds = tuple(Option(value, label) for value, label in HELD.items())

    @property
    def first(self) -> int:
        """Place of the first row on this page."""
        return (self.choice.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """Place of the last row on this page."""
        return self.first - 1 + len(self.rows or self.groups)


@pages.get("/shop/demand")
def shop_demand_page() -> str:
    """The page; while comments are being counted it asks again by itself."""
    choice, model, shop = DemandChoice.of(request.args), services().model.id, shared().shop()
    stored = comments.count(connection("reader")) > 0
    kept = shared().boards.answer((model, choice.scope)) if stored and shop else None
    if shop is None or kept is None:
        return render_template("shop/demand.html", view=DemandView(choice, stored, progress_of(model)))
    board, start = kept.value, (choice.page - 1) * PAGE
    rows = () if choice.by else needs_shown(board, choice, shop.demo)
    groups = board.groups[choice.by] if choice.by else ()
    view = DemandView(
        choice,
        stored,
        progress_of(model),
        demo=shop.demo,
        board=board,
        at=kept.at,
        old=kept.old,
        found=len(rows or groups),
        rows=rows[start : start + PAGE],
        groups=groups[start : start + PAGE],
        scope_name=_scope_name(board, choice),
    )
    return render_template("shop/demand.html", view=view)


@pages.get("/shop/demand.<kind>")
def save_needs(kind: str) -> Response:
    """All needs that the choice leaves, or all videos, hashtags or creators, as a file."""
    choice, shop = DemandChoice.of(request.args), shared().shop()
    kept = shared().boards.answer((services().model.id, choice.scope)) if shop else None
    if shop is None or kept is None:
        raise RefusalError(503, "busy", OPENING, retry_after=2)
    if not choice.by:
        return file_of("needs", kind, COLUMNS, [row.values for row in needs_shown(kept.value, choice, shop.demo)])
    groups = [_group_values(one) for one in kept.value.groups[choice.by]]
    return file_of(f"needs-by-{choice.by}", kind, GROUP_COLUMNS, groups)


def needs_shown(board: Board, choice: DemandChoice, demo: bool) -> tuple[NeedRow, ...]:
    """The needs that the choice leaves, in its order."""
    rows: Sequence[NeedRow] = rows_of(board.answered, demo)
    words = choice.q.casefold().split()
    rows = [row for row in rows if all(word in row.need.name.casefold() for word in words)]
    if choice.held:
        rows = [row for row in rows if row.state == choice.held]
    if choice.sort == "buyers":
        rows = sorted(rows, key=lambda row: (-row.need.high, -row.need.share.low))
    elif choice.sort == "new":
        rows = sorted(rows, key=lambda row: -row.need.last)
    return tuple(rows)


def _group_values(one: Group) -> list[Value]:
    shares = [round(part, 4) for part in (one.share.value, one.share.low, one.share.high)]
    return [one.key, one.name, one.asking, one.share.n, *shares, one.videos, [f"{name}: {count}" for name, count in one.top]]


def _scope_name(board: Board, choice: DemandChoice) -> str:
    """What the board is limited to, in words."""
    for by, key in (("video", choice.video), ("hashtag", choice.hashtag), ("creator", choice.creator)):
        if key:
            return next((group.name for group in board.groups[by] if group.key == key), f"#{key}" if by == "hashtag" else key)
    return ""


def _known(value: str, known: Mapping[str, str]) -> str:
    return value if value in known else ""


def _place(value: str) -> str:
    """An address such as "tiktok:7", empty for anything else."""
    platform, sign, ident = value[:200].partition(":")
    return value[:200] if sign and platform and ident else ""
