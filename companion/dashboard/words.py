"""What the model says, in the words that stand on screen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from companion.quality.demand import HIGH_P

Band = Literal["high", "some", "low"]

SOME_LEVEL = 5
"""Grades 5 and 6: curious or softly tempted (labeling guide)."""

BANDS: dict[Band, str] = {"high": "close to buying", "some": "some interest", "low": "not buying"}

SIGNALS = {
    "availability": "asks where to buy",
    "price": "asks the price",
    "question": "asks about the product",
    "want": "wants it",
    "bought": "has bought it",
    "praise": "likes it",
    "objection": "has doubts or objects",
    "none": "shows no sign of buying",
}

LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "hi": "Hindi", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "ms": "Malay", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ru": "Russian", "sw": "Swahili", "th": "Thai", "tl": "Filipino", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese", "un": "no words (emoji, numbers)",
}  # fmt: skip

_STEPS = ((60, 1, "second"), (3600, 60, "minute"), (86_400, 3600, "hour"), (30 * 86_400, 86_400, "day"))


def band_of(p_high: float, level: int) -> Band:
    """The band of a prediction: high by the calibrated probability, the rest by the grade."""
    if p_high >= HIGH_P:
        return "high"
    return "some" if level >= SOME_LEVEL else "low"


def band_of_label(grade: int) -> Band:
    """The band of a grade that a person gave."""
    return "high" if grade >= 7 else "some" if grade >= SOME_LEVEL else "low"


def interval_words(interval: tuple[float, float]) -> str:
    """The span of grades in which nine of ten comments like this one lie.

    >>> interval_words((6.0, 9.0)), interval_words((2.0, 2.0))
    ('likely 6 to 9', 'likely 2')
    """
    low, high = round(interval[0]), round(interval[1])
    return f"likely {low}" if low == high else f"likely {low} to {high}"


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "comment"), count(1200, "comment")
    ('1 comment', '1,200 comments')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def ago(ms: int, now_ms: int) -> str:
    """How long ago a moment was, the date from 30 days on. A moment more than a day ahead is named: clocks differ by less.

    >>> ago(0, 90_000), ago(0, 40_000), ago(4_071_427_200_000, 0)[-15:]
    ('1 minute ago', 'just now', ', in the future')
    """
    seconds = (now_ms - ms) // 1000
    if seconds < -86_400:
        return f"{local_day(ms)}, in the future"
    if seconds < 60:
        return "just now"
    for limit, size, noun in _STEPS:
        if seconds < limit:
            return f"{count(seconds // size, noun)} ago"
    return f"{datetime.fromtimestamp(ms / 1000, UTC).astimezone():%d %b %Y}"


def local_time(ms: int) -> str:
    """A moment in this computer's time zone, to the minute."""
    return f"{datetime.fromtimestamp(ms / 1000, UTC).astimezone():%d %b %Y, %H:%M}"


def local_day(ms: int) -> str:
    """A day in this computer's time zone."""
    return f"{datetime.fromtimestamp(ms / 1000, UTC).astimezone():%d %b %Y}"


def percent(share: float) -> str:
    """A share (0-1) as whole percent.

    >>> percent(0.347)
    '35%'
    """
    return f"{share:.0%}"


def minutes(seconds: int) -> str:
    """Seconds as m:ss.

    >>> minutes(95)
    '1:35'
    """
    return f"{seconds // 60}:{seconds % 60:02d}"


def size(number: int) -> str:
    """Bytes as KB or MB (1 MB = 1,000,000 bytes).

    >>> size(22_700_000), size(4_100)
    ('22.7 MB', '4 KB')
    """
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{max(1, round(number / 1000))} KB"
