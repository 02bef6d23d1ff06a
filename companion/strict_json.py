"""JSON in files, read so that nothing is taken for what it is not: no key twice, no NaN, no half characters."""

from __future__ import annotations

import json
import re
from typing import Any

SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can spell and nothing can store."""


def whole(value: Any) -> Any:
    """The value with U+FFFD for halves of characters."""
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {whole(key): whole(item) for key, item in value.items()}
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON; write null")


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)
"""Raises json.JSONDecodeError for what is no JSON, ValueError for a key that stands there twice and for NaN and Infinity."""
