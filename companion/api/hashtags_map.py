"""`/v1/hashtags/map`: the category, the share close to buying and the neighbours of the hashtags on a page."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from companion.api import hashtags_wire as wire
from companion.api.hashtags_lookup import HashtagLookup
from companion.hashtag_keeper import keeper
from companion.security.guard import door
from companion.security.requests import accept, answer

blueprint = Blueprint("hashtags_map", __name__)

PATIENCE_S = 0.35
"""How long a request waits; the graph is built and the tags are read meanwhile, for the next one."""

_KEY = "buysignal-hashtag-lookup"


@blueprint.post("/v1/hashtags/map")
@door(scope="score")
def hashtags_map() -> Response:
    """Up to 30 hashtags, known or not; `ready` is false while the graph is being built."""
    asked = accept(wire.HashtagsMapRequest)
    return answer(_lookup().find(asked.tags, PATIENCE_S))


def _lookup() -> HashtagLookup:
    """The app's own; made on first use."""
    known: HashtagLookup = current_app.extensions.setdefault(_KEY, HashtagLookup(keeper()))
    return known
