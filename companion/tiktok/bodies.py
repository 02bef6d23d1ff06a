"""Answers' bytes to JSON, exactly: 19-digit numbers stay whole."""

from __future__ import annotations

import json
import math


def parse(body: bytes | str) -> object:
    """The JSON value of a body; numbers beyond a float's range become null.

    Raises:
        ValueError: the body is not JSON (nested too deep counts as not).
    """
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    try:
        return json.loads(text.lstrip("\ufeff"), parse_float=_finite, parse_constant=lambda _: None)
    except RecursionError as error:
        raise ValueError("JSON nested too deep") from error


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None
