"""`openapi.json`, generated from the wire models.

Run `python -m companion.api.openapi extension/protocol/openapi.json` to write it; a test fails when
the committed file is stale.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from companion import __version__
from companion.api import hashtags_wire, quality_wire, shop_wire, wire

_REF = "#/components/schemas/{model}"


@dataclass(frozen=True)
class Route:
    """One route of the wire: its messages, and the refusals it can give besides the guard's."""

    path: str
    summary: str
    answer: type[BaseModel]
    request: type[BaseModel] | None = None
    scope: str | None = None


ROUTES = (
    Route("/v1/health", "Name and version", wire.Health),
    Route("/v1/pair", "Exchange the code on the start page for a token", wire.PairAnswer, wire.PairRequest),
    Route("/v1/hello", "Prove to a paired client that this is its companion", wire.HelloAnswer, wire.HelloRequest),
    Route("/v1/score", "Grade comments", wire.ScoreAnswer, wire.ScoreRequest, "score"),
    Route("/v1/explain", "Say why a comment got its grade", wire.ExplainAnswer, wire.ExplainRequest, "score"),
    Route("/v1/feedback", "Store or undo a correction", wire.FeedbackAnswer, wire.FeedbackRequest, "teach"),
    Route("/v1/capture", "Keep comments that the page showed", wire.CaptureAnswer, wire.CaptureRequest, "capture"),
    Route("/v1/video", "Tell what is known of videos", quality_wire.VideoAnswer, quality_wire.VideoRequest, "score"),
    Route("/v1/creator", "Tell what is known of creators", quality_wire.CreatorAnswer, quality_wire.CreatorRequest, "score"),
    Route(
        "/v1/hashtags/map",
        "Tell where hashtags lead and what stands near them",
        hashtags_wire.HashtagsMapAnswer,
        hashtags_wire.HashtagsMapRequest,
        "score",
    ),
    Route(
        "/v1/shop/related",
        "Suggest products beside a video or a search",
        shop_wire.ShopRelatedAnswer,
        shop_wire.ShopRelatedRequest,
        "score",
    ),
    Route("/v1/shop/event", "Keep what was done with a suggestion", shop_wire.ShopEventAnswer, shop_wire.ShopEventRequest, "teach"),
    Route("/v1/notices", "Tell which kept searches have an alert", wire.NoticesAnswer, wire.NoticesRequest, "score"),
)

REFUSALS = {
    "400": "Host is not this machine, or the JSON is broken",
    "401": "No token, or one that is not valid (any more)",
    "403": "Origin or page is not allowed here, or the token lacks the scope",
    "404": "The catalogue does not hold this product",
    "405": "Wrong method",
    "409": "The uuid was used for something else, or the correction to undo is unknown",
    "413": "Body over 256 KB (`/v1/capture`: 2 MB)",
    "415": "Not plain `application/json`",
    "422": "A field is missing, unknown or out of range; the message names it",
    "429": "Too many requests; try again after `Retry-After` seconds",
    "503": "The model is busy; try again after `Retry-After` seconds",
}


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document as plain data, keys in a stable order."""
    messages = [m for r in ROUTES for m in (r.request, r.answer) if m] + [wire.Problem]
    unique = list(dict.fromkeys(messages))
    _, schemas = models_json_schema([(m, "validation") for m in unique], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": "BuySignal companion", "version": __version__, "license": {"name": "MIT"}},
        "servers": [{"url": "http://127.0.0.1:8765"}],
        "paths": {route.path: _operation(route) for route in ROUTES},
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": {"description": "OK", "content": _content(route.answer)}}
    for status, meaning in REFUSALS.items():
        responses[status] = {"description": meaning, "content": _content(wire.Problem)}
    operation: dict[str, Any] = {"summary": route.summary, "responses": responses}
    if route.request:
        operation["requestBody"] = {"required": True, "content": _content(route.request)}
    if route.scope:
        operation["security"] = [{"bearer": [route.scope]}]
    return {"post" if route.request else "get": operation}


def _content(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=model.__name__)}}}


def render() -> str:
    """The document as the text that is committed."""
    return json.dumps(document(), indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")
