"""What somebody wants collected, as a command line: one way for the terminal, the page and the schedule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

Kind = Literal["tag", "video", "creator", "refresh"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MOST_TARGETS = 50
"""Of one run: more would take days at a decent pace."""

MOST_VIDEOS = 1000
"""Of one hashtag or creator; TikTok shows a few hundred at most."""

_TARGET = {
    "tag": re.compile(r"\w{1,100}"),
    "creator": re.compile(r"[\w.]{1,50}"),
    "video": re.compile(r"\d{15,20}|https://(?:(?:www|m)\.tiktok\.com/\S{1,300}|(?:vm|vt)\.tiktok\.com/\S{1,100})"),
}
_WANTED = {
    "tag": "a hashtag is one word, such as unboxing",
    "creator": "a creator is a handle, such as @brightbuys",
    "video": "a video is its address, such as https://www.tiktok.com/@brightbuys/video/7300000000000000001",
}


class BadOrderError(ValueError):
    """It cannot be collected; the message names the value and the mend."""


@dataclass(frozen=True)
class Order:
    """One run to start, or to go on with: the same kind and targets take up a run that was paused.

    `videos` is the most to open of each hashtag or creator, None for the usual number.
    """

    kind: Kind
    targets: tuple[str, ...] = ()
    headless: bool = False
    videos: int | None = None

    def arguments(self) -> list[str]:
        """What follows `buysignal`. Targets stand behind `--`, so that none is taken for an option."""
        options = [*(["--headless"] if self.headless else []), *(["--videos", str(self.videos)] if self.videos else [])]
        return ["scrape", self.kind, *options, *(["--", *self.targets] if self.targets else [])]

    def with_videos(self, text: str) -> Order:
        """The same with the most videos from a form; nothing written leaves the usual number.

        Raises:
            BadOrderError: it is no whole number from 1 to MOST_VIDEOS.
        """
        if not text.strip() or self.kind not in ("tag", "creator"):
            return self
        if not (text.strip().isascii() and text.strip().isdigit() and 1 <= int(text) <= MOST_VIDEOS):
            raise BadOrderError(f"“{text[:20]}” videos do not work; write a whole number from 1 to {MOST_VIDEOS:,}")
        return replace(self, videos=int(text))

    def __str__(self) -> str:
        """The command as a person types it."""
        return " ".join(["buysignal", "scrape", self.kind, *self.targets])


def order_of(kind: str, text: str, *, headless: bool = False) -> Order:
    """An order from a form: targets divided by spaces, commas or lines; "#" and "@" in front are dropped.

    Raises:
        BadOrderError: nothing to collect, too much, or a target that is none.
    """
    if kind == "refresh":
        return Order("refresh", headless=headless)
    known = next((one for one in KINDS if one == kind), None)
    if known is None:
        raise BadOrderError(f"“{kind}” cannot be collected; choose hashtags, videos or creators")
    targets = tuple(dict.fromkeys(_plain(known, word) for word in re.split(r"[\s,;]+", text.strip()) if word))
    check(known, targets)
    return Order(known, targets, headless)


def check(kind: Kind, targets: Sequence[str]) -> None:
    """Whether these can be collected.

    Raises:
        BadOrderError: naming the first that cannot.
    """
    if not targets:
        raise BadOrderError(f"nothing was named; {_WANTED[kind]}")
    if len(targets) > MOST_TARGETS:
        raise BadOrderError(f"{len(targets)} at once are too many; name {MOST_TARGETS} at most")
    for target in targets:
        if not _TARGET[kind].fullmatch(target):
            raise BadOrderError(f"“{target[:60]}” does not fit; {_WANTED[kind]}")


def _plain(kind: Kind, word: str) -> str:
    if kind == "video":
        return word
    return word.lstrip("#@").lower()
