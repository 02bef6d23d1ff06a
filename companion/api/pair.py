"""`/v1/pair`: the code from the start page becomes a token for one extension."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, request

from companion.api import wire
from companion.security import tokens
from companion.security.guard import door
from companion.security.pairing import PairingRefusedError
from companion.security.problems import RefusalError
from companion.security.requests import accept, answer
from companion.services import services
from companion.store import clients, clock

blueprint = Blueprint("pair", __name__)

GRANTED: tuple[wire.Scope, ...] = ("score", "teach")
"""What a new pairing may do. `capture` is granted on the dashboard, by choice."""


@blueprint.post("/v1/pair")
@door(scope=None, pairing=True)
def pair() -> Response:
    """Redeem the code; the token is in this answer and never again."""
    asked = accept(wire.PairRequest)
    try:
        services().pairing.redeem(asked.code)
    except PairingRefusedError as refused:
        raise RefusalError(403, "pairing_closed" if refused.closed else "pairing_code", str(refused)) from None
    token = tokens.mint()
    client = clients.Client(
        id=secrets.token_hex(8),
        name=asked.name,
        origin=request.headers["Origin"],
        token_sha256=tokens.digest(token),
        proof_key=tokens.proof_key(token),
        scopes=GRANTED,
        created_at=clock.now_ms(),
    )
    with services().store.writing("labels") as connection:
        clients.add(connection, client)
    alias_key = services().store.workspace.alias_key
    return answer(wire.PairAnswer(client_id=client.id, token=token, alias_key=alias_key, scopes=list(GRANTED)))
