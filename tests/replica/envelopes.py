"""What stands around the rows of list answers, and how numbers in a query are read."""

from typing import Any

from flask import request

from tests.replica.comment_shapes import envelope_extra
from tests.replica.content import Video
from tests.replica.item_shapes import item_json

IMPRESSION = {"impr_id": "20261120182000REPLICA"}


def number(name: str, default: int) -> int | None:
    """Return a query parameter as a number, ``default`` where it is absent, None where it is no number."""
    value = request.args.get(name, str(default))
    return int(value) if value.isdecimal() and len(value) < 16 else None


def item_envelope(videos: list[Video], *, has_more: bool = False, cursor: str = "0") -> dict[str, Any]:
    """Return a list of items; without videos it has no ``itemList`` key at all."""
    answer: dict[str, Any] = {
        "hasMore": has_more,
        "cursor": cursor,
        "statusCode": 0,
        "status_code": 0,
        "status_msg": "",
        "extra": envelope_extra(),
        "log_pb": IMPRESSION,
    }
    if videos:
        answer["itemList"] = [item_json(video) for video in videos]
    return answer
