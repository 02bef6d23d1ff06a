"""The last checks of a `/v1` request: its schema, then its client's budget."""

from __future__ import annotations

from typing import TypeVar

from flask import Response, g, request
from pydantic import BaseModel, ValidationError

from companion.security.json_body import BadJsonError, parse
from companion.security.problems import RefusalError
from companion.services import services
from companion.store.clients import Client

M = TypeVar("M", bound=BaseModel)


def accept(model: type[M]) -> M:
    """This request's body as a wire message, counted against its client's budget.

    Raises:
        RefusalError: 400 broken JSON, 422 naming the field, 429 over budget.
    """
    try:
        message = model.model_validate(parse(request.get_data(), services().config.limits.json_depth), strict=True)
    except BadJsonError as error:
        raise RefusalError(400, "json", f"The request could not be read: {error}.") from error
    except ValidationError as error:
        raise RefusalError(422, "schema", _complaint(error)) from None
    spend(g.client.id if "client" in g else request.path)
    return message


def spend(client_id: str) -> None:
    """Count one request against a client's budget.

    Raises:
        RefusalError: 429 with the seconds to wait.
    """
    wait = services().buckets.take(client_id)
    if wait:
        raise RefusalError(429, "busy", "Too many requests; wait a moment.", retry_after=wait)


def client() -> Client:
    """The paired client whose token came with this request (the guard has checked it)."""
    found: Client = g.client
    return found


def answer(message: BaseModel) -> Response:
    """A wire message as a JSON answer."""
    return Response(message.model_dump_json(), 200, content_type="application/json")


def _complaint(error: ValidationError) -> str:
    """The first fault, naming the field but never quoting what it holds."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(str(part)[:64] for part in first["loc"]) or "the message"
    return f"{field}: {first['msg']}."
