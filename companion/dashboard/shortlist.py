"""The shortlist: creators in mind, where things stand, what they ask for and what it buys."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from companion.creator_demand import DEPTH
from companion.csv_cells import lines
from companion.dashboard import creator_scores
from companion.dashboard.blueprint import pages
from companion.dashboard.creator_scores import ListedScore
from companion.dashboard.creators import demand_board
from companion.dashboard.creators_money import Cost, cost_of, money
from companion.dashboard.demand_board import Asked
from companion.dashboard.video_kinds import KINDS
from companion.quality.counts import parse_count
from companion.quality.demand import Demand
from companion.services import connection, services
from companion.store import clock, creators, quality_learned, quality_shortlist, sample, transaction
from companion.store.creators import Creator
from companion.store.quality_shortlist import STATUSES, Listed, Status

NOTE, LINK, CURRENCY = 500, 300, 8
"""Longest texts, characters."""

HEADER = (
    "data", "creator", "name", "followers", "status", "note", "fee for a video", "currency", "link", "score", "score is partial",
    "comments counted", "close to buying", "share close to buying", "likely from", "likely to", "cost of a comment close to buying",
    "cost from", "cost to", "first comment", "last comment", "model",
)  # fmt: skip


@dataclass(frozen=True)
class ShortRow:
    """One creator on the list."""

    entry: Listed
    creator: Creator
    demand: Demand | None
    score: ListedScore | None

    @property
    def key(self) -> str:
        """The value by which pages choose this creator."""
        return f"{self.creator.platform}:{self.creator.id}"

    @property
    def name(self) -> str:
        """What the creator is called on screen."""
        return f"@{self.creator.handle}" if self.creator.handle else self.creator.name or self.creator.id

    @property
    def cost(self) -> Cost | None:
        """What a comment close to buying costs at the noted fee."""
        return cost_of(self.entry, self.demand)

    @property
    def is_sample(self) -> bool:
        """Whether this is invented data."""
        return self.creator.platform == sample.PLATFORM


@dataclass(frozen=True)
class ShortlistView:
    """The page; `counted` is False while comments are being counted."""

    rows: list[ShortRow]
    counted: bool
    model: str
    kind: str

    depth = DEPTH
    statuses = STATUSES
    money = staticmethod(money)

    @property
    def kind_words(self) -> str:
        """Which videos count, in words."""
        return KINDS[self.kind][0]


@pages.get("/shortlist")
def shortlist_page() -> str:
    """Everybody on the list."""
    return render_template("shortlist.html", view=_view(wait=False))


@pages.get("/shortlist.csv")
def export_shortlist() -> Response:
    """The list as a file."""
    name = f"buysignal-shortlist-{clock.stamp(clock.now_ms())[:8]}.csv"
    return Response(
        "".join(lines(HEADER, _cells(_view(wait=True)))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@pages.post("/shortlist/<platform>/<creator_id>")
def save_shortlist(platform: str, creator_id: str) -> BaseResponse:
    """Add a creator, change what is noted, or take the creator off."""
    if creators.find(connection("reader"), platform, creator_id) is None:
        abort(404)
    if "remove" in request.form:
        with transaction(connection("writer")) as database:
            quality_shortlist.remove(database, platform, creator_id)
        flash("The creator is off the shortlist.", "good")
        return redirect(_back(), code=303)
    entry = quality_shortlist.find(connection("reader"), platform, creator_id) or Listed(platform, creator_id)
    wrong = _fault()
    if wrong:
        flash(f"Nothing was saved: {wrong}", "bad")
        return redirect(_back(), code=303)
    with transaction(connection("writer")) as database:
        quality_shortlist.put(database, _changed(entry))
    flash("The shortlist is saved.", "good")
    return redirect(_back(), code=303)


def fee_of(written: str) -> float | None:
    """An amount as people write it; None where nothing stands.

    Raises:
        ValueError: that is no amount; the message says what to write.

    >>> fee_of("1,200"), fee_of("99.50"), fee_of("99,5"), fee_of(" ")
    (1200.0, 99.5, 99.5, None)
    """
    text = written.strip().lstrip("$€£").strip()
    if not text:
        return None
    whole = parse_count(text, "fee").value
    if whole is not None:
        return float(whole)
    try:
        amount = float(text.replace(",", "."))
    except ValueError:
        amount = math.nan
    if not 0 <= amount < 1e9:
        raise ValueError(f'the fee "{text[:20]}" is no amount; write a number such as 250')
    return amount


def link_fault(link: str) -> str:
    """What is wrong with a link, "" where it may be stored: only web addresses, so that no page runs what somebody pasted."""
    if not link:
        return ""
    parts = urlsplit(link) if "//" in link else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return "the link must begin with https:// or http://"
    return "" if len(link) <= LINK else f"the link is longer than {LINK} characters"


def _fault() -> str:
    if request.form.get("status", STATUSES[0]) not in STATUSES:
        abort(400, f"status: choose {', '.join(STATUSES)}")
    try:
        fee_of(request.form.get("fee", ""))
        return link_fault(request.form.get("link", "").strip())
    except ValueError as error:
        return str(error)


def _changed(entry: Listed) -> Listed:
    """The entry with what the form says; what the form leaves out stays."""
    form = request.form
    return Listed(
        entry.platform,
        entry.creator_id,
        cast("Status", form.get("status", entry.status)),
        form.get("note", entry.note).strip()[:NOTE],
        fee_of(form["fee"]) if "fee" in form else entry.fee,
        form.get("currency", entry.currency).strip().upper()[:CURRENCY],
        form.get("link", entry.link).strip(),
    )


def _view(wait: bool) -> ShortlistView:
    database, model = connection("reader"), services().model.id
    kind = kind if (kind := request.args.get("kind", "")) in KINDS else ""
    board = demand_board().answer(Asked(model, DEPTH, KINDS[kind][1]), wait=wait)
    entries = quality_shortlist.listed(database)
    places = [(entry.platform, entry.creator_id) for entry in entries]
    stored = quality_learned.latest_scores(database)
    scores = {place: creator_scores.of_stored(stored[place]) for place in places if place in stored}
    scores |= creator_scores.made_now(database, model, (place for place in places if place not in scores))
    rows = [
        ShortRow(entry, creator, board.demand.get(place) if board else None, scores.get(place))
        for entry in entries
        for place in [(entry.platform, entry.creator_id)]
        if (creator := creators.find(database, *place))
    ]
    return ShortlistView(rows, board is not None, model, kind)


def _cells(view: ShortlistView) -> Iterator[list[object]]:
    for row in view.rows:
        demand, cost = row.demand, row.cost
        counted: list[object] = [None] * 5
        dates: list[object] = [None] * 2
        if demand:
            share = demand.share
            counted = [share.n, demand.high, round(share.value, 4), round(share.low, 4), round(share.high, 4)]
            dates = [clock.iso(at) if at is not None else None for at in (demand.first, demand.last)]
        yield [
            "sample (invented)" if row.is_sample else row.creator.platform,
            row.creator.handle or row.creator.id,
            row.creator.name,
            row.creator.followers,
            row.entry.status,
            row.entry.note,
            row.entry.fee,
            row.entry.currency,
            row.entry.link,
            round(row.score.value, 1) if row.score and row.score.value is not None else None,
            ("yes" if row.score.partial else "no") if row.score and row.score.value is not None else None,
            *counted,
            *([_cents(cost.value), _cents(cost.low), _cents(cost.high)] if cost else [None] * 3),
            *dates,
            view.model,
        ]


def _cents(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 2)


def _back() -> str:
    """The page that sent the form, where it is one of ours; its address was checked with the form."""
    before, root = request.referrer or "", request.url_root
    return before.removeprefix(root.rstrip("/")) if before.startswith(root) else url_for("dashboard.shortlist_page")
