"""Which comments to show, in which order, which page: read from a query string, pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from companion.dashboard import words
from companion.dashboard.readings import Row

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


@dataclass(frozen=True)
class Option:
    """One entry of a choice."""

    value: str
    label: str


@dataclass(frozen=True)
class Filters:
    """What the user chose; "" means "any". `video` is "platform:id"."""

    q: str = ""
    band: str = ""
    signal: str = ""
    lang: str = ""
    video: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Filters:
        """Filters from a query string; a value that is not known counts as "any"."""
        page = args.get("page", "1")
        return cls(
            q=args.get("q", "").strip()[:100],
            band=_known(args.get("band", ""), BANDS),
            signal=_known(args.get("signal", ""), words.SIGNALS),
            lang=args.get("lang", "")[:8],
            video=args.get("video", "")[:200],
            sort=_known(args.get("sort", ""), SORTS),
            page=min(int(page), 100_000) if page.isascii() and page.isdigit() and len(page) < 7 and int(page) else 1,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return replace(self, sort="", page=1) != Filters()

    def query(self, page: int = 1) -> dict[str, str]:
        """The query string's parts, those at their default left out."""
        chosen = replace(self, page=page)
        return {f.name: str(value) for f in fields(chosen) if (value := getattr(chosen, f.name)) != f.default}


@dataclass(frozen=True)
class Page:
    """One page of the rows that fit. `first` and `last` count from 1; `high` counts all that fit and are close to buying."""

    rows: Sequence[Row]
    total: int
    high: int
    first: int
    last: int
    previous: int | None
    next: int | None


def chosen(rows: Sequence[Row], filters: Filters) -> list[Row]:
    """The rows that fit, in the wanted order. The creator's own answers are no buyers: they come last."""
    return sorted((row for row in rows if _fits(row, filters)), key=_ORDER[filters.sort])


def page_of(rows: Sequence[Row], number: int) -> Page:
    """One page of rows; a number past the end shows the last page."""
    pages = max(1, -(-len(rows) // PAGE))
    number = min(number, pages)
    start = (number - 1) * PAGE
    shown = rows[start : start + PAGE]
    high = sum(1 for row in rows if not row.comment.is_creator_reply and row.reading and row.reading.band == "high")
    return Page(
        rows=shown,
        total=len(rows),
        high=high,
        first=start + 1 if shown else 0,
        last=start + len(shown),
        previous=number - 1 if number > 1 else None,
        next=number + 1 if number < pages else None,
    )


def _known(value: str, options: Mapping[str, str]) -> str:
    return value if value in options else ""


def _fits(row: Row, filters: Filters) -> bool:
    reading = row.reading
    return (
        (not filters.q or filters.q.casefold() in row.comment.text.casefold())
        and (not filters.signal or (reading is not None and reading.signal == filters.signal))
        and (not filters.lang or row.lang == filters.lang)
        and (not filters.video or f"{row.video.platform}:{row.video.id}" == filters.video)
        and (not filters.band or _in_band(row, filters.band))
    )


def _in_band(row: Row, band: str) -> bool:
    reading = row.reading
    if reading is None:
        return band == "none"
    if band == "unsure":
        return reading.unsure
    if band == "yours":
        return reading.yours
    return reading.band == band


def _buyers(row: Row) -> tuple[object, ...]:
    reading = row.reading
    rank = (True, 0.0, 0.0) if reading is None else (reading.band != "high", -reading.grade, -reading.rank)
    return (row.comment.is_creator_reply, *rank, -(row.comment.created_at or 0), row.comment.id)


_ORDER: dict[str, Callable[[Row], tuple[object, ...]]] = {
    "": _buyers,
    "newest": lambda row: (-(row.comment.created_at or 0), row.comment.id),
    "liked": lambda row: (-(row.comment.likes or 0), row.comment.id),
}
