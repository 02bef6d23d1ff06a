"""How fast people answer, and which answers came faster than anybody can read."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from labeling.agreement.figure import Figure, share
from labeling.votes import Answer

KEY_MS = 350
"""Seeing that something new is there and pressing one of ten keys. A choice among ten takes 0.6 s on average (Hick, Quarterly
Journal of Experimental Psychology 4 (1952) 11-26); practised people get to half of it."""

LETTERS_A_SECOND = 60
"""Twice the fastest silent reading of most adults: 300 words a minute (Brysbaert, Journal of Memory and Language 109 (2019)),
six letters a word with its space. Nobody is accused of reading fast, only of not reading."""

WIDE_LETTER = 5
"""What a Chinese, Japanese or Korean character counts as: about 260-360 of them are read in a minute (Brysbaert 2019;
Trauzettel-Klosinski and Dietz, Investigative Ophthalmology & Visual Science 53 (2012)), taken generously."""

LONGEST_FLOOR_MS = 2500
"""No answer slower than this is too fast: a long comment can be clear after its first sentence."""

BREAK_MS = 120_000
"""An answer that took longer counts as this long for the pace: whoever is away does not work."""

TOO_MANY = 0.05
"""Share of too fast answers above which it is a habit and not a slip of the finger."""

HABIT_FROM = 20
"""Timed answers below which nothing is called a habit."""

NOT_TIMED = "No answer of this person was timed."


@dataclass(frozen=True)
class TooFast:
    """One answer faster than its text can be read: `why` says so in a sentence."""

    item: str
    at: int
    spent_ms: int
    floor_ms: int
    why: str


@dataclass(frozen=True)
class Speed:
    """One person's pace.

    Attributes:
        timed: answers whose time is known.
        median_seconds, an_hour: typical seconds an answer, and answers an hour of work; None where nothing was timed.
        too_fast: the answers that were, oldest first.
        too_fast_share: their share of the timed ones, 0-1, with Wilson's 95 % range.
        hurried: whether surely more than TOO_MANY of HABIT_FROM answers or more are too fast.
        why: "" or why there is no pace.
    """

    timed: int
    median_seconds: float | None
    an_hour: float | None
    too_fast: tuple[TooFast, ...]
    too_fast_share: Figure
    hurried: bool
    why: str = ""


def speed(answers: Iterable[Answer]) -> dict[str, Speed]:
    """Everybody's pace, by name: all answers with a time, skipped ones aside; a time below 0 (a clock that jumped) is no time.

    median_seconds = median(spent) / 1000; an_hour = n / sum(min(spent, BREAK_MS)) x 3,600,000.
    """
    of: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda answer: answer.at):
        of[answer.annotator].append(answer)
    return {name: _speed(said) for name, said in sorted(of.items())}


def floor_ms(text: str) -> int:
    """The least time in which somebody can have read the text and pressed a key, in milliseconds.

    KEY_MS + 1000 x letters / LETTERS_A_SECOND, LONGEST_FLOOR_MS at most. Letters are letters, digits and single spaces; a wide
    one counts as WIDE_LETTER; emoji and punctuation are taken in at a glance and count nothing.
    """
    read = sum(_letters(char) for char in text if unicodedata.category(char)[0] in "LN")
    return min(LONGEST_FLOOR_MS, KEY_MS + round(1000 * (read + max(0, len(text.split()) - 1)) / LETTERS_A_SECOND))


def _letters(char: str) -> int:
    return WIDE_LETTER if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _speed(said: Sequence[Answer]) -> Speed:
    timed = [(x, x.spent_ms) for x in said if x.spent_ms is not None and x.spent_ms >= 0 and "skip" not in x.flags]
    if not timed:
        return Speed(0, None, None, (), share(0, 0, NOT_TIMED), hurried=False, why=NOT_TIMED)
    spent = [ms for _, ms in timed]
    worked = sum(min(ms, BREAK_MS) for ms in spent)
    fast = tuple(_too_fast(x, ms) for x, ms in timed if ms < floor_ms(x.text))
    part = share(len(fast), len(timed), NOT_TIMED)
    return Speed(
        timed=len(timed),
        median_seconds=median(spent) / 1000,
        an_hour=len(spent) / worked * 3_600_000 if worked else None,
        too_fast=fast,
        too_fast_share=part,
        hurried=len(timed) >= HABIT_FROM and part.low is not None and part.low > TOO_MANY,
        why="" if worked else "Every answer took no time at all, so no pace can be told.",
    )


def _too_fast(answer: Answer, spent_ms: int) -> TooFast:
    least = floor_ms(answer.text)
    why = (
        f"Answered after {spent_ms / 1000:.1f} s; reading {len(answer.text)} characters and pressing a key takes "
        f"at least {least / 1000:.1f} s."
    )
    return TooFast(answer.item, answer.at, spent_ms, least, why)
