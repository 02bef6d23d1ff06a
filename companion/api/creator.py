"""`/v1/creator`: what is known of the creators on a page."""

from __future__ import annotations

import sqlite3

from flask import Blueprint, Response

from companion import demand_by, stored_stages
from companion.api import quality_wire
from companion.api.quality_answers import chance_of, finding, rate_of, score_of, stage_of, tip_of
from companion.creator_demand import DEPTH, ORGANIC
from companion.security.guard import door
from companion.security.problems import RefusalError
from companion.security.requests import accept, answer
from companion.services import connection, services
from companion.store import clock, creators, videos
from companion.store.quality_first import Counting
from companion.store.videos import Commerce
from companion.stored_scores import ScoredCreator, score_creator
from companion.stored_stages import found_of
from companion.stored_tips import badge_of, tips_of

blueprint = Blueprint("creator", __name__)

OPEN: tuple[Commerce, ...] = (*ORGANIC, "unknown")
"""Counted where no organic video of a creator is: what a page shows often does not say whether a video is paid for."""


@blueprint.post("/v1/creator")
@door(scope="score")
def creator() -> Response:
    """Rates of up to 60 stored creators by handle; of one, where asked, the score over the stored videos and what follows from it."""
    asked = accept(quality_wire.CreatorRequest)
    if asked.detail and len(asked.handles) != 1:
        raise RefusalError(422, "schema", "handles: ask for one creator with detail.")
    database, model, platform = connection("reader"), services().model.id, asked.platform
    ids = creators.ids_of_handles(database, platform, asked.handles)
    kept = services().kept
    rates = kept.many(("rate", model, platform), ids.values(), lambda some: _rates(database, model, platform, some))
    found = [
        quality_wire.CreatorQuality(handle=handle, known=ident != "", intent=rates.get(ident), id=ident)
        for handle in asked.handles
        for ident in [ids.get(handle.lower(), "")]
    ]
    if asked.detail and found[0].known:
        [closely] = kept.many(
            ("closely", model, platform, found[0].handle),
            [found[0].id],
            lambda some: {ident: _detailed(database, model, (platform, ident), found[0]) for ident in some},
        ).values()
        found = [closely]
    return answer(quality_wire.CreatorAnswer(model=model, creators=found))


def _rates(database: sqlite3.Connection, model: str, platform: str, idents: list[str]) -> dict[str, quality_wire.IntentRate]:
    """By creator: over the organic videos, else over those too of which nobody says whether they are paid for."""
    organic = demand_by.of_creators(database, Counting(model, DEPTH, ORGANIC), platform, idents)
    rest = [ident for ident in idents if ident not in organic]
    open_ones = demand_by.of_creators(database, Counting(model, DEPTH, OPEN), platform, rest) if rest else {}
    found = {ident: rate_of(organic.get(ident), "organic") or rate_of(open_ones.get(ident), "open") for ident in idents}
    return {ident: rate for ident, rate in found.items() if rate}


def _detailed(
    database: sqlite3.Connection, model: str, place: tuple[str, str], plain: quality_wire.CreatorQuality
) -> quality_wire.CreatorQuality:
    stored = creators.find(database, *place)
    scored = score_creator(database, model, place, against_own=False)
    if stored is None or scored is None:
        return plain.model_copy(update={"followers": stored.followers if stored else None})
    badge = badge_of(scored)
    return plain.model_copy(
        update={
            "score": score_of(scored.score),
            "followers": stored.followers,
            "videos": videos.count(database, creator=place),
            "latest": _latest(database, scored),
            "tip": tip_of(tips_of(scored.score, scored.videos, scored.learned), scored.videos),
            "badge": finding("consistent creator", badge.reason) if badge.earned else None,
        }
    )


def _latest(database: sqlite3.Connection, scored: ScoredCreator) -> quality_wire.LatestVideo:
    """The newest video; those without a date are the last in the list."""
    newest = scored.videos[0].stored
    pools = scored.learned.pools if scored.learned else {}
    found = found_of(newest, videos.metrics(database, newest.platform, newest.id), pools)
    return quality_wire.LatestVideo(
        id=newest.id,
        posted=None if newest.created_at is None else clock.iso(newest.created_at),
        stage=stage_of(found.now),
        chance=chance_of(stored_stages.chance_of(database, found)),
    )
