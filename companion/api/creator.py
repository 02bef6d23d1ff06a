"""`/v1/creator`: what is known of the creators on a page."""

from __future__ import annotations

from flask import Blueprint, Response

from companion import demand_by
from companion.api import quality_wire
from companion.api.quality_answers import rate_of, score_of
from companion.creator_demand import DEPTH, ORGANIC
from companion.security.guard import door
from companion.security.problems import RefusalError
from companion.security.requests import accept, answer
from companion.services import connection, services
from companion.store import creators
from companion.store.quality_first import Counting
from companion.store.videos import Commerce
from companion.stored_scores import score_creator

blueprint = Blueprint("creator", __name__)

OPEN: tuple[Commerce, ...] = (*ORGANIC, "unknown")
"""Counted where no organic video of a creator is: what a page shows often does not say whether a video is paid for."""


@blueprint.post("/v1/creator")
@door(scope="score")
def creator() -> Response:
    """Rates of up to 60 stored creators by handle; of one, where asked, the score over the stored videos."""
    asked = accept(quality_wire.CreatorRequest)
    if asked.detail and len(asked.handles) != 1:
        raise RefusalError(422, "schema", "handles: ask for one creator with detail.")
    database, model, platform = connection("reader"), services().model.id, asked.platform
    ids = creators.ids_of_handles(database, platform, asked.handles)
    organic = demand_by.of_creators(database, Counting(model, DEPTH, ORGANIC), platform, ids.values())
    rest = [ident for ident in ids.values() if ident not in organic]
    open_ones = demand_by.of_creators(database, Counting(model, DEPTH, OPEN), platform, rest) if rest else {}
    found = []
    for handle in asked.handles:
        ident = ids.get(handle.lower())
        rate = rate_of(organic.get(ident or ""), "organic") or rate_of(open_ones.get(ident or ""), "open")
        scored = score_creator(database, model, (platform, ident)) if ident and asked.detail else None
        score = score_of(scored.score if scored else None)
        found.append(quality_wire.CreatorQuality(handle=handle, known=ident is not None, intent=rate, score=score))
    return answer(quality_wire.CreatorAnswer(model=model, creators=found))
