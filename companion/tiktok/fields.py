"""Reading one field of a JSON object: its value, or None with a note where it is missing or of another type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from companion.regions import region_named

LARGEST = 2**63 - 1
"""What a column of the store can hold."""

_ID = re.compile(r"\d{1,20}")
_COUNT = re.compile(r"\d{1,18}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_UNKNOWN_LANGUAGE = "un"
_UNKNOWN_REGION = "ZZ"
_EXACT_FLOAT = 2.0**53
_FIRST_MILLISECOND = 10**11  # as seconds this is the year 5138, as milliseconds 1973
_LAST_MILLISECOND = 10**14


@dataclass(frozen=True, slots=True)
class Row:
    """A JSON object under the name that notes about it carry. Notes name fields and types only, never a value."""

    name: str
    values: Mapping[str, Any]
    drift: list[str]

    def part(self, key: str) -> Row:
        """The object under `key`; an empty one where there is none."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            self._odd(key, value, "an object")
        return Row(f"{self.name}.{key}", value if isinstance(value, dict) else {}, self.drift)

    def rows(self, key: str) -> list[Any] | None:
        """The list under `key`; None where there is none."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, list):
            self._odd(key, value, "a list")
        return value if isinstance(value, list) else None

    def id(self, key: str, *, needed: bool = False) -> str | None:
        """An id as exact text, from text or a whole number; "0" and "" mean none."""
        value = self.values.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value) if 0 <= value < 10**20 else "-"
        if value is None or value in ("", "0"):
            self._missing(key, needed)
        elif isinstance(value, str) and _ID.fullmatch(value) and value.isascii():
            return value
        else:
            self._odd(key, value, "an id")
        return None

    def text(self, key: str, *, needed: bool = False) -> str | None:
        """Text, which may be empty."""
        value = self.values.get(key)
        if value is None:
            self._missing(key, needed)
        elif isinstance(value, str):
            return value
        else:
            self._odd(key, value, "text")
        return None

    def count(self, key: str, *, needed: bool = False) -> int | None:
        """An exact count >= 0, from a number or digits. "1.2M" is not exact and gives None."""
        value = self.values.get(key)
        if value is None or value == "":
            self._missing(key, needed)
            return None
        number = _whole(value)
        if number is not None and 0 <= number <= LARGEST:
            return number
        self._odd(key, value, "a count")
        return None

    def flag(self, key: str) -> bool | None:
        """True or false, from a flag or 0 and 1."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return value
        if value in (0, 1):
            return bool(value)
        self._odd(key, value, "a flag")
        return None

    def moment(self, key: str, *, needed: bool = False) -> int | None:
        """A time in ms UTC, from Unix seconds or milliseconds; 0 means none."""
        number = self.count(key, needed=needed)
        if not number:
            return None
        if number >= _LAST_MILLISECOND:
            self._odd(key, number, "a time")
            return None
        return number if number >= _FIRST_MILLISECOND else number * 1000

    def language(self, key: str) -> str | None:
        """A language code; None for "un", TikTok's own "unknown"."""
        value = self.text(key)
        if not value or value == _UNKNOWN_LANGUAGE:
            return None
        if _LANGUAGE.fullmatch(value):
            return value
        self._odd(key, value, "a language")
        return None

    def region(self, key: str) -> str | None:
        """The two letters of a country (ISO 3166), in capitals, also from its English name or "UK"; None for "ZZ", the usual "unknown"."""
        value = self.text(key)
        if not value or value == _UNKNOWN_REGION:
            return None
        if (code := region_named(value)) is None:
            self._odd(key, value, "a country")
        return code

    def has(self, key: str) -> bool:
        """Whether the object has the key, null or not."""
        return key in self.values

    def note(self, what: str) -> None:
        """Add a note of a surprise about one of the object's fields."""
        self.drift.append(f"{self.name}.{what}")

    def _missing(self, key: str, needed: bool) -> None:
        if needed:
            self.drift.append(f"{self.name}.{key} missing")

    def _odd(self, key: str, value: object, wanted: str) -> None:
        self.drift.append(f"{self.name}.{key} is {_type_of(value)}, not {wanted}")


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return int(value) if _COUNT.fullmatch(value) and value.isascii() else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) <= _EXACT_FLOAT else None
    return value if isinstance(value, int) else None


def _type_of(value: object) -> str:
    if isinstance(value, bool):
        return "a flag"
    if isinstance(value, int | float):
        return "negative" if value < 0 else "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "an object"
