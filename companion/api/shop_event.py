"""`/v1/shop/event`: what the person did with a suggestion; the next card reflects it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response

from companion.api import shop_wire as wire
from companion.api.shop_related import PATIENCE_S
from companion.security.guard import door
from companion.security.problems import RefusalError
from companion.security.requests import accept, answer
from companion.services import services
from companion.shop.profile.events import Event
from companion.store import clock

blueprint = Blueprint("shop_event", __name__)


@blueprint.post("/v1/shop/event")
@door(scope="teach")
def event() -> Response:
    """Store one deed: it is on the disk when this answers. A search is stored only where the user keeps searches."""
    asked = accept(wire.ShopEventRequest)
    if (asked.kind == "search") != (asked.product is None) or (asked.kind == "search") != bool(asked.words.strip()):
        raise RefusalError(422, "schema", "kind: a search has words and no product; everything else has a product and no words.")
    cards = services().cards
    if not cards.ready(PATIENCE_S):
        raise RefusalError(503, "busy", "BuySignal is still opening the catalogue; try again in a moment.", retry_after=2)
    done = Event(clock.now_ms(), asked.kind, words=" ".join(asked.words.split()), page=asked.page, hour=asked.hour)
    if asked.product is not None:
        if not cards.knows(asked.product):
            raise RefusalError(404, "product", "The catalogue does not hold this product (any more).")
        place, propensity = cards.placed(asked.card, asked.product)
        done = replace(done, product=asked.product, place=place, propensity=propensity if asked.kind == "impression" else None)
    return answer(wire.ShopEventAnswer(stored=cards.learn(done)))
