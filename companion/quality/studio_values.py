"""Cells of a TikTok Studio file as values: parts of a whole, seconds, days, addresses. Each reader raises a ValueError that says why."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_PART = re.compile(r"([-−–]?)\s*(\d+(?:[.,]\d+)?)\s*(%?)")
_SECONDS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:s|sec|secs|seconds?)?", re.I)
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)")
_SPELLED = re.compile(r"(?:(\d{1,4})(?:m|min)\s*)(?:(\d{1,2}(?:[.,]\d+)?)\s*s?)?", re.I)
_LONGEST_S = 6 * 3600
"""No video that can be watched through is longer."""
_WHERE = re.compile(r"(?:https?://)?(?:\w+\.)*tiktok\.com/@([\w.]+)/(?:video|photo)/\d+", re.I)
_DAYS = ("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y")
_YEARLESS = ("%B %d", "%b %d", "%d %B", "%d %b")


def part_of(written: str, percent: bool = False) -> float:
    """A part of a whole, 0 to 1. With "%", above 1, or in a column of per cent (`percent`) it is read as per cent.

    >>> part_of("34.2%"), part_of("34,2"), part_of("0.342"), part_of("0.5", percent=True)
    (0.342, 0.342, 0.342, 0.005)

    Raises:
        ValueError: no number, below 0 or above 100 %.
    """
    found = _PART.fullmatch(written.strip())
    if not found:
        raise ValueError(f'"{written.strip()[:40]}" is no per cent; write 34.2%')
    number = float(found[2].replace(",", "."))
    value = number / 100 if found[3] or percent or number > 1 else number
    if found[1] and number:
        raise ValueError(f"{written.strip()[:40]} is below zero")
    if value > 1:
        raise ValueError(f"{written.strip()[:40]} is more than 100 %")
    return round(value, 6)


def seconds_of(written: str) -> float:
    """A duration in seconds.

    >>> seconds_of("12.4"), seconds_of("12,4s"), seconds_of("1:05"), seconds_of("00:01:05"), seconds_of("1m 5s")
    (12.4, 12.4, 65.0, 65.0, 65.0)

    Raises:
        ValueError: no duration, below 0, or longer than any video.
    """
    text = written.strip()
    if text.startswith(("-", "−", "–")):
        raise ValueError(f"{text[:40]} is below zero")
    if found := _SECONDS.fullmatch(text):
        value = _number(found[1])
    elif found := _CLOCK.fullmatch(text):
        value = 3600 * float(found[1] or 0) + 60 * float(found[2]) + _number(found[3])
    elif found := _SPELLED.fullmatch(text):
        value = 60 * float(found[1]) + _number(found[2] or "0")
    else:
        raise ValueError(f'"{text[:40]}" is no duration; write seconds, such as 12.4')
    if value > _LONGEST_S:
        raise ValueError(f"{text[:40]} is longer than any video")
    return value


def day_of(written: str, now: int) -> int:
    """A day or moment as ms UTC: ISO 8601, seconds since 1970, or as TikTok Studio writes it ("November 12", the last one there was).

    >>> day_of("2026-01-31", 1_800_000_000_000), day_of("January 31", 1_800_000_000_000)
    (1769817600000, 1769817600000)

    Raises:
        ValueError: no day that can be told, or one that lies before 1970 or after `now` (ms UTC).
    """
    text = " ".join(written.replace(",", " ").split())
    found = _moment(text) or _named(text, now)
    if found is None:
        raise ValueError(f'"{written.strip()[:40]}" is no day that can be told; write 2026-01-31')
    if found <= 0:
        raise ValueError(f"{written.strip()[:40]} lies before any video")
    if found > now:
        raise ValueError(f"{written.strip()[:40]} lies in the future")
    return found


def handle_in(address: str) -> str:
    """The account in the address of a video, in small letters; "" where the address names none.

    >>> handle_in("https://www.tiktok.com/@Mia.tests/video/7600000000000000011?lang=en"), handle_in("7600000000000000011")
    ('mia.tests', '')
    """
    found = _WHERE.match(address.strip())
    return found[1].lower() if found else ""


def _number(digits: str) -> float:
    return float(digits.replace(",", "."))


def _moment(text: str) -> int | None:
    if re.fullmatch(r"\d{9,10}", text):
        return int(text) * 1000
    try:
        read = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        return None
    return round((read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp() * 1000)


def _named(text: str, now: int) -> int | None:
    for form in _DAYS:
        if (found := _parsed(text, form)) is not None:
            return found
    year = datetime.fromtimestamp(now / 1000, UTC).year
    for form in _YEARLESS:  # without a year a 29 February needs one that has it
        days = [day for back in range(5) if (day := _parsed(f"{text} {year - back}", f"{form} %Y")) is not None and day <= now]
        if days:
            return days[0]
    return None


def _parsed(text: str, form: str) -> int | None:
    try:
        return round(datetime.strptime(text, form).replace(tzinfo=UTC).timestamp() * 1000)
    except ValueError:
        return None
