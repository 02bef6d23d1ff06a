"""Values of YouTube's and Instagram's tables: ids out of addresses, days in the ways these sites write them, lengths."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

from companion import cell_values

_YOUTUBE = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(?:youtube\.com/(?:watch\?(?:.*&)?v=|shorts/|live/|embed/)|youtu\.be/)([\w-]{11})(?![\w-])", re.I
)
_INSTAGRAM = re.compile(r"(?:https?://)?(?:[\w-]+\.)*instagram\.com/(?:[^/]+/)?(?:p|reel|reels|tv)/([\w-]+)", re.I)
_IDS = {"youtube": re.compile(r"[\w-]{11}"), "instagram": re.compile(r"[\w-]{5,30}")}
_WORDS = {"youtube": "the 11 characters of a YouTube video", "instagram": "the letters of an Instagram post"}
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:,?\s+(\d{1,2}:\d{2}(?::\d{2})?))?")
_NAMED = ("%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y %H:%M", "%B %d, %Y %H:%M")
_ISO_LENGTH = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?", re.I)
_LONGEST_S = 30 * 86_400
"""Of all sites; a stream that never ends is cut into parts."""
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})")
DayOrder = Literal["month first", "day first"]


def site_of_address(value: str) -> Literal["youtube", "instagram"] | None:
    """The site of a video's address.

    >>> site_of_address("https://youtu.be/dQw4w9WgXcQ"), site_of_address("https://www.instagram.com/reel/C1a-b_c/"), site_of_address("x")
    ('youtube', 'instagram', None)
    """
    if _YOUTUBE.match(value.strip()):
        return "youtube"
    return "instagram" if _INSTAGRAM.match(value.strip()) else None


def video_id(value: object, site: Literal["youtube", "instagram"]) -> str:
    """The id that the site gave a video, also out of its address.

    Raises:
        ValueError: it is none.
    """
    found = cell_values.name(value)
    address = (_YOUTUBE if site == "youtube" else _INSTAGRAM).match(found)
    ident = address[1] if address else found
    if not _IDS[site].fullmatch(ident):
        raise ValueError(f"is {cell_values.shown(value)}; it must be {_WORDS[site]}, or its address")
    return ident


def day_order(values: Iterable[object]) -> DayOrder:
    """Which of 03/04/2026 is the month, by the other days of the column; the month is first where they do not say, as Meta writes it."""
    days = [_SLASHED.fullmatch(value.strip()) for value in values if isinstance(value, str)]
    said = [found for found in days if found and int(found[1]) > 12 >= int(found[2])]  # 31/31/2026 is no day in either order
    return "day first" if said else "month first"


def moment(value: object, order: DayOrder = "month first") -> int:
    """A time as ms UTC; a time without a zone is taken as UTC. A day with dots has its month second whatever `order` says.

    >>> moment("Jan 15, 2024") == moment("01/15/2024") == moment("15.01.2024") == moment("2024-01-15")
    True

    Raises:
        ValueError: no such time.
    """
    text = value.strip() if isinstance(value, str) else ""
    if slashed := _SLASHED.fullmatch(text):
        first, second = int(slashed[1]), int(slashed[2])
        month, day = (second, first) if "." in text or order == "day first" else (first, second)
        text = f"{slashed[3]}-{month:02}-{day:02}" + (f" {slashed[4].zfill(5)}" if slashed[4] else "")
        try:
            return cell_values.moment(text)
        except ValueError:
            return cell_values.moment(value)  # which names it as it stands in the file
    for form in _NAMED:
        try:
            return round(datetime.strptime(text, form).replace(tzinfo=UTC).timestamp() * 1000)
        except ValueError:
            continue
    return cell_values.moment(value)


def seconds(value: object) -> float:
    """A length in seconds: 253, "4:13", "1:02:03" or "PT4M13S".

    >>> seconds("PT4M13S"), seconds("4:13"), seconds("253")
    (253.0, 253.0, 253.0)

    Raises:
        ValueError: it is none, or longer than any video.
    """
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > 2 and (iso := _ISO_LENGTH.fullmatch(text)):
        days, hours, minutes, rest = (float(part or 0) for part in iso.groups())
        length = ((days * 24 + hours) * 60 + minutes) * 60 + rest
        if length > _LONGEST_S:
            raise ValueError(f"is {cell_values.shown(value)}, longer than any video")
        return length
    if clock := _CLOCK.fullmatch(text):
        return (int(clock[1] or 0) * 60 + int(clock[2])) * 60.0 + int(clock[3])
    return cell_values.amount(value)
