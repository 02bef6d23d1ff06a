"""Groups of videos beside each other, by subject, language, country or site: how many buyers, and how engagement goes with views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Response, render_template, request

from companion.creator_demand import DEPTH
from companion.csv_cells import lines
from companion.dashboard.blueprint import pages
from companion.dashboard.creators import demand_board, learner
from companion.dashboard.demand_board import Asked
from companion.dashboard.filters import Option
from companion.dashboard.group_rows import HEADER, GroupRow, cells_of, rows_of
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.video_kinds import KINDS
from companion.demand_by import By
from companion.services import connection, services
from companion.store import clock, quality_looks, sample, video_list

WHAT = {"subject": "Subjects", "language": "Languages", "region": "Regions", "site": "Sites"}


@dataclass(frozen=True)
class Groups:
    """Groups of one kind. `counted` is False while comments are being counted, `compared_at` (ms UTC) None before the first comparison."""

    by: str
    kind: str
    rows: list[GroupRow]
    counted: bool
    compared_at: int | None

    @property
    def kind_words(self) -> str:
        """Which videos count for the demand."""
        return KINDS[self.kind][0]

    @property
    def named(self) -> bool:
        """Whether any of them is more than what nobody knows."""
        return any(row.key for row in self.rows)


@dataclass(frozen=True)
class GroupsView:
    """The page; `only_sample` says that nothing but invented data is stored."""

    groups: Groups
    comparing: bool
    stored: bool
    only_sample: bool
    progress: Progress

    what = WHAT
    depth = DEPTH
    kinds = tuple(Option(value, label) for value, (label, _) in KINDS.items())


@pages.get("/videos/groups")
def groups_page() -> str:
    """Groups of one kind, those with the surest demand first."""
    model = services().model.id
    comparing = learner().wake(model)
    stored = video_list.sites(connection("reader"))
    view = GroupsView(_groups(model), comparing, bool(stored), set(stored) == {sample.PLATFORM}, progress_of(model))
    return render_template("video_groups.html", view=view)


@pages.get("/videos/groups.csv")
def export_groups() -> Response:
    """The same groups as a file, in the order on screen."""
    model = services().model.id
    groups = _groups(model, wait=True)
    only_sample = bool(groups.rows) and all(row.is_sample for row in groups.rows)
    name = f"buysignal-{'sample-' if only_sample else ''}videos-by-{groups.by}-{clock.stamp(clock.now_ms())[:8]}.csv"
    return Response(
        "".join(lines(HEADER, cells_of(groups.by, groups.rows, DEPTH, groups.kind_words, model))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _groups(model: str, *, wait: bool = False) -> Groups:
    """What the address asks for; a value that is not known counts as the usual one."""
    by = by if (by := request.args.get("by", "")) in WHAT else "subject"
    kind = kind if (kind := request.args.get("kind", "")) in KINDS else ""
    board = demand_board().answer(Asked(model, DEPTH, KINDS[kind][1], cast("By", by)), wait=wait)
    known = quality_looks.groups(connection("reader"))
    elastic = known.elasticity.get(by) if known else None  # a comparison of before an update may lack a kind
    compared_at = known.at if known and elastic is not None else None
    return Groups(by, kind, rows_of(by, board, elastic or {}), board is not None, compared_at)
