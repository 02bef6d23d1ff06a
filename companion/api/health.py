"""`GET /v1/health`: what stands on this port."""

from __future__ import annotations

from flask import Blueprint, Response

from companion import __version__
from companion.api import wire
from companion.security.guard import door
from companion.security.requests import answer

blueprint = Blueprint("health", __name__)


@blueprint.get("/v1/health")
@door(scope=None, method="GET")
def health() -> Response:
    """Name and version, and nothing else: anybody on this machine may ask."""
    return answer(wire.Health(version=__version__))
