"""Counts as pages, spreadsheets and people write them: "1,234", "1.2M", "1,2 Mio.", "12 rb", "3万", hidden, negative, nonsense."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

_THOUSAND = ("k", "tsd", "tsd.", "thousand", "mil", "тыс", "тыс.", "rb", "ribu", "bin", "n", "nghìn", "ngàn", "พัน", "ألف", "천", "千")
_MILLION = ("m", "mio", "mio.", "mln", "mn", "mi", "million", "mill", "mill.", "млн", "jt", "juta", "tr", "triệu", "ล้าน", "مليون")
_BILLION = ("b", "bn", "mrd", "mrd.", "md", "mld", "milyar", "млрд", "tỷ", "billion")
_FACTORS = {
    **dict.fromkeys(_THOUSAND, 1_000),
    **dict.fromkeys(_MILLION, 1_000_000),
    **dict.fromkeys(_BILLION, 1_000_000_000),
    **dict.fromkeys(("万", "萬", "만", "หมื่น"), 10_000),
    **dict.fromkeys(("lakh", "แสน"), 100_000),
    **dict.fromkeys(("crore", "cr"), 10_000_000),
    **dict.fromkeys(("亿", "億", "억"), 100_000_000),
}
_HIDDEN = frozenset({"hidden", "private", "-", "--", "–", "—"})
_UNKNOWN = frozenset({"n/a", "na", "nan", "none", "null", "?"})
"""What spreadsheets and programs write where they have no number."""
_NUMBER = re.compile(r"([-−–]?)([0-9][0-9.,'’٫٬\s]*)([^\d\s].*)?")
_GROUPED = re.compile(r"\d{1,3}([.,'’ ]\d{3})+")
MOST = 10**13
"""More than this no page has ever shown; such a number is another kind of column."""


@dataclass(frozen=True)
class Count:
    """A whole number >= 0, or None with what stood in its way. `absent`: nothing wrong was said, the number is hidden or not there."""

    value: int | None
    reason: str = ""
    absent: bool = False


def parse_count(written: object, name: str) -> Count:
    """Read one count; never raises. `name` is used in the reason: `shares "abc" is not a number`.

    >>> parse_count("1.2M", "plays").value, parse_count("1,2 Mio.", "plays").value, parse_count("1.234.567", "plays").value
    (1200000, 1200000, 1234567)
    >>> parse_count("-5", "likes").reason, parse_count("hidden", "likes").reason
    ('likes -5 is below zero', 'likes are hidden')
    """
    if written is None or (isinstance(written, str) and not written.strip()):
        return Count(None, f"{name} are not known", absent=True)
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        return Count(None, f"{name} {_short(written)} is not a number")
    if isinstance(written, str):
        return _of_text(written, name)
    if isinstance(written, float) and math.isnan(written):
        return Count(None, f"{name} are not known", absent=True)
    return _whole(float(written) if isinstance(written, float) else written, name, str(written)[:40])


def _of_text(written: str, name: str) -> Count:
    text = " ".join(unicodedata.normalize("NFKC", written).split())
    if text.casefold() in _HIDDEN | _UNKNOWN:
        return Count(None, f"{name} are {'hidden' if text.casefold() in _HIDDEN else 'not known'}", absent=True)
    ascii_digits = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in text)
    found = _NUMBER.fullmatch(ascii_digits.replace("٫", ".").replace("٬", ","))
    factor = _FACTORS.get((found[3] or "").strip().casefold()) if found and found[3] else 1
    number = _number(found[2].strip(), short=bool(found[3])) if found and factor else None
    if not found or factor is None or number is None:
        return Count(None, f"{name} {_short(written)} is not a number")
    return _whole((-number if found[1] else number) * factor, name, text[:40])


def _number(digits: str, short: bool) -> float | None:
    """The digits with their separators as a number. In a short form ("1.2" of "1.2M") the last separator is the decimal one."""
    if not short and _GROUPED.fullmatch(digits):
        return float(re.sub(r"\D", "", digits))
    marks = [char for char in digits if not char.isdigit()]
    if not marks:
        return float(digits)
    head, _, tail = digits.rpartition(marks[-1])
    if not tail.isdigit() or (marks[:-1] and not _GROUPED.fullmatch(head)) or marks[-1] not in ".,":
        return None
    whole = re.sub(r"\D", "", head)
    return float(f"{whole}.{tail}") if whole else None


def _whole(number: float, name: str, said: str) -> Count:
    if math.isinf(number) or abs(number) > MOST:
        return Count(None, f"{name} {said} is too large to be a count")
    if number < 0:
        return Count(None, f"{name} {said} is below zero")
    rounded = round(number)
    if abs(number - rounded) > 1e-6:
        return Count(None, f"{name} {said} is not a whole number")
    return Count(rounded)


def _short(written: object) -> str:
    text = str(written)
    return f'"{text[:40]}{"…" if len(text) > 40 else ""}"'
