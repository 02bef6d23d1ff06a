"""`/v1/shop/related`: products that fit a video, what its comments ask for, and the person's own taste."""

from __future__ import annotations

import sqlite3

from flask import Blueprint, Response

from companion.api import shop_wire as wire
from companion.api.shop_answers import item_of, understood
from companion.security.guard import door
from companion.security.problems import RefusalError
from companion.security.requests import accept, answer
from companion.services import connection, services
from companion.shop.demand import ASKING
from companion.shop.profile.events import Scenario
from companion.shop_demand import asked as stored_asking
from companion.store import clock
from companion.store.wanted import Wanted

blueprint = Blueprint("shop_related", __name__)

PATIENCE_S = 3.0
"""The extension gives up after 5 s; opening the catalogue for the first time may take longer, and goes on meanwhile."""
MOST_ASKING = 8
"""Comments that are read: with a caption they fill what the understanding reads."""


@blueprint.post("/v1/shop/related")
@door(scope="score")
def related() -> Response:
    """A card of up to `most` products with the reason of each; what is shown is told by `/v1/shop/event`, not here."""
    asked = accept(wire.ShopRelatedRequest)
    cards = services().cards
    if not cards.ready(PATIENCE_S):
        raise RefusalError(503, "busy", "BuySignal is still opening the catalogue; try again in a moment.", retry_after=2)
    asking = [] if asked.words else _asking(connection("reader"), asked)
    text = asked.words or _text(asked, asking)
    with services().gate.entered():
        card = cards.card(text, Scenario(clock.now_ms(), asked.page, asked.hour), asked.most)
    return answer(
        wire.ShopRelatedAnswer(
            card=card.id,
            items=[item_of(place, item) for place, item in enumerate(card.items, 1)],
            understood=understood(card.wish),
            asking=len(asking),
            relaxed=list(card.relaxed),
            demo=card.demo,
        )
    )


def _asking(database: sqlite3.Connection, asked: wire.ShopRelatedRequest) -> list[str]:
    """What comments ask for: those that the page shows, then stored ones."""
    found = [text for text in asked.comments if text.strip()]
    if asked.video_id and len(found) < MOST_ASKING:
        wanted = Wanted(video=f"{asked.platform}:{asked.video_id}", audience=True)
        stored = stored_asking(database, services().model.id, wanted, MOST_ASKING)
        found += [one.text for one in sorted(stored, key=lambda one: (not one.high, -one.likes)) if one.signal in ASKING]
    return list(dict.fromkeys(" ".join(text.replace("|", " ").split()) for text in found))[:MOST_ASKING]


def _text(asked: wire.ShopRelatedRequest, asking: list[str]) -> str:
    """Caption, product and hashtags as one part, then a part for each comment."""
    context = asked.context
    tags = [f"#{tag}" for tag in context.hashtags if f"#{tag}".lower() not in context.caption.lower()]
    shown = " ".join([context.caption, context.product, *tags]).replace("|", " ").strip()
    return " | ".join([shown, *asking])
