"""`/v1/hello`: the companion proves itself before a client sends its token or any comment."""

from __future__ import annotations

from typing import get_args

from flask import Blueprint, Response, request

from companion import __version__
from companion.api import wire
from companion.security import tokens
from companion.security.guard import door
from companion.security.problems import RefusalError
from companion.security.requests import accept, answer, spend
from companion.services import services
from companion.store import clients, clock

blueprint = Blueprint("hello", __name__)


@blueprint.post("/v1/hello")
@door(scope=None)
def hello() -> Response:
    """Sign the nonce with the client's proof key."""
    asked = accept(wire.HelloRequest)
    client = services().clients.by_id(asked.client_id)
    if client is None:
        raise RefusalError(401, "token", "This browser is not paired with BuySignal (any more). Pair it again.")
    if request.headers.get("Origin", client.origin) != client.origin:
        raise RefusalError(403, "token_origin", "This pairing belongs to another extension.")
    spend(client.id)
    _note_visit(client)
    proof = tokens.hello_proof(client.proof_key, asked.nonce, wire.API_VERSION)
    scopes = [scope for scope in get_args(wire.Scope) if scope in client.scopes]
    return answer(wire.HelloAnswer(proof=proof, version=__version__, model=services().model.id, scopes=scopes))


def _note_visit(client: clients.Client) -> None:
    """Keep "last seen" to the minute; a worker that restarts often must not write each time."""
    if clock.now_ms() - (client.last_seen or 0) > clock.MINUTE:
        with services().store.writing() as connection:
            clients.touch(connection, client.id)
