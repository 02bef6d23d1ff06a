"""A creator's videos as a file: CSV or a workbook, every number of the page with its range and the reason where there is none."""

from __future__ import annotations

import io
from collections.abc import Iterator

from flask import Response, abort

from companion.dashboard.blueprint import pages
from companion.dashboard.creator_closely import Close, close
from companion.dashboard.creators_seen import Seen, SeenVideo, see
from companion.exporting.tables import Column, Kind, Value
from companion.exporting.writers import WRITERS
from companion.quality.components import PARTS
from companion.quality.studio_rows import TRAFFIC
from companion.services import connection, services
from companion.store import clock, creators
from companion.stored_scores import VIDEOS

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

_TEXT: tuple[tuple[str, Kind], ...] = (("data", "text"), ("video", "text"), ("caption", "text"), ("posted", "time"), ("kind", "text"))
_COUNTS = ("views", "likes", "comments", "shares", "saves")
_NUMBERS = (
    *("expected views by own videos", "own from", "own to", "expected views by others' videos", "others from", "others to"),
    *("times the expected views", "rank among stored videos", "score"),
)
_DEMAND = ("share close to buying", "likely from", "likely to")
_NEXT = ("chance of the next pool", "chance from", "chance to")
_STUDIO = ("watched to the end", "average seconds watched", *(f"viewers from {source}" for source in TRAFFIC))

COLUMNS: tuple[Column, ...] = (
    *(Column(*one) for one in _TEXT),
    *(Column(name, "integer") for name in _COUNTS),
    *(Column(name, "number") for name in _NUMBERS),
    Column("partial", "flag"),
    Column("why partial"),
    *(Column(name, "number") for name in PARTS),
    Column("comments counted", "integer"),
    Column("close to buying", "integer"),
    *(Column(name, "number") for name in _DEMAND),
    Column("spread"),
    Column("why"),
    *(Column(name, "number") for name in _NEXT),
    *(Column(name, "number") for name in _STUDIO),
    Column("new followers", "integer"),
    Column("stands out"),
    Column("not used"),
)


@pages.get("/creators/<platform>/<creator_id>/videos.<ending>")
def export_creator_videos(platform: str, creator_id: str, ending: str) -> Response:
    """The newest videos, those that make the score."""
    creator = creators.find(connection("reader"), platform, creator_id)
    if creator is None or ending not in TYPES:
        abort(404)
    seen = see(connection("reader"), services().model.id, creator, "all", VIDEOS)
    closely, out = close(connection("reader"), seen), io.BytesIO()
    WRITERS[ending](out, COLUMNS, _rows(seen, closely), "Videos", bom=True)
    name = f"buysignal-{'sample-' if seen.is_sample else ''}creator-videos-{clock.stamp(clock.now_ms())[:8]}.{ending}"
    return Response(out.getvalue(), content_type=TYPES[ending], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _rows(seen: Seen, closely: Close | None) -> Iterator[list[Value]]:
    for video in seen.videos if closely else ():
        yield _row(seen, closely, video) if closely else []


def _row(seen: Seen, closely: Close, video: SeenVideo) -> list[Value]:
    post, score, ident = video.scored.post, video.scored.score, video.video.id
    views, chance, studio = closely.views[ident], closely.chances.get(ident), closely.studio.get(ident)
    field, share = views.field, video.demand.share if video.demand else None
    points = {part.component.name: part.component.points for part in score.parts}
    numbers: list[float | None] = [
        *(views.own.views, views.own.low, views.own.high),
        *((field.views, field.low, field.high) if field else (None, None, None)),
        views.times,
        video.scored.standing,
        score.value,
    ]
    return [
        "sample (invented)" if seen.is_sample else seen.creator.platform,
        ident,
        video.video.caption,
        post.created_at,
        video.kind_words,
        *(post.plays, post.likes, post.comments, post.shares, post.saves),
        *(_short(number) for number in numbers),
        score.partial,
        score.reason if score.partial else "",
        *(_short(points.get(name)) for name in PARTS),
        *((share.n, video.demand.high if video.demand else None) if share else (None, None)),
        *((_short(share.value, 4), _short(share.low, 4), _short(share.high, 4)) if share else (None, None, None)),
        video.stage.name,
        video.stage.reason,
        *((_short(chance.value, 4), _short(chance.low, 4), _short(chance.high, 4)) if chance else (None, None, None)),
        *((studio.completion, studio.watched_s) if studio else (None, None)),
        *(studio.traffic.get(source) if studio else None for source in TRAFFIC),
        studio.new_followers if studio else None,
        "; ".join(f"{finding.name}: {finding.reason}" for finding in video.findings),
        "; ".join(score.reasons),
    ]


def _short(number: float | None, digits: int = 1) -> float | None:
    return None if number is None else round(number, digits)
