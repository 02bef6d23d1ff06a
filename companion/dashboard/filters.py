"""Which comments to show, in which order, which page: read from a query string, pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import cast

from companion.dashboard import words
from companion.store.finding import Key, Order
from companion.store.wanted import Wanted

PAGE = 25
"""Comments on a page."""

BANDS = {
    "": "any grade",
    "high": "close to buying (7 to 10)",
    "some": "some interest (5 to 6)",
    "low": "not buying (1 to 4)",
    "unsure": "not sure",
    "yours": "corrected by you",
    "none": "not graded yet",
}
SORTS = {"": "buyers first", "newest": "newest first", "liked": "most liked first"}
KINDS = {
    "": "any video",
    "organic": "organic videos only",
    "paid": "adverts, partnerships, shop videos",
    "unknown": "not known whether paid",
}
BOXES = {
    "": "All",
    "new": "New",
    "open": "To answer",
    "later": "Later",
    "answered": "Answered",
    "ignored": "Ignored",
}
GROUPS = {"": "anybody's videos", "mine": "my own videos", "partner": "videos of partners", "competitor": "videos of competitors"}
LIKES = {"": "any number", "10": "10 or more", "100": "100 or more", "1000": "1,000 or more"}

_UNFOLDED = ("q", "box", "kind", "sort", "page", "after", "before")
"""What stands on the page without opening anything."""


@dataclass(frozen=True)
class Option:
    """One entry of a choice."""

    value: str
    label: str


@dataclass(frozen=True)
class Filters:
    """What the user chose; "" means "any". `video` and `creator` are "platform:id", dates are 2026-11-28 in this computer's zone.

    `after` and `before` name the comment beside the page, as `spelled` writes it.
    """

    q: str = ""
    box: str = ""
    band: str = ""
    signal: str = ""
    lang: str = ""
    hashtag: str = ""
    creator: str = ""
    group: str = ""
    video: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    likes: str = ""
    sort: str = ""
    page: int = 1
    after: str = ""
    before: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Filters:
        """Filters from a query string; a value that is not known counts as "any"."""
        page = args.get("page", "1")
        return cls(
            q=args.get("q", "").strip()[:100],
            box=_known(args.get("box", ""), BOXES),
            band=_known(args.get("band", ""), BANDS),
            signal=_known(args.get("signal", ""), words.SIGNALS),
            lang=args.get("lang", "")[:8],
            hashtag=args.get("hashtag", "").strip().lstrip("#")[:100],
            creator=args.get("creator", "")[:200],
            group=_known(args.get("group", ""), GROUPS),
            video=args.get("video", "")[:200],
            kind=_known(args.get("kind", ""), KINDS),
            since=args.get("since", "") if _midnight(args.get("since", "")) is not None else "",
            until=args.get("until", "") if _midnight(args.get("until", "")) is not None else "",
            likes=_known(args.get("likes", ""), LIKES),
            sort=_known(args.get("sort", ""), SORTS),
            page=min(int(page), 100_000) if page.isascii() and page.isdigit() and len(page) < 7 and int(page) else 1,
            after=args.get("after", "") if key_of(args.get("after", "")) else "",
            before=args.get("before", "") if key_of(args.get("before", "")) else "",
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.alone != Filters()

    @property
    def alone(self) -> Filters:
        """The choices without order and page."""
        return replace(self, sort="", page=1, after="", before="")

    @property
    def folded(self) -> int:
        """How many choices are made among those that are folded away."""
        return sum(1 for f in fields(self) if f.name not in _UNFOLDED and getattr(self, f.name) != f.default)

    @property
    def order(self) -> Order:
        """The wanted order."""
        return cast("Order", self.sort)

    def query(self, **changes: str | int) -> dict[str, str]:
        """The query string's parts with some changed, those at their default and the place within the list left out."""
        chosen = replace(self, **{"page": 1, "after": "", "before": "", **changes})  # type: ignore[arg-type]
        return {f.name: str(value) for f in fields(chosen) if (value := getattr(chosen, f.name)) != f.default}

    def wanted(self, last_visit: int | None = None) -> Wanted:
        """The same for the store; `last_visit` (ms UTC) is from when on a comment is new."""
        until = _midnight(self.until)
        return Wanted(
            text=self.q,
            band=self.band,
            signal=self.signal,
            lang=self.lang,
            hashtag=self.hashtag,
            creator=self.creator,
            video=self.video,
            kind=self.kind,
            since=_midnight(self.since),
            until=_midnight(self.until, 1) if until is not None else None,
            likes=int(self.likes or 0),
            box="" if self.box == "new" else self.box,
            group=self.group,
            seen_from=(last_visit or 0) if self.box == "new" else None,
        )


def spelled(key: Key) -> str:
    """A key as part of an address.

    >>> spelled((0, 12, 3)), key_of("0.12.3"), key_of("0.x")
    ('0.12.3', (0, 12, 3), None)
    """
    return ".".join(map(str, key))


def key_of(text: str) -> Key | None:
    """The key that `spelled` wrote, None for anything else."""
    parts = text.split(".")
    if not 3 <= len(parts) <= 4 or not all(part.isascii() and part.removeprefix("-").isdigit() and len(part) < 19 for part in parts):
        return None
    return tuple(map(int, parts))


def _known(value: str, options: Mapping[str, str]) -> str:
    return value if value in options else ""


def _midnight(day: str, later: int = 0) -> int | None:
    """The first moment of a day, or of one some days later, ms UTC; None for what is no day."""
    try:
        begins = datetime.combine(date.fromisoformat(day) + timedelta(days=later), datetime.min.time()).astimezone()
        return int(begins.timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None
