"""Reading JSON from strangers: strict where JSON is broken, lenient where only a comment is."""

from __future__ import annotations

import json
import math
import re
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")


class BadJsonError(ValueError):
    """Not the JSON we take; the message says what is wrong, without quoting values."""


def parse(body: bytes, max_depth: int) -> Any:
    r"""The body as plain data.

    Duplicate keys, NaN, Infinity, numbers beyond float range and nesting over `max_depth` are refused. Half
    emoji (a lone surrogate, as in "\ud83d") become U+FFFD: they are what somebody wrote, and are read all the same.

    Raises:
        BadJsonError: with the reason.
    """
    try:
        data = json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)
    except RecursionError as error:
        raise BadJsonError(f"JSON is nested deeper than {max_depth} levels") from error
    except UnicodeDecodeError as error:
        raise BadJsonError("the body is not UTF-8") from error
    except BadJsonError:
        raise
    except ValueError as error:
        raise BadJsonError("the body is not JSON") from error
    return _clean(data, max_depth)


def _clean(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict | list) and depth == 0:
        raise BadJsonError("JSON is nested too deep")
    if isinstance(value, dict):
        return {_clean(key, depth - 1): _clean(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item, depth - 1) for item in value]
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJsonError("a JSON object holds the same key twice")
    return found


def _constant(_name: str) -> float:
    raise BadJsonError("NaN and Infinity are not JSON")


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise BadJsonError("a number is too large")
    return number
