"""One value of a table -> what it means: ids, addresses, counts, moments, truth values, hashtags, countries.

A reader raises a ValueError that goes on where `"column"` stops: `is "abc"; it must be ...`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from companion.intent.text import clean
from companion.regions import region_named

MAX_NAME = 500
"""Code points of an id, a name or an address."""

_ADDRESSES = tuple(
    re.compile(rf"(?:https?://)?(?:[\w-]+\.)*{place}", re.I)
    for place in (
        r"tiktok\.com/(?:@[^/]*/)?(?:video|photo|v|embed/v2|embed)/(\d+)",
        r"(?:youtube\.com/(?:watch\?(?:.*&)?v=|shorts/|live/|embed/)|youtu\.be/)([\w-]{11})(?![\w-])",
        r"instagram\.com/(?:[^/]+/)?(?:p|reel|reels|tv)/([\w-]+)",
    )
)
"""Addresses of a video, however they were copied, end in the same id."""
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
_MAX_SHOWN = 60

_PLAIN_NUMBER = re.compile(r"\d{1,15}(?:\.0+)?|\d{1,3}(?:,\d{3})+")
_SHORT_NUMBER = re.compile(r"(\d{1,6}(?:\.\d+)?)\s?([KMB])", re.I)
_TIMES = {"K": 1_000, "M": 1_000_000, "B": 1_000_000_000}
_MAX_COUNT = 10**15

_FIRST_SECOND, _FIRST_MS = 10**9, 10**12
"""A whole number from here on is read as seconds (2001), from there on as milliseconds (2001), of the time since 1970."""
_LAST_MS = 4_102_444_800_000  # 2100: a later moment is another number altogether

_NOBODY_KNOWS = {"zz", "unknown"}
"""What programs write for a country that is not known."""

_TRUE, _FALSE = {"yes", "true", "1", "y"}, {"no", "false", "0", "n"}
_BETWEEN_TAGS = re.compile(r"[|,;\s]+")

T = TypeVar("T")


class Fields:
    """Reads value after value and gathers what is wrong. A missing value, null and a blank text are the same: None.

    Args:
        values: by key.
        columns: what a key is called in the file, where it is called otherwise.
    """

    def __init__(self, values: Mapping[str, object], columns: Mapping[str, str] | None = None) -> None:
        self._values = values
        self._columns = columns or {}
        self.given = {key for key, value in values.items() if value is not None and str(value).strip()}
        self.wrong: list[str] = []

    def read(self, key: str, reader: Callable[[object], T]) -> T | None:
        """The value as the reader understands it; None where it is missing or wrong."""
        try:
            return reader(self._values[key]) if key in self.given else None
        except ValueError as error:
            self.wrong.append(f'"{self._columns.get(key, key)}" {error}')
            return None


def shown(value: object) -> str:
    """The value as JSON, short enough for a line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."


def name(value: object) -> str:
    """An id or a name; whole numbers are taken for their digits.

    Raises:
        ValueError: another type, empty, too long, or an id that a spreadsheet shortened.
    """
    if isinstance(value, float):
        raise ValueError(f"is {shown(value)}; put it in quotation marks, because long numbers lose digits otherwise")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"is {shown(value)}; it must be text or a whole number")
    found = str(value).strip()
    if not clean(found):
        raise ValueError("is missing or empty")
    if len(found) > MAX_NAME:
        raise ValueError(f"has {len(found):,} characters, more than {MAX_NAME}")
    if _SHORTENED.fullmatch(found):
        raise ValueError(f"is {shown(found)}, shortened by a spreadsheet; give that column the format text and fill it in again")
    return found


def text(value: object) -> str:
    """A text with something readable in it.

    Raises:
        ValueError: another type, or nothing but spaces and signs that are not shown.
    """
    if not isinstance(value, str):
        raise ValueError(f"is {shown(value)}; it must be text")
    if not clean(value):
        raise ValueError("is missing or empty")
    return value


def video(value: object) -> str:
    """The id of a video, also out of its address; an unknown address stands for itself.

    >>> video("https://www.tiktok.com/@shop.1/video/7600000000000000011?lang=en"), video(7600000000000000011)
    ('7600000000000000011', '7600000000000000011')
    """
    found = name(value)
    return next((match[1] for address in _ADDRESSES if (match := address.match(found))), found)


def handle(value: object) -> str:
    """The name of an account, without the "@" before it."""
    return name(name(value).removeprefix("@"))


def count(value: object) -> int:
    """A number of likes, views and the like, also as a page shortens it.

    >>> count(12), count("1,234"), count("1091.0"), count("1.2K")
    (12, 1234, 1091, 1200)

    Raises:
        ValueError: no whole number from 0 on.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 0 <= value <= _MAX_COUNT and value == int(value):
            return int(value)
    elif isinstance(value, str):
        written = value.strip()
        if _PLAIN_NUMBER.fullmatch(written):
            return int(float(written.replace(",", "")))
        if short := _SHORT_NUMBER.fullmatch(written):
            return round(float(short[1]) * _TIMES[short[2].upper()])
    raise ValueError(f"is {shown(value)}; it must be a whole number from 0 on")


def amount(value: object) -> float:
    """A measure from 0 on, such as seconds.

    Raises:
        ValueError: no such number.
    """
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
    except ValueError:
        number = -1.0
    if not 0 <= number <= _MAX_COUNT:  # also false for what is no number at all
        raise ValueError(f"is {shown(value)}; it must be a number from 0 on")
    return number


def moment(value: object) -> int:
    """A time as ms UTC: seconds or milliseconds since 1970, or ISO 8601 (taken as UTC where it names no zone).

    >>> moment(1_700_000_000), moment("2023-11-14T22:13:20Z"), moment("2023-11-14 22:13:20")
    (1700000000000, 1700000000000, 1700000000000)

    Raises:
        ValueError: no such time.
    """
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else _digits(value)
    if number is not None:
        ms = int(number) if number >= _FIRST_MS else int(number * 1000)
        if number >= _FIRST_SECOND and ms < _LAST_MS:
            return ms
    elif isinstance(value, str):
        try:
            found = datetime.fromisoformat(value.strip().removesuffix(" UTC"))
        except ValueError:
            pass
        else:
            aware = found if found.tzinfo else found.replace(tzinfo=UTC)
            if 0 < (ms := round(aware.timestamp() * 1000)) < _LAST_MS:
                return ms
    raise ValueError(f'is {shown(value)}; write a time such as "2026-01-31T18:30:00Z", or seconds since 1970')


def flag(value: object) -> bool:
    """Yes or no.

    Raises:
        ValueError: neither.
    """
    said = str(value).strip().lower().removesuffix(".0")
    if said not in _TRUE | _FALSE:
        raise ValueError(f"is {shown(value)}; write yes or no")
    return said in _TRUE


def region(value: object) -> str | None:
    """The two letters of a country, from them or from its English name; None where it says that nobody knows.

    >>> region("us"), region("South Korea"), region("ZZ")
    ('US', 'KR', None)

    Raises:
        ValueError: it names no country.
    """
    found = region_named(value)
    if found is None and str(value).strip().casefold() not in _NOBODY_KNOWS:
        raise ValueError(f"is {shown(value)}; write the two letters of a country (ISO 3166, such as US), or leave it empty")
    return found


def hashtags(value: object) -> tuple[str, ...]:
    """Hashtags of a list, or of a text in which "|", a comma or a space stands between them.

    >>> hashtags("unboxing|#AmazonFinds"), hashtags(["pets"])
    (('unboxing', 'AmazonFinds'), ('pets',))

    Raises:
        ValueError: a list of something else.
    """
    if isinstance(value, str):
        found = _BETWEEN_TAGS.split(value)
    elif isinstance(value, list) and all(isinstance(tag, str) for tag in value):
        found = value
    else:
        raise ValueError(f'is {shown(value)}; write hashtags with "|" between them')
    return tuple(dict.fromkeys(tag for part in found if (tag := part.strip().lstrip("#"))))


def _digits(value: object) -> float | None:
    written = value.strip() if isinstance(value, str) else ""
    return float(written) if re.fullmatch(r"\d{9,16}(?:\.\d+)?", written) else None
